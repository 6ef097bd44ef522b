/**
 * The variables of the counting formulas, recomputed here from the dataset alone. That the formulas give the sizes is
 * a law of robust memorization.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { instance, type MemorizationInstance } from '../src/arbitrary/index.js';
import { theorems } from '../src/construction/index.js';
import { isqrt, mul, type Rational } from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import { type Dataset, distinctSamples, point, selectSamples } from '../src/geometry/index.js';
import { property } from './property.js';
import { thresholdSizes, turns } from './threshold-reference.js';

for (const theorem of theorems) {
  for (const norm of theorem.norms) {
    property(
      `${theorem.name} in ${norm} counts with the variables of the dataset`,
      [instance({ norms: [norm], size: { max: 9 }, ...(theorem.notion === 'sign' ? { labels: { max: 2 } } : {}) })],
      (drawn) => {
        const several = new Set(drawn.data.labels).size > 1;
        const range = several ? theorem.range?.end(drawn.data, norm) : undefined;
        // Of a signal that another class has shifted there is no network.
        fc.pre(range === undefined || range.n > 0n);
        const radius = range === undefined ? drawn.radius : mul(drawn.radius, range);
        const built = theorem.construct(drawn.data, { norm, radius });
        const recomputed = variablesOf(theorem.name, { ...drawn, radius });
        for (const [name, value] of Object.entries(recomputed))
          expect([name, built.variables[name]]).toEqual([name, value]);
      },
      // What is recomputed of these is the whole fit, in fractions.
      { runs: theorem.signal === true ? 10 : ['finke-threshold', 'finke-axis'].includes(theorem.name) ? 40 : 150 },
    );
  }
}

// ---- the variables, from the dataset alone, in decimal-free fractions of their own --------------------------------

type Fraction = readonly [bigint, bigint];
const of = (a: Rational): Fraction => [a.n, a.d];
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => reduce(a * d + c * b, b * d);
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => reduce(a * c, b * d);
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, times([-1n, 1n], b));
function reduce(n: bigint, d: bigint): Fraction {
  let [x, y] = [n < 0n ? -n : n, d < 0n ? -d : d];
  while (y !== 0n) [x, y] = [y, x % y];
  const g = x === 0n ? 1n : x;
  return d < 0n ? [-n / g, -d / g] : [n / g, d / g];
}
const key = ([n, d]: Fraction): string => `${n}/${d}`;

/** The points of a dataset without repetitions, with their labels. */
function distinct(data: Dataset): { points: Fraction[][]; labels: number[] } {
  const kept = distinctSamples(data);
  return { points: kept.map((i) => point(data, i).map(of)), labels: kept.map((i) => data.labels[i]!) };
}

function mostFrequent(labels: readonly number[]): number {
  const counted = [...new Set(labels)].map((c) => [labels.filter((l) => l === c).length, -c] as const);
  return -counted.sort((a, b) => b[0] - a[0] || b[1] - a[1])[0]![1];
}

/** Distinct neurons ±x_j + bias with their number of nonzero biases. */
function thresholds(points: readonly Fraction[][], shifts: readonly Fraction[]): { H: bigint; Z: bigint } {
  const up = new Set<string>();
  const down = new Set<string>();
  for (const x of points) {
    for (const [j, v] of x.entries()) {
      for (const t of shifts) {
        up.add(`${j} ${key(times([-1n, 1n], plus(v, t)))}`);
        down.add(`${j} ${key(minus(v, t))}`);
      }
    }
  }
  const all = [...up, ...down];
  return { H: BigInt(all.length), Z: BigInt(all.filter((k) => !k.endsWith(' 0/1')).length) };
}

const nonzero = (v: bigint): bigint => (v === 0n ? 0n : 1n);

function variablesOf(name: string, { data, norm, radius }: MemorizationInstance): Record<string, bigint> {
  const { points, labels } = distinct(data);
  const classes = [...new Set(labels)];
  const common = { N: BigInt(points.length), d: BigInt(data.dimension), C: BigInt(classes.length) };
  if (classes.length === 1) {
    const only = classes[0]!;
    if (name === 'ygz-lipschitz-argmax') return { ...common, A: BigInt(only + 1), Zo: 1n };
    return { ...common, Zo: name.startsWith('ygz-lipschitz') ? 1n : nonzero(BigInt(only)) };
  }
  if (name === 'kmy-small') return { ...common, R: spread(points, labels) };
  if (name === 'kmy-moderate') {
    return {
      ...common,
      R: spread(points, labels),
      S: groupSize(separationLinf(points, labels), of(radius), points.length),
    };
  }
  const base = mostFrequent(labels);
  const lowest = Math.min(...classes);
  const above = labels.filter((c) => c !== lowest).length;
  const others = points.filter((_, i) => labels[i] !== base);
  const T = BigInt(others.length);
  const outputBias = BigInt(classes.filter((c) => c !== base).reduce((sum, c) => sum + c - base, base));
  const mu = of(radius);
  switch (name) {
    case 'ygz-wide':
      return { ...common, T, ...thresholds(others, [mu]), Zo: nonzero(outputBias) };
    case 'ygz-l1':
      return { ...common, T, ...thresholds(others, [[0n, 1n]]), Zm: nonzero(mu[0]), Zo: nonzero(outputBias) };
    case 'ygz-l2':
      return { ...common, T, Zo: nonzero(outputBias) };
    case 'finke-box': {
      return {
        ...common,
        T,
        ...thresholds(others, [times(separationLinf(points, labels), [1n, 2n])]),
        Zo: nonzero(BigInt(base)),
      };
    }
    case 'finke-threshold':
    case 'finke-axis': {
      const family = name === 'finke-axis' ? 'axis' : 'gaussian';
      const merged = selectSamples(data, distinctSamples(data));
      return { ...common, ...thresholdSizes(merged, base, family, norm, radius), Zo: nonzero(BigInt(base)) };
    }
    case 'finke-conv': {
      const merged = selectSamples(data, distinctSamples(data));
      const sizes = thresholdSizes(merged, base, 'gaussian', norm, radius, turns);
      return { ...common, ...sizes, k: common.d, Zo: nonzero(BigInt(base)) };
    }
    case 'ygz-narrow': {
      const low = coordinateMinima(points);
      // The only block of a single sample carries nothing, so no coordinate is shifted.
      const shifts = above === 1 ? [] : low.map((v) => minus(v, mu));
      const thresholds = points
        .filter((_, i) => labels[i] !== lowest)
        .flatMap((x, block) =>
          x.flatMap((v, j) => {
            const at = block === 0 ? v : plus(minus(v, low[j]!), mu);
            return [plus(at, mu), minus(at, mu)];
          }),
        );
      const Z = BigInt([...shifts, ...thresholds].filter((v) => v[0] !== 0n).length);
      return { ...common, T: BigInt(above), Z, Zo: nonzero(BigInt(lowest)) };
    }
    case 'ygz-lipschitz': {
      const [M, P] = classes.sort((a, b) => a - b).map((c) => labels.filter((l) => l === c).length) as [number, number];
      const Q = leftOver(data.dimension);
      const first = thresholds(points, [[0n, 1n]]);
      return { ...common, P: BigInt(P), M: BigInt(M), ...first, Q, QP: leftOver(P), QM: leftOver(M) };
    }
    case 'ygz-lipschitz-narrow': {
      const [M, P] = classes.sort((a, b) => a - b).map((c) => labels.filter((l) => l === c).length) as [number, number];
      const low = coordinateMinima(points).map((v) => minus(v, separationLinf(points, labels)));
      const order = [...labels.keys()].sort((a, b) => labels[b]! - labels[a]! || a - b);
      const biases = order.flatMap((i, at) =>
        points[i]!.flatMap((v, j) => {
          const centre = at === 0 ? v : minus(v, low[j]!);
          return [centre, centre];
        }),
      );
      const Z = BigInt([...low, ...biases].filter((v) => v[0] !== 0n).length);
      return { ...common, P: BigInt(P), M: BigInt(M), Z, Q: leftOver(data.dimension) };
    }
    case 'ygz-lipschitz-argmax': {
      const sizes = classes.sort((a, b) => a - b).map((c) => labels.filter((l) => l === c).length);
      const waits = sizes.map((size) => leftOver(size) + halvings(Math.max(...sizes)) - halvings(size));
      return {
        ...common,
        A: BigInt(Math.max(...labels) + 1),
        ...thresholds(points, [[0n, 1n]]),
        Q: leftOver(data.dimension),
        W: waits.reduce((a, b) => a + b, 0n),
        ...Object.fromEntries(sizes.map((size, c) => [`N${c}`, BigInt(size)])),
      };
    }
    case 'eys-ball': {
      const low = coordinateMinima(points);
      const shifts = low.filter((v) => key(minus(v, mu)) !== '0/1').length;
      const biases = points
        .filter((_, i) => labels[i] !== lowest)
        .flatMap((x) => x.flatMap((v, j) => [plus(minus(v, low[j]!), times([2n, 1n], mu)), minus(v, low[j]!)]));
      return {
        ...common,
        T: BigInt(above),
        Z: BigInt(shifts + biases.filter((b) => b[0] !== 0n).length),
        Zo: nonzero(BigInt(lowest)),
      };
    }
    case 'eys-ball-l1':
    case 'eys-projected-ball':
      return { ...common, T: BigInt(above), B: 1n };
    case 'eys-ball-l2':
      return { ...common, k: common.d, T: BigInt(above), B: 1n };
    case 'kmy-large':
      return { ...common, T: BigInt(above), B: 1n };
    case 'eys-projected-pair': {
      const pairs = labels.reduce(
        (sum, c) => (c === lowest ? sum : sum + labels.filter((other) => other !== c).length),
        0,
      );
      return { ...common, P: BigInt(pairs) };
    }
    case 'eys-pair':
      return { ...common, T, Zo: nonzero(outputBias), ...pairVariables(points, labels, base, norm, mu) };
    default:
      throw new Error(`claims: no variables are recomputed for ${name}`);
  }
}

const coordinateMinima = (points: readonly Fraction[][]): Fraction[] =>
  points[0]!.map((_, j) => points.map((x) => x[j]!).reduce((a, b) => (minus(a, b)[0] < 0n ? a : b)));

/** ⌈log₂ s⌉, and how many of the rounds of a tournament of s leave one over: the zeros of s − 1 below its first digit. */
const halvings = (s: number): bigint => BigInt(s === 1 ? 0 : (s - 1).toString(2).length);
const leftOver = (s: number): bigint => (s === 1 ? 0n : BigInt((s - 1).toString(2).replaceAll('1', '').length));

const distanceLinf = (x: readonly Fraction[], y: readonly Fraction[]): Fraction =>
  x
    .map((v, j) => minus(v, y[j]!))
    .map(([n, d]): Fraction => [n < 0n ? -n : n, d])
    .reduce((a, b) => (minus(a, b)[0] < 0n ? b : a));

/** The smallest ℓ∞ distance of differently labelled points. */
const separationLinf = (points: readonly Fraction[][], labels: readonly number[]): Fraction =>
  points
    .flatMap((x, i) => points.flatMap((y, k) => (labels[i] === labels[k] ? [] : [distanceLinf(x, y)])))
    .reduce((a, b) => (minus(a, b)[0] < 0n ? a : b));

/** R = 1 + ⌊(widest range of a coordinate)/δ∞⌋. */
function spread(points: readonly Fraction[][], labels: readonly number[]): bigint {
  const widest = points
    .flatMap((x) => points.map((y) => distanceLinf(x, y)))
    .reduce((a, b) => (minus(a, b)[0] < 0n ? b : a));
  const delta = separationLinf(points, labels);
  return 1n + (widest[0] * delta[1]) / (widest[1] * delta[0]);
}

/** The largest s ≤ N with 2μs < δ∞, at least 1. */
function groupSize(delta: Fraction, mu: Fraction, most: number): bigint {
  let s = 1n;
  while (s < BigInt(most) && minus(times([2n * (s + 1n), 1n], mu), delta)[0] < 0n) s++;
  return s;
}

/** H, E, F, Z of the pair network: its hyperplanes κ·x + β, from the definition. */
function pairVariables(
  points: readonly Fraction[][],
  labels: readonly number[],
  base: number,
  norm: Norm,
  mu: Fraction,
) {
  const hyperplanes = new Map<string, { kappa: Fraction[]; beta: Fraction }>();
  let F = 0n;
  for (const [i, x] of points.entries()) {
    if (labels[i] === base) continue;
    const own = new Set<string>();
    for (const [j, y] of points.entries()) {
      if (labels[i] === labels[j]) continue;
      const v = y.map((b, m) => minus(b, x[m]!));
      const lambda = direction(norm, v);
      const along = lambda.map((l, m) => times(l, v[m]!)).reduce(plus);
      const gap = minus(along, times([2n, 1n], times(mu, normAbove(norm, lambda))));
      const kappa = lambda.map((l) => times(l, inversePower(gap)));
      const middle = kappa.map((k, m) => times(k, plus(x[m]!, y[m]!))).reduce(plus);
      const beta = minus([1n, 2n], times([1n, 2n], middle));
      const name = `${kappa.map(key).join()} ${key(beta)}`;
      own.add(name);
      hyperplanes.set(name, { kappa, beta });
    }
    F += BigInt(own.size);
  }
  const rows = [...hyperplanes.values()];
  return {
    H: BigInt(rows.length),
    E: BigInt(rows.reduce((sum, row) => sum + row.kappa.filter((k) => k[0] !== 0n).length, 0)),
    Z: BigInt(rows.filter((row) => row.beta[0] !== 0n).length),
    F,
  };
}

function direction(norm: Norm, v: readonly Fraction[]): Fraction[] {
  const sign = ([n]: Fraction): Fraction => [n > 0n ? 1n : n < 0n ? -1n : 0n, 1n];
  if (norm === 'l2') return [...v];
  if (norm === 'l1') return v.map(sign);
  const size = distanceLinf(
    v,
    v.map((): Fraction => [0n, 1n]),
  );
  const widest = v.findIndex(([n, d]) => key([n < 0n ? -n : n, d]) === key(size));
  return v.map((a, m) => (m === widest ? sign(a) : [0n, 1n]));
}

/** ‖λ‖*: 1 but for ℓ2, where it is √Σλ², exactly or rounded up to 64 significant bits. */
function normAbove(norm: Norm, lambda: readonly Fraction[]): Fraction {
  if (norm !== 'l2') return [1n, 1n];
  const [n, d] = lambda.map((l) => times(l, l)).reduce(plus);
  const [p, q] = [isqrt(n), isqrt(d)];
  if (p * p === n && q * q === d) return reduce(p, q);
  // m = ⌊√(n/d)·2^e⌋ for the e that gives it 64 bits; the bound is (m + 1)/2^e.
  for (let e = 70 + d.toString(2).length; ; e--) {
    const m = e >= 0 ? isqrt((n << BigInt(2 * e)) / d) : isqrt(n / (d << BigInt(-2 * e)));
    if (m < 1n << 64n) return e >= 0 ? reduce(m + 1n, 1n << BigInt(e)) : [(m + 1n) << BigInt(-e), 1n];
  }
}

/** 1 over the largest power of two ≤ the gap. */
function inversePower([n, d]: Fraction): Fraction {
  let power: Fraction = [1n, 1n];
  while (power[0] * d > n * power[1]) power = reduce(power[0], power[1] * 2n);
  while (2n * power[0] * d <= n * power[1]) power = reduce(power[0] * 2n, power[1]);
  return [power[1], power[0]];
}
