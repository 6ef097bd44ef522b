/**
 * Random hyperplanes w·x + b with integers only, whose pre-activation never vanishes on a sample.
 *
 * Main definitions: `Hyperplanes`, `HyperplaneFamily`, `drawHyperplanes`, `explicitHyperplanes`.
 *
 * With samples X/S, weights are W/S₂ and biases (2k + 1)/(2·S·S₂), so w·x + b is an odd multiple of 1/(2·S·S₂). k is
 * uniform on [−K, K] with K = round(Λ·S·S₂·R), R ≥ max ‖x‖ as a whole number of 1/S: the bias bound Λ counts in units
 * of the data's size, which is how [F] scales its data. For samples u, v whose |W·X| is at most K,
 * P(u does not fire, v fires) = E max(0, W·(V − U))/(2K + 1), exactly.
 * Reference: [DFG, Algorithm 2]; the exact form is ours.
 */
import {
  absInt,
  add,
  bigBelow,
  bigNumerators,
  commonDenominator,
  floor,
  half,
  isqrt,
  mul,
  type Numerators,
  numerators,
  type RandomSource,
  type Rational,
  rational,
  roundedNormals,
  type ScaledVector,
  type Vector,
} from '../../exact/index.js';

/** Hyperplane i is (Σ_j weights[j·count + i]·x_j)/weightDenominator + biases[i]/biasDenominator. */
export interface Hyperplanes {
  readonly count: number;
  readonly dimension: number;
  readonly weights: Numerators;
  readonly weightDenominator: bigint;
  readonly biases: Numerators;
  readonly biasDenominator: bigint;
}

/** Normal weights; a coordinate ±x_j, uniformly; all weights ±1. */
export type HyperplaneFamily = 'gaussian' | 'axis' | 'signs';
export const hyperplaneFamilies: readonly HyperplaneFamily[] = ['gaussian', 'axis', 'signs'];

/** S₂ of normal weights. */
export const normalScale = 2 ** 10;

export interface DrawOptions {
  /** Λ ≥ 0: biases are uniform on [−Λ, Λ] times the size of the data. @defaultValue 1 */
  readonly biasBound?: Rational;
}

/**
 * `count` hyperplanes for points of the given dimension, row-major. The size R of the data is the largest ℓ2 norm for
 * normal weights, ℓ∞ for `axis`, ℓ1 for `signs`, so that |w·x| ≤ R for unit weights.
 */
export function drawHyperplanes(
  family: HyperplaneFamily,
  points: ScaledVector,
  dimension: number,
  count: number,
  random: RandomSource,
  options: DrawOptions = {},
): Hyperplanes {
  const d = dimension;
  const scale = family === 'gaussian' ? normalScale : 1;
  const weights = new Float64Array(d * count);
  if (family === 'gaussian') weights.set(roundedNormals(random, d * count, scale));
  else if (family === 'signs') for (let k = 0; k < weights.length; k++) weights[k] = random.coin() ? 1 : -1;
  else for (let i = 0; i < count; i++) weights[random.below(d) * count + i] = random.coin() ? 1 : -1;
  const most = biasSteps(family, points, d, options);
  const biases = Array.from({ length: count }, () => 2n * (bigBelow(random, 2n * most + 1n) - most) + 1n);
  return {
    count,
    dimension: d,
    weights,
    weightDenominator: BigInt(scale),
    biases: numerators(biases),
    biasDenominator: 2n * points.denominator * BigInt(scale),
  };
}

/** K: biases are (2k + 1)/(2·S·S₂) with |k| ≤ K. */
export function biasSteps(
  family: HyperplaneFamily,
  points: ScaledVector,
  dimension: number,
  options: DrawOptions = {},
): bigint {
  const scale = family === 'gaussian' ? BigInt(normalScale) : 1n;
  const size = dataSize(family, bigNumerators(points.numerators), dimension) * scale;
  return options.biasBound === undefined ? size : floor(add(mul(options.biasBound, rational(size)), half));
}

/** R as a whole number of 1/S, for the numerators of the points. */
export function dataSize(family: HyperplaneFamily, x: readonly bigint[], d: number): bigint {
  let most = 0n;
  for (let from = 0; from < x.length; from += d) {
    let size = 0n;
    for (let j = from; j < from + d; j++) {
      const v = absInt(x[j]!);
      if (family === 'axis') size = v > size ? v : size;
      else size += family === 'signs' ? v : v * v;
    }
    if (size > most) most = size;
  }
  if (family !== 'gaussian') return most;
  const root = isqrt(most);
  return root * root === most ? root : root + 1n;
}

/** The hyperplanes with the given rational weights and biases; undefined for none. */
export function explicitHyperplanes(
  rows: readonly { readonly weights: Vector; readonly bias: Rational }[],
): Hyperplanes | undefined {
  if (rows.length === 0) return undefined;
  const d = rows[0]!.weights.length;
  const all = Array.from({ length: d }, (_, j) => rows.map(({ weights }) => weights[j]!)).flat();
  const biases = rows.map(({ bias }) => bias);
  const [weightDenominator, biasDenominator] = [commonDenominator(all), commonDenominator(biases)];
  return {
    count: rows.length,
    dimension: d,
    weights: numerators(all.map((w) => w.n * (weightDenominator / w.d))),
    weightDenominator,
    biases: numerators(biases.map((b) => b.n * (biasDenominator / b.d))),
    biasDenominator,
  };
}
