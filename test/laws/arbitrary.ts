/**
 * What every arbitrary owes, written once.
 *
 * Main definitions: `arbitraryLaws`.
 *
 * Same seed, same value · only valid values · shrinks valid and strictly smaller · shrinkable without context, values
 * of other kinds refused · shrinking ends, at a value that a failing `examples` reaches too · no class of inputs below
 * one in a hundred.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomSource } from '../../src/exact/index.js';

export interface ArbitraryCase<T> {
  /** A fresh arbitrary. */
  readonly make: () => fc.Arbitrary<T>;
  /** Whether a value satisfies the constraints, written apart from the arbitrary. */
  readonly valid: (value: T) => boolean;
  /** Size of a value: tuples of numbers, compared place by place. */
  readonly size: (value: T) => readonly (number | bigint)[];
  /** Values outside the constraints, and values of other kinds. */
  readonly refused?: readonly unknown[];
  /** Classes of inputs, each of which must make up 1 % of the values at least. */
  readonly classes?: Readonly<Record<string, (value: T) => boolean>>;
}

const seed = 7;

/** Whether size a comes before size b, and they are tuples of one length. */
function before(a: readonly (number | bigint)[], b: readonly (number | bigint)[]): boolean {
  if (a.length !== b.length) return false;
  const k = a.findIndex((v, place) => v !== b[place]);
  return k >= 0 && a[k]! < b[k]!;
}

/** The first `most` shrinks of a value. */
function shrinksOf<T>(arbitrary: fc.Arbitrary<T>, value: T, context: unknown, most: number): T[] {
  const out: T[] = [];
  for (const shrink of arbitrary.shrink(value, context)) {
    if (out.push(shrink.value_) === most) break;
  }
  return out;
}

/** Values with their contexts, as they are drawn. */
function drawnValues<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): fc.Value<T>[] {
  const drawn: fc.Value<T>[] = [];
  const generate = (random: fc.Random, bias: number | undefined): fc.Value<T> => {
    const value = arbitrary.generate(random, bias);
    drawn.push(value);
    return value;
  };
  const watched: fc.Arbitrary<T> = Object.create(arbitrary, { generate: { value: generate } });
  fc.sample(watched, { seed, numRuns });
  return drawn;
}

/** Share of each class among values, from fast-check's own statistics. */
export function shares<T>(
  arbitrary: fc.Arbitrary<T>,
  classify: (value: T) => string[],
  numRuns: number,
): Map<string, number> {
  const found = new Map<string, number>();
  fc.statistics(arbitrary, classify, {
    seed,
    numRuns,
    logger: (line) => {
      const parts = /^(.*?)\.+(\d+(?:\.\d+)?)%$/.exec(line.trim());
      if (parts !== null) found.set(parts[1]!, Number(parts[2]));
    },
  });
  return found;
}

/** Declares the laws for one arbitrary. */
export function arbitraryLaws<T>(name: string, given: ArbitraryCase<T>): void {
  const { make, valid, size, refused = [], classes = {} } = given;
  describe(name, () => {
    test('same seed, same values; another seed, others', () => {
      const values = fc.sample(make(), { seed, numRuns: 50 });
      expect(fc.sample(make(), { seed, numRuns: 50 })).toEqual(values);
      expect(fc.sample(make(), { seed: seed + 1, numRuns: 50 })).not.toEqual(values);
    });

    test('only valid values', () => {
      const arbitrary = make();
      for (const value of fc.sample(arbitrary, { seed, numRuns: 200 })) {
        if (!valid(value)) expect.fail(`invalid: ${fc.stringify(value)}`);
        if (!arbitrary.canShrinkWithoutContext(value)) expect.fail(`not its own: ${fc.stringify(value)}`);
      }
    });

    test('shrinks are valid and strictly smaller', () => {
      const arbitrary = make();
      let seen = 0;
      for (const value of fc.sample(arbitrary, { seed, numRuns: 20 })) {
        for (const shrink of shrinksOf(arbitrary, value, undefined, 40)) {
          seen++;
          if (!valid(shrink)) expect.fail(`invalid: ${fc.stringify(shrink)} from ${fc.stringify(value)}`);
          if (!before(size(shrink), size(value))) {
            expect.fail(`not smaller: ${fc.stringify(shrink)} from ${fc.stringify(value)}`);
          }
        }
      }
      expect(seen).toBeGreaterThan(20);
    });

    test('shrinking ends: always the first shrink, and any', () => {
      const arbitrary = make();
      const random = randomSource(seed);
      for (const value of fc.sample(arbitrary, { seed, numRuns: 4 })) {
        for (const choose of [() => 0, (n: number) => random.below(n)]) {
          let at = value;
          let steps = 0;
          for (let next = shrinksOf(arbitrary, at, undefined, 25); next.length > 0; ) {
            at = next[choose(next.length)]!;
            next = shrinksOf(arbitrary, at, undefined, 25);
            if (++steps > 1000) expect.fail(`no end of shrinking from ${fc.stringify(value)}`);
          }
          if (!valid(at)) expect.fail(`invalid: ${fc.stringify(at)}`);
        }
      }
    });

    test('shrinkable without context, with the same shrinks', () => {
      const arbitrary = make();
      for (const drawn of drawnValues(arbitrary, 20)) {
        const withContext = shrinksOf(arbitrary, drawn.value_, drawn.context, 20);
        expect(shrinksOf(arbitrary, drawn.value_, undefined, 20)).toEqual(withContext);
      }
      const others: unknown[] = [undefined, null, 0, 'text', [], {}, ...refused];
      for (const value of others) {
        expect(arbitrary.canShrinkWithoutContext(value as T), fc.stringify(value)).toBe(false);
      }
    });

    test('a failing example shrinks to a value that has no shrink', () => {
      const arbitrary = make();
      for (const example of fc.sample(arbitrary, { seed, numRuns: 5 })) {
        const found = fc.check(
          fc.property<[T]>(fc.limitShrink(arbitrary, 3000), () => false),
          { examples: [[example]], numRuns: 1 },
        );
        const least = found.counterexample![0];
        expect(valid(least)).toBe(true);
        expect(shrinksOf(arbitrary, least, undefined, 1)).toEqual([]);
      }
    });

    const names = Object.keys(classes);
    if (names.length === 0) return;
    test('no class of inputs below 1 %', () => {
      const found = shares(make(), (value) => names.filter((key) => classes[key]!(value)), 2000);
      for (const key of names) expect(found.get(key) ?? 0, key).toBeGreaterThanOrEqual(1);
    });
  });
}
