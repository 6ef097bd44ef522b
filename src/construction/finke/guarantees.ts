/**
 * How many hyperplanes make one round succeed at μ = 0, and how many neurons then count them.
 *
 * Main definitions: `thresholdGuarantees`, `separationRates`.
 *
 * Let p(u → v) = P(a hyperplane is quiet at u and fires at v), I the samples outside the base class, Q the pairs of one
 * of them with a differently labelled sample, P ≤ p(u → v) for all of these pairs, and η > 0.
 *
 * A. If n₁ ≥ ln(Q/η)/P, then with probability 1 − η every m is positive: one round covers every class. For a pair, no
 *    hyperplane is quiet at u and fires at v with probability (1 − p)^n₁ ≤ e^(−P·n₁).
 * B. Let I fall into M parts C with max p(u → u') ≤ ½·min p(u → v) over u, u' ∈ C and v of another class. If
 *    n₁ ≥ 32·ln(I·N/η)/P, then with probability 1 − η there are at most M neurons besides: one covers all of its part.
 *    Let P_C be that minimum. Counts of a fixed pair are binomial, and with the named probability none of u, v is at
 *    most ¾·P_C·n₁ (Chernoff, e^(−P_C·n₁/32)) and none of u, u' at least that (e^(−P_C·n₁/20)).
 *
 * Random biases make p(u → v) = E max(0, t(v) − t(u))/(2K + 1), t(x) the integer W·X clipped to [−K − 1, K], so that
 * α‖u − v‖ ≤ p ≤ β‖u − v‖:
 * * `axis`: p = ‖V − U‖₁/(2d(2K + 1)), exactly, for Λ ≥ 1.
 * * `signs`: E|W·Z| lies between ‖Z‖₂/√2 (Khinchin) and ‖Z‖₂, for Λ ≥ 1.
 * * `gaussian`: W = S₂·g + e, |e_j| ≤ ½. Nothing is clipped where the projection of g to the plane of u and v is at most
 *   λ = (K/R − √d/2)/S₂ long, and there E (g·Z)⁺ = ‖Z‖₂/π · ∫₀^λ t² e^(−t²/2) dt; everywhere it is ‖Z‖₂/√(2π).
 * A convolutional network sees v, but not u, in all of its D shifts: pairs are then as many times as many, and distances
 * are those in the quotient by shifts, of windows as large as the signal.
 *
 * Parts are found greedily: the uncovered samples of its class within θ·D of an uncovered u, D the distance of u to the
 * nearest sample of another class, θ = α/(α + 4β). Then p ≤ 2βθD and p ≥ α(1 − θ)D. M̂ is their number.
 * Reference: [DFG] has such bounds in terms of Gaussian widths; the constants are ours.
 */
import {
  add,
  bigNumerators,
  compare,
  div,
  floor,
  half,
  isqrt,
  largestExactDouble,
  largestSize,
  lessEqual,
  mul,
  neg,
  powerOfTwo,
  type Rational,
  rational,
  rootBelow,
  sub,
  zero,
} from '../../exact/index.js';
import { classes, type Dataset } from '../../geometry/index.js';
import { mostFrequentClass } from '../prepare.js';
import type { Guarantee } from '../theorem.js';
import type { Views } from './fit.js';
import { biasSteps, type DrawOptions, dataSize, type HyperplaneFamily, normalScale } from './hyperplanes.js';

export interface ThresholdGuarantees {
  readonly guarantees: readonly Guarantee[];
  /** N, I, Q and M = M̂. */
  readonly variables: Readonly<Record<'N' | 'I' | 'Q' | 'M', bigint>>;
  /** P and η. */
  readonly rationals: Readonly<Record<'P' | 'eta', Rational>>;
  /** The parts, each with the sample that it was made around first. */
  readonly parts: readonly (readonly number[])[];
}

export interface GuaranteeOptions extends DrawOptions {
  /** @defaultValue 'gaussian' */
  readonly family?: HyperplaneFamily;
  /** η, the largest probability of failure. @defaultValue 1/1000 */
  readonly failure?: Rational;
  /** The class that no neuron covers. @defaultValue the most frequent one */
  readonly base?: number;
  /** All shifts of each sample, as large as the sample, the sample first. @defaultValue the sample alone */
  readonly views?: Views;
}

/** 7/10 > ln 2. */
const guaranteesFor = (pairs: string): readonly Guarantee[] => [
  {
    holds: 'one round covers every class',
    hyperplanes: `ceil(7*ceil(log2(Q${pairs}/eta))/(10*P))`,
    neurons: 'I',
  },
  {
    holds: 'one round covers every class, each neuron its part of it',
    hyperplanes: `ceil(112*ceil(log2(I*N${pairs}/eta))/(5*P))`,
    neurons: 'M',
  },
];

/** α and β, and the norm that they are about. */
export interface SeparationRates {
  readonly norm: 'l1' | 'l2';
  readonly least: Rational;
  readonly most: Rational;
}

/**
 * Guarantees A and B for a dataset of distinct samples.
 * @returns undefined for one class, and where Λ is too small for them.
 */
export function thresholdGuarantees(data: Dataset, options: GuaranteeOptions = {}): ThresholdGuarantees | undefined {
  const { family = 'gaussian', failure = rational(1, 1000), base = mostFrequentClass(data) } = options;
  const { views = { count: 1, dimension: data.dimension, points: data.coordinates } } = options;
  const rates = separationRates(data, family, options);
  if (rates === undefined || classes(data).length < 2) return undefined;
  const distances = distancesOf(views, rates.norm);
  const { parts, closest } = greedyParts(data, base, rates, distances);
  const sizes = new Map(classes(data).map((c) => [c, data.labels.filter((label) => label === c).length]));
  const inside = data.labels.filter((label) => label !== base);
  const { denominator } = data.coordinates;
  const delta =
    rates.norm === 'l2'
      ? rootBelow(rational(closest, denominator * denominator), 24).value
      : rational(closest, denominator);
  return {
    guarantees: guaranteesFor(views.count === 1 ? '' : '*d'),
    variables: {
      N: BigInt(data.size),
      I: BigInt(inside.length),
      Q: BigInt(inside.reduce((sum, label) => sum + data.size - sizes.get(label)!, 0)),
      M: BigInt(parts.length),
    },
    rationals: { P: mul(rates.least, delta), eta: failure },
    parts,
  };
}

/** α and β of a family for the points of a dataset; undefined where α would not be positive. */
export function separationRates(
  { coordinates, dimension: d }: Dataset,
  family: HyperplaneFamily,
  options: DrawOptions = {},
): SeparationRates | undefined {
  const size = dataSize(family, bigNumerators(coordinates.numerators), d);
  const steps = biasSteps(family, coordinates, d, options);
  const unit = rational(coordinates.denominator, 2n * steps + 1n);
  if (family === 'gaussian') {
    if (size === 0n) return undefined;
    const scale = rational(normalScale);
    const loss = mul(half, rational(isqrt(BigInt(d) - 1n) + 1n));
    const reach = div(sub(rational(steps, size), loss), scale);
    const least = sub(mul(mul(scale, belowInversePi), secondMoment(reach)), loss);
    if (compare(least, zero) <= 0) return undefined;
    const most = add(mul(scale, aboveMeanPart), loss);
    return { norm: 'l2', least: mul(unit, least), most: mul(unit, most) };
  }
  if (steps < size || size === 0n) return undefined;
  if (family === 'axis') {
    const rate = mul(unit, rational(1, 2 * d));
    return { norm: 'l1', least: rate, most: rate };
  }
  return { norm: 'l2', least: mul(unit, mul(half, belowInverseRoot2)), most: mul(unit, half) };
}

/** 113/355 < 1/π, 399/1000 > 1/√(2π), 70/99 < 1/√2. */
const belowInversePi = rational(113, 355);
const aboveMeanPart = rational(399, 1000);
const belowInverseRoot2 = rational(70, 99);

const widestReach = rational(4);
const reachSteps = 1024n;
const terms = 40n;

/**
 * A rational below ∫₀^λ t² e^(−t²/2) dt = Σ (−1)^k λ^(2k+3)/(2^k k! (2k + 3)), 0 for λ ≤ 0. λ is rounded down, and
 * taken for 4 from there on; from the ninth on terms then decrease, and the last one taken is negative.
 */
function secondMoment(reach: Rational): Rational {
  if (compare(reach, zero) <= 0) return zero;
  const capped = lessEqual(reach, widestReach) ? reach : widestReach;
  const t = rational((capped.n * reachSteps) / capped.d, reachSteps);
  const squared = mul(t, t);
  let power = mul(t, squared);
  let sum = zero;
  for (let k = 0n; k < terms; k++) {
    sum = add(sum, mul(power, rational(1n, 2n * k + 3n)));
    power = neg(mul(power, mul(squared, rational(1n, 2n * (k + 1n)))));
  }
  return roundedDown(sum);
}

/** A short number just below. */
const roundedDown = (a: Rational): Rational => rational(floor(mul(a, powerOfTwo(40))), 2n ** 40n);

/** The parts of all classes but the base class, classes in increasing order, and the least distance to another class. */
function greedyParts(
  data: Dataset,
  base: number,
  { norm, least, most }: SeparationRates,
  distances: (u: number) => readonly (number | bigint)[],
): { readonly parts: number[][]; readonly closest: bigint } {
  const share = div(least, add(least, mul(rational(4), most)));
  // In ℓ2 squares are compared.
  const factor = norm === 'l2' ? mul(share, share) : share;
  const parts: number[][] = [];
  let closest: bigint | undefined;
  for (const label of classes(data).filter((c) => c !== base)) {
    const own = data.labels.flatMap((c, i) => (c === label ? [i] : []));
    const open = new Set(own);
    for (const u of own) {
      const size = distances(u);
      let nearest: bigint | undefined;
      data.labels.forEach((other, v) => {
        if (other !== label && (nearest === undefined || size[v]! < nearest)) nearest = BigInt(size[v]!);
      });
      if (closest === undefined || nearest! < closest) closest = nearest!;
      if (!open.has(u)) continue;
      const within = (nearest! * factor.n) / factor.d;
      const part = [...open].filter((v) => size[v]! <= within);
      for (const v of part) open.delete(v);
      parts.push(part);
    }
  }
  return { parts, closest: closest! };
}

/**
 * Distances of sample u to all, to the nearest of their views, in ℓ2 squared, in units of the denominator: whole, in doubles
 * where they are exact.
 */
function distancesOf({ count, dimension: d, points }: Views, norm: 'l1' | 'l2') {
  const { numerators } = points;
  const n = numerators.length / (count * d);
  const widest = 2n * largestSize(numerators);
  const bound = BigInt(d) * (norm === 'l1' ? widest : widest * widest);
  const nearest = (distance: (from: number, to: number) => number | bigint) => (u: number) =>
    Array.from({ length: n }, (_, v) => {
      let best = distance(u * count * d, v * count * d);
      for (let view = 1; view < count; view++) {
        const next = distance(u * count * d, (v * count + view) * d);
        if (next < best) best = next;
      }
      return best;
    });
  if (numerators instanceof Float64Array && bound <= BigInt(largestExactDouble)) {
    return nearest((from, to) => {
      let sum = 0;
      for (let j = 0; j < d; j++) {
        const gap = Math.abs(numerators[from + j]! - numerators[to + j]!);
        sum += norm === 'l1' ? gap : gap * gap;
      }
      return sum;
    });
  }
  const x = bigNumerators(numerators);
  return nearest((from, to) => {
    let sum = 0n;
    for (let j = 0; j < d; j++) {
      const gap = x[from + j]! - x[to + j]!;
      sum += norm === 'l2' ? gap * gap : gap < 0n ? -gap : gap;
    }
    return sum;
  });
}
