/**
 * The projected pair network for ℓ2: width k + 4 after an integer map to k dimensions.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ2; a k for which some tried map T
 *   keeps the balls apart, dist₂(x_i − x_j, ker T) > 2μ for all differently labelled pairs.
 * Returns: width at most k + 4, one layer per ordered pair (i, j) with y_i above the smallest class.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖₂ ≤ μ.
 * Method: z = T x − lo, kept ≥ 0 on all balls. For each pair λ is the projection of v = x_j − x_i on the row space, so
 *   λ·v = ‖λ‖² = dist₂(v, ker T)², and h_ij = relu(κ·(x − (x_i + x_j)/2) + 1/2) as in the pair network, κ = λ/gap being
 *   a combination of the z. S_i = Σ_j h_ij, q_i = relu(1 − S_i), and a running maximum keeps labels exact.
 *   T is the best of a fixed number of signed Hadamard and random sign maps, by the exact smallest projected distance.
 * Reference: ours, on the neighbourhood-preserving projections of [EYS].
 */

import {
  add,
  compare,
  constructionRootBits,
  formatRational,
  half,
  min,
  mul,
  neg,
  one,
  powerOfTwo,
  type Rational,
  rational,
  rootAbove,
  square,
  sub,
} from '../../exact/index.js';
import { AssumptionError, InputError } from '../../format/index.js';
import {
  type Dataset,
  hadamardMap,
  identityMap,
  imagesUnder,
  type OrthogonalMap,
  orthogonalRows,
  samplePairText,
  separationUnderMap,
  signedMap,
} from '../../geometry/index.js';
import {
  type AffineForm,
  constantForm,
  runningMaximum,
  scaleForm,
  sequentialBuilder,
  sumForms,
} from '../../network/index.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import type { Claim, Theorem } from '../theorem.js';
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

export const eysProjectedPair: Theorem = {
  name,
  title: 'pair network after a separation-preserving integer map, width k + 4',
  reference: 'ours, after [EYS]',
  norms: ['l2'],
  balls: 'closed',
  construct(given, options) {
    if (options.norm !== 'l2') throw new InputError(`--norm: expected l2 for ${name}, got ${options.norm}`);
    const mu = options.radius;
    const prepared = prepare(given, 'l2', mu);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
    const lowest = prepared.classes[0]!;
    const samples = data.labels.map((_, i) => i).filter((i) => data.labels[i] !== lowest);
    const partners = (i: number): number[] =>
      data.labels.map((_, j) => j).filter((j) => data.labels[j] !== data.labels[i]);
    const pairs = samples.reduce((sum, i) => sum + partners(i).length, 0);
    const map = preservingMap(data, mu, options.projected, options.seed ?? 1);
    const k = map.rows.length;
    requireSize(pairs * (2 * k + 12), options);

    const images = imagesUnder(map, data);
    const low = map.rows.map((_, r) => {
      const reach = mul(mu, rootAbove(rational(map.squaredLengths[r]!), constructionRootBits).value);
      return sub(images.map((z) => z[r]!).reduce(min), reach);
    });
    const builder = sequentialBuilder(data.dimension);
    let z = builder.layer(
      'relu',
      map.rows.map((row, r) =>
        sumForms([...row.map((t, j) => scaleForm(builder.inputs[j]!, rational(t))), constantForm(neg(low[r]!))]),
      ),
    );
    const maximum = runningMaximum();
    for (const i of samples) {
      let sum: AffineForm[] = [];
      for (const j of partners(i)) {
        const h = pairForm(map, images[i]!, images[j]!, mu, low, z, () => samplePairText(data, i, j));
        const maximumRows = maximum.rows();
        const carried = sum.length === 0 ? [] : [sumForms(sum)];
        const out = builder.layer('relu', [...z, ...maximumRows, ...carried, h]);
        z = out.slice(0, k);
        maximum.advance(out.slice(k, k + maximumRows.length));
        sum = out.slice(k + maximumRows.length);
      }
      const inside = sumForms([constantForm(one), scaleForm(sumForms(sum), neg(one))]);
      maximum.offer(inside, rational(data.labels[i]! - lowest));
    }
    while (maximum.pending()) maximum.advance(builder.layer('relu', maximum.rows()));
    const network = builder.network([sumForms([maximum.value()!, constantForm(rational(lowest))])], {
      output: exactReading(data),
      provenance: provenanceOf(name, { ...options, projected: k }),
    });
    return { network, claims, variables: { ...baseVariables(prepared), k: BigInt(k), P: BigInt(pairs) } };
  },
};

/** κ·(x − (x_i + x_j)/2) + 1/2 over the neurons z = T x − lo. */
function pairForm(
  map: OrthogonalMap,
  a: readonly Rational[],
  b: readonly Rational[],
  mu: Rational,
  low: readonly Rational[],
  z: readonly AffineForm[],
  pair: () => string,
): AffineForm {
  const gaps = a.map((v, r) => sub(b[r]!, v));
  // λ = Σ_r η_r t_r with η_r = (t_r·v)/|t_r|²; λ·v = ‖λ‖² is the squared distance to the kernel.
  const eta = gaps.map((g, r) => mul(g, rational(1n, map.squaredLengths[r]!)));
  const along = gaps.map((g, r) => mul(g, eta[r]!)).reduce(add);
  const size = rootAbove(along, constructionRootBits).value;
  const scale = powerOfTwo(-gapExponent(along, size, mu, pair));
  const kappa = eta.map((e) => mul(e, scale));
  return sumForms([
    constantForm(half),
    ...kappa.map((w, r) => {
      const middle = mul(half, add(a[r]!, b[r]!));
      return sumForms([scaleForm(z[r]!, w), constantForm(mul(w, sub(low[r]!, middle)))]);
    }),
  ]);
}

/**
 * A map that keeps the balls apart: with `k` rows if given, else with the fewest rows found. Deterministic in `seed`.
 * @throws AssumptionError when no tried map does.
 */
export function preservingMap(data: Dataset, mu: Rational, k: number | undefined, seed: number): OrthogonalMap {
  const d = data.dimension;
  if (k !== undefined && !(Number.isInteger(k) && k >= 1 && k <= d)) {
    throw new InputError(`--projected: expected a whole number from 1 to ${d}, got ${k}`);
  }
  const needed = mul(rational(4), square(mu));
  let closest: Rational | undefined;
  for (const rows of k === undefined ? Array.from({ length: d }, (_, r) => r + 1) : [k]) {
    let best: { map: OrthogonalMap; magnitude: Rational } | undefined;
    for (let t = 0; t < 2 * attempts; t++) {
      const tried = t % 2 === 0 ? hadamardMap(rows, d, seed * 1000 + t) : signedMap(rows, d, seed * 1000 + t);
      const map = orthogonalRows(tried);
      const found = map.rows.length === 0 ? undefined : separationUnderMap(map, data);
      if (found !== undefined && (best === undefined || compare(found.magnitude, best.magnitude) > 0)) {
        best = { map, magnitude: found.magnitude };
      }
    }
    if (rows === d) best = { map: identityMap(d), magnitude: separationUnderMap(identityMap(d), data)!.magnitude };
    if (best !== undefined && compare(best.magnitude, needed) > 0) return best.map;
    closest = best?.magnitude;
  }
  throw new AssumptionError(
    `needs a map to k = ${k ?? d} dimensions with dist₂(x_i − x_j, ker T)² > 4μ² = ${formatRational(needed)}: ` +
      `got ${closest === undefined ? 'none' : formatRational(closest)} as the best of ${2 * attempts} maps`,
  );
}
