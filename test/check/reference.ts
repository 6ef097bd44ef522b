/**
 * A second, naive implementation of interval propagation, to compare the checker with.
 *
 * Main definitions: `Fraction`, `fraction`, `supremum`.
 *
 * Notes. Written from the mathematics, with a reduced fraction for each number: slow, and sharing nothing with the
 * checker. Roots are found by trying mantissas bit by bit.
 */
import type { ConstraintJson, NetworkJson, RowFile } from './example.js';

export type Fraction = readonly [n: bigint, d: bigint];

export function fraction(text: string): Fraction {
  const [n, d = '1'] = text.split('/');
  return reduce(BigInt(n!), BigInt(d));
}

function reduce(n: bigint, d: bigint): Fraction {
  let [a, b] = [d, n < 0n ? -n : n];
  while (b !== 0n) [a, b] = [b, a % b];
  return [n / a, d / a];
}

const add = (a: Fraction, b: Fraction): Fraction => reduce(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
const times = (a: Fraction, b: Fraction): Fraction => reduce(a[0] * b[0], a[1] * b[1]);
const negative = (a: Fraction): Fraction => [-a[0], a[1]];
const size = (a: Fraction): Fraction => (a[0] < 0n ? negative(a) : a);
const isLess = (a: Fraction, b: Fraction): boolean => a[0] * b[1] < b[0] * a[1];
const zero: Fraction = [0n, 1n];
const one: Fraction = [1n, 1n];
const powerOf2 = (e: number): Fraction => (e < 0 ? [1n, 2n ** BigInt(-e)] : [2n ** BigInt(e), 1n]);

interface Interval {
  readonly low: Fraction;
  readonly lowReached: boolean;
  readonly high: Fraction;
  readonly highReached: boolean;
}
type Affine = { readonly weights: ReadonlyMap<number, Fraction>; readonly bias: Fraction };

function affine(row: RowFile | ConstraintJson): Affine {
  return { weights: new Map(row.columns.map((j, k) => [j, fraction(row.weights[k]!)])), bias: fraction(row.bias) };
}

/** The root, and whether it is exact: else the smallest m·2^e above it with 2^(bits - 1) ≤ m ≤ 2^bits. */
function root(square: Fraction, bits: number): [Fraction, boolean] {
  const guess = square.map((part) => largest((x) => x * x <= part)) as [bigint, bigint];
  if (guess[0] ** 2n === square[0] && guess[1] ** 2n === square[1]) return [guess, true];
  // The smallest e for which 2^bits·2^e is above the root.
  let e = 0;
  const isAbove = (x: Fraction) => !isLess(times(x, x), square);
  while (!isAbove(powerOf2(bits + e))) e++;
  while (isAbove(powerOf2(bits - 1 + e))) e--;
  const m = largest((x) => !isAbove(times([x, 1n], powerOf2(e)))) + 1n;
  return [times([m, 1n], powerOf2(e)), false];
}

/** The largest x ≥ 0 with a property that small numbers have and large ones have not. */
function largest(holds: (x: bigint) => boolean): bigint {
  let bit = 1n;
  while (holds(bit)) bit <<= 1n;
  let x = 0n;
  for (; bit > 0n; bit >>= 1n) if (holds(x + bit)) x += bit;
  return x;
}

interface Region {
  kind: string;
  norm: string;
  centre: string[];
  radius: string;
  open?: boolean;
  lower: string[];
  upper: string[];
}

function overRegion({ weights, bias }: Affine, region: Region, bits: number): Interval {
  if (region.kind === 'box') {
    const box = region.lower.map((low, j) => reached(fraction(low), fraction(region.upper[j]!)));
    return overIntervals({ weights, bias }, box);
  }
  const middle = [...weights].reduce((sum, [j, w]) => add(sum, times(w, fraction(region.centre[j]!))), bias);
  const sizes = [...weights.values()].map(size);
  let norm = zero;
  let isExact = true;
  if (region.norm === 'linf') norm = sizes.reduce(add, zero);
  if (region.norm === 'l1') norm = sizes.reduce((a, b) => (isLess(a, b) ? b : a), zero);
  if (region.norm === 'l2') [norm, isExact] = root(sizes.map((s) => times(s, s)).reduce(add, zero), bits);
  const reach = times(fraction(region.radius), norm);
  const isReached = reach[0] === 0n || (isExact && !region.open);
  const [low, high] = [add(middle, negative(reach)), add(middle, reach)];
  return { low, lowReached: isReached, high, highReached: isReached };
}

const reached = (low: Fraction, high: Fraction): Interval => ({ low, lowReached: true, high, highReached: true });

function overIntervals({ weights, bias }: Affine, x: readonly Interval[]): Interval {
  let sum = reached(bias, bias);
  for (const [j, w] of weights) {
    if (w[0] === 0n) continue;
    const { low, lowReached, high, highReached } = x[j]!;
    const term =
      w[0] > 0n
        ? { low: times(w, low), lowReached, high: times(w, high), highReached }
        : { low: times(w, high), lowReached: highReached, high: times(w, low), highReached: lowReached };
    sum = {
      low: add(sum.low, term.low),
      lowReached: sum.lowReached && term.lowReached,
      high: add(sum.high, term.high),
      highReached: sum.highReached && term.highReached,
    };
  }
  return sum;
}

function act(activation: string, z: Interval): Interval {
  const canBePositive = z.high[0] > 0n;
  const isPositive = z.low[0] > 0n || (z.low[0] === 0n && !z.lowReached);
  if (activation === 'identity') return z;
  if (activation === 'step') return reached(isPositive ? one : zero, canBePositive ? one : zero);
  if (!canBePositive) return reached(zero, zero);
  return isPositive ? z : { ...z, low: zero, lowReached: true };
}

/**
 * The interval bound of a function of the outputs over a region, composed with the last layers that have no activation.
 * If no layer has any, it is the function's exact supremum: a root then gets 256 bits, as good as exact here.
 */
export function supremum(net: NetworkJson, region: object, constraint: ConstraintJson): [Fraction, boolean] {
  const layers = [...net.layers];
  let goal = affine(constraint);
  while (layers.at(-1)?.activation === 'identity') {
    const last = layers.pop()!;
    const weights = new Map<number, Fraction>();
    let bias = goal.bias;
    for (const [r, a] of goal.weights) {
      const row = affine(last.rows[r]!);
      bias = add(bias, times(a, row.bias));
      for (const [j, w] of row.weights) weights.set(j, add(weights.get(j) ?? zero, times(a, w)));
    }
    goal = { weights, bias };
  }
  let h: Interval[] | undefined;
  const bits = layers.length === 0 ? 256 : 96;
  const image = (row: Affine) => (h ? overIntervals(row, h) : overRegion(row, region as Region, bits));
  for (const { activation, rows } of layers) h = rows.map((row) => act(activation, image(affine(row))));
  const { high, highReached } = image(goal);
  return [high, highReached];
}
