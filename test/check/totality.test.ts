/**
 * No input makes the checker throw or run for long: hostile values by hand, and random changes to good files.
 */
import { describe, expect, test } from 'vitest';
import { ball, certificate, differsFrom, golden, outcomeOf, query, randomNumbers, samples } from './example.js';

const about = query(golden, ball('l2', samples[1]!.centre, '3/4'), differsFrom(1));
const proof = certificate(about);
const outcomes = {
  valid: { outcome: 'valid' },
  holey: { outcome: 'holey', where: expect.any(String), why: 'no proof here' },
  invalid: {
    outcome: 'invalid',
    where: expect.stringMatching(/^(network|query|certificate|checker)/),
    why: expect.any(String),
  },
};

function answers(net: unknown, asked: unknown, certified: unknown): string {
  const got = outcomeOf(net, asked, certified);
  expect(got).toEqual(outcomes[got.outcome]);
  if (got.outcome === 'invalid') expect(got.where.length + got.why.length).toBeLessThan(600);
  return got.outcome;
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value };
  return value;
}
const cyclic: Record<string, unknown> = { format: 'muball-network' };
cyclic.layers = [cyclic];
const trap = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new RangeError('trap');
    },
  },
);

const hostile: [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['a bigint', 10n],
  ['a symbol', Symbol('s')],
  ['a function', () => 1],
  ['a deep value', nested(200_000)],
  ['a cyclic value', cyclic],
  ['an object that throws', trap],
  ['a field named __proto__', JSON.parse('{"__proto__":{"format":"muball-network"}}')],
  ['a long string', 'x'.repeat(1_000_000)],
  ['a control character', '\u001b[31m\n'],
  ['an array with holes', new Array(3)],
];

describe('hostile values', () => {
  test.each(hostile)('%s', (_, value) => {
    expect(answers(value, about, proof)).toBe('invalid');
    expect(answers(golden, value, proof)).toBe('invalid');
    expect(answers(golden, about, value)).toBe('invalid');
    for (const key of ['format', 'layers', 'output', 'colour']) {
      expect(answers({ ...golden, [key]: value ?? 0 }, about, proof)).toBe('invalid');
    }
    for (const key of ['network', 'region', 'unsafe', 'version']) {
      expect(answers(golden, { ...about, [key]: value ?? 0 }, proof)).toBe('invalid');
    }
    expect(answers(golden, about, { ...proof, proofs: value })).toBe('invalid');
    expect(answers(golden, about, { ...proof, proofs: [value, value] })).toBe('invalid');
  });
});

describe('random changes', () => {
  const files = { net: golden, asked: about, certified: proof };

  test.each([1, 2, 3, 4])('1500 changed files, seed %i', (seed) => {
    const random = randomNumbers(seed);
    const below = (n: number) => Math.floor(random() * n);
    const words = [
      '',
      '0',
      '-1',
      '1/3',
      '2',
      '1e-9',
      '1e9',
      'l1',
      'linf',
      'box',
      'ball',
      'relu',
      'step',
      'identity',
      'interval',
      'argmax',
    ];
    const value = (): unknown => {
      const values = [
        null,
        true,
        false,
        [],
        {},
        [[]],
        -1,
        0,
        1,
        2,
        0.5,
        1e300,
        words[below(words.length)],
        [words[below(words.length)]],
      ];
      return values[below(values.length)];
    };
    const change = (root: unknown): void => {
      let place = root as Record<string, unknown>;
      while (true) {
        const keys = Object.keys(place);
        const key = keys[below(keys.length)] ?? 'extra';
        const entry = place[key];
        if (typeof entry === 'object' && entry !== null && below(6)) {
          place = entry as Record<string, unknown>;
          continue;
        }
        const kind = below(4);
        if (kind === 0 && Array.isArray(place)) place.splice(below(place.length), 1);
        else if (kind === 0) delete place[key];
        else if (kind === 1 && Array.isArray(place)) place.push(structuredClone(entry));
        else if (kind === 1) place[`${key}2`] = entry;
        else place[key] = value();
        return;
      }
    };
    let accepted = 0;
    for (let round = 0; round < 1500; round++) {
      const { net, asked, certified } = structuredClone(files);
      const target = [net, asked, certified][below(3)];
      for (let times = 1 + below(3); times > 0; times--) change(target);
      // Half of the changed files get new hashes, so that the checks behind them are reached.
      const isNamedAnew = below(2) === 0 && target !== certified && Array.isArray(asked.unsafe);
      const named = isNamedAnew ? { ...asked, network: query(net, {}, []).network } : asked;
      if (answers(net, named, isNamedAnew ? certificate(named) : certified) === 'valid') accepted++;
    }
    expect(accepted).toBeLessThan(150);
  });
});
