/**
 * The projected pair network: width k + 4 after an integer map to k dimensions.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ1, ℓ2 or ℓ∞; a k for which some tried
 *   map T keeps the balls apart, dist_p(x_i − x_j, ker T) > 2μ for all differently labelled pairs.
 * Returns: width at most k + 4, one layer per ordered pair (i, j) with y_i above the smallest class.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖_p ≤ μ.
 * Method: z = T x − lo, kept ≥ 0 on all balls. For each pair and v = x_j − x_i a functional λ of the row space with λ·v =
 *   dist_p(v, ker T)·‖λ‖_{p*}: in ℓ2 the projection of v, in ℓ1 and ℓ∞ the multipliers of a linear program, shortened.
 *   h_ij = relu(κ·(x − (x_i + x_j)/2) + 1/2) as in the pair network, κ = λ/gap being a combination of the z. S_i = Σ_j
 *   h_ij, q_i = relu(1 − S_i), and a running maximum keeps labels exact. T is the best of a fixed number of signed
 *   Hadamard and random sign maps, by the exact smallest distance modulo its kernel.
 * Reference: ours, on the neighbourhood-preserving projections of [EYS].
 */

import {
  add,
  compare,
  constructionRootBits,
  div,
  dot,
  floor,
  floorLog2,
  formatRational,
  half,
  maxOfAbs,
  min,
  mul,
  neg,
  powerOfTwo,
  type Rational,
  rational,
  sub,
  subVectors,
  type Vector,
} from '../../exact/index.js';
import { AssumptionError, InputError, type Norm, normSymbol } from '../../format/index.js';
import {
  bestMap,
  type Dataset,
  dualNormAbove,
  type FoundMap,
  functionalOf,
  imagesUnder,
  keepsApart,
  kernelDistance,
  type LinearMap,
  orthogonalRows,
  points,
  radiusMagnitude,
  samplePairText,
  samplesOutside,
} from '../../geometry/index.js';
import { type AffineForm, constantForm, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import { type Claim, theorem } from '../theorem.js';
import { narrowPipeline, oneMinus } from './narrow-pipeline.js';
import { gapExponent } from './pair.js';

const name = 'eys-projected-pair';

/** Maps of each kind tried for each k. */
const attempts = 12;

const claims: readonly Claim[] = [
  { quantity: 'width', theorem: 'k + 4' },
  { quantity: 'depth', theorem: '4 + N*(N - 1)', count: 'P + 4' },
  { quantity: 'nonzero', theorem: '(4 + N*(N - 1))*(2*k + 16) + k*(d + 1)' },
  { quantity: 'parameters', theorem: '(k + 4)*(d + 1) + (3 + N*(N - 1))*(k + 5)*(k + 4)' },
];

export const eysProjectedPair = theorem({
  name,
  title: 'pair network after a separation-preserving integer map, width k + 4',
  reference: 'ours, after [EYS]',
  norms: ['linf', 'l1', 'l2'],
  balls: 'closed',
  construct(given, options) {
    const mu = options.radius;
    const norm: Norm = options.norm;
    const prepared = prepare(given, norm, mu);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
    const lowest = prepared.classes[0]!;
    const samples = samplesOutside(data, lowest);
    const partners = (i: number): number[] => samplesOutside(data, data.labels[i]!);
    const pairs = samples.reduce((sum, i) => sum + partners(i).length, 0);
    const found = preservingMap(data, mu, options.projected, options.seed ?? 1, norm);
    // In ℓ2 orthogonal rows give every functional in closed form.
    const map = norm === 'l2' ? orthogonalRows(found) : found;
    const k = map.rows.length;
    requireSize(pairs * (2 * k + 12), options);

    const images = imagesUnder(map, data);
    const all = points(data);
    const low = map.rows.map((row, r) => {
      const size = dualNormAbove(
        norm,
        row.map((t) => rational(t)),
        constructionRootBits,
      ).value;
      const reach = mul(mu, size);
      return sub(images.map((z) => z[r]!).reduce(min), reach);
    });
    const builder = sequentialBuilder(data.dimension);
    const pipeline = narrowPipeline(
      builder,
      map.rows.map((row, r) =>
        sumForms([...row.map((t, j) => scaleForm(builder.inputs[j]!, rational(t))), constantForm(neg(low[r]!))]),
      ),
      lowest,
    );
    for (const i of samples) {
      let sum: AffineForm[] = [];
      for (const j of partners(i)) {
        const pair = { map, norm, mu, low, images: [images[i]!, images[j]!], v: subVectors(all[j]!, all[i]!) } as const;
        const h = pairForm(pair, pipeline.coordinates(), () => samplePairText(data, i, j));
        sum = pipeline.layer([...(sum.length === 0 ? [] : [sumForms(sum)]), h]);
      }
      pipeline.offer(oneMinus(sumForms(sum)), data.labels[i]!);
    }
    const network = pipeline.finish({
      output: exactReading(data),
      provenance: provenanceOf(name, { ...options, projected: k }),
    });
    return { network, claims, variables: { ...baseVariables(prepared), k: BigInt(k), P: BigInt(pairs) } };
  },
});

interface MappedPair {
  readonly map: LinearMap;
  readonly norm: Norm;
  readonly mu: Rational;
  readonly low: Vector;
  /** T x_i and T x_j. */
  readonly images: readonly [Vector, Vector];
  /** x_j − x_i. */
  readonly v: Vector;
}

/** κ·(x − (x_i + x_j)/2) + 1/2 over the neurons z = T x − lo. */
function pairForm(
  { map, norm, mu, low, images: [a, b], v }: MappedPair,
  z: readonly AffineForm[],
  name: () => string,
): AffineForm {
  const { eta, along, size } = separatingFunctional(map, norm, v, mu);
  const scale = powerOfTwo(-gapExponent(along, size, mu, name));
  return sumForms([
    constantForm(half),
    ...eta.map((e, r) => {
      const kappa = mul(e, scale);
      const middle = mul(half, add(a[r]!, b[r]!));
      return sumForms([scaleForm(z[r]!, kappa), constantForm(mul(kappa, sub(low[r]!, middle)))]);
    }),
  ]);
}

interface Functional {
  /** λ = Tᵀη. */
  readonly eta: Vector;
  /** λ·v. */
  readonly along: Rational;
  /** At least ‖λ‖_{p*}. */
  readonly size: Rational;
}

/** The λ of the row space that tells v best from 0: λ·v = dist_p(v, ker T)·‖λ‖_{p*}. */
function separatingFunctional(map: LinearMap, norm: Norm, v: Vector, mu: Rational): Functional {
  const { coefficients } = kernelDistance(map, v, norm);
  const measured = (eta: Vector): Functional => {
    const lambda = functionalOf(map, eta);
    return { eta, along: dot(lambda, v), size: dualNormAbove(norm, lambda, constructionRootBits).value };
  };
  const exact = measured(coefficients);
  if (norm === 'l2') return exact;
  // The multipliers of a linear program are long; shorter ones that keep half of the room do as well.
  const room = ({ along, size }: Functional): Rational => sub(along, mul(mul(rational(2), mu), size));
  const widest = maxOfAbs(coefficients);
  for (let bits = 2; bits <= 32; bits *= 2) {
    const unit = powerOfTwo(floorLog2(widest) - bits);
    const short = measured(coefficients.map((c) => mul(rational(floor(add(div(c, unit), half))), unit)));
    if (compare(mul(rational(2), room(short)), room(exact)) >= 0) return short;
  }
  return exact;
}

/**
 * A map that keeps the balls apart: with `k` rows if given, else with the fewest rows found. Deterministic in `seed`.
 * @throws AssumptionError when no tried map does; InputError unless 1 ≤ k ≤ d.
 */
export function preservingMap(
  data: Dataset,
  mu: Rational,
  k: number | undefined,
  seed: number,
  norm: Norm = 'l2',
): LinearMap {
  const d = data.dimension;
  requireProjected(k, d);
  const needed = radiusMagnitude(norm, mul(rational(2), mu));
  const options = { norm, seed, attempts, above: needed };
  let best: FoundMap | undefined;
  for (const rows of k === undefined ? Array.from({ length: d }, (_, r) => r + 1) : [k]) {
    best = bestMap(data, rows, options);
    if (best !== undefined && keepsApart(best, mu, norm)) return best.map;
  }
  const squared = norm === 'l2' ? '²' : '';
  throw new AssumptionError(
    `needs a map to k = ${k ?? d} dimensions with dist(x_i − x_j, ker T)${squared} > ${norm === 'l2' ? '4μ²' : '2μ'} = ` +
      `${formatRational(needed)} in ${normSymbol[norm]}: got ${best === undefined ? 'none' : formatRational(best.magnitude)} ` +
      `as the best of ${k === d ? 1 : 2 * attempts} maps`,
  );
}

/** Demands 1 ≤ k ≤ d of a number of projected dimensions, where one is given. @throws InputError otherwise. */
export function requireProjected(k: number | undefined, d: number): void {
  if (k === undefined || (Number.isInteger(k) && k >= 1 && k <= d)) return;
  throw new InputError(`--projected: expected a whole number from 1 to ${d}, got ${k}`);
}
