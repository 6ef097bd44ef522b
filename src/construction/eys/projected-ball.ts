/**
 * The ball-indicator network after an integer map: width k + 5 in place of d + 5.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ1, ℓ2 or ℓ∞; if k < d is asked for, one for which
 *   some tried map keeps images apart, as the method needs it.
 * Returns: width at most k + 2B + 3 with B coordinates in a layer (in ℓ2 k + 5, or k + 1 + 2B for B ≥ 3); depth as that of
 *   the ball-indicator network with k for d. Without a k the fewest dimensions found are taken, at most d.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖_p ≤ μ.
 * Method: ℓ2: `squareBalls` on orthogonal integer rows t_r that span the row space of T, by the exact distance
 *   dist₂(x_i − x_j, ker T)² = Σ (t_r·v)²/|t_r|². ℓ1 and ℓ∞: z_r = t_r·x/‖t_r‖_{p*} moves by at most μ on a ball, so
 *   `boxBalls` on the images, if max_r |z_r(x_i) − z_r(x_j)| > 2μ for all differently labelled pairs; that is at most
 *   dist_p(x_i − x_j, ker T), and no linear program is needed. For k = d the identity serves all μ < δ/2, in ℓ1 with the
 *   ball-indicator network of sums.
 * Reference: [EYS, Thm 4.5]: a projection to k dimensions, then ball indicators.
 */
import { compare, div, formatRational, mul, type Rational, rational, type Vector } from '../../exact/index.js';
import { AssumptionError, type Norm, normSymbol } from '../../format/index.js';
import {
  type Dataset,
  datasetOf,
  dualNormAbove,
  identityMap,
  imagesUnder,
  type LinearMap,
  mapFamilies,
  mapOfFamily,
  orthogonalRows,
  separation,
  separationUnderMap,
} from '../../geometry/index.js';
import { perLayerOf } from '../per-layer.js';
import { baseVariables, constantConstruction, type Prepared, prepare, provenanceOf } from '../prepare.js';
import { type Claim, type Construction, type ConstructionOptions, theorem } from '../theorem.js';
import { eysBallL1 } from './ball-indicator-l1.js';
import { type BoxImages, boxBalls } from './box-balls.js';
import { preservingMap, requireProjected } from './projected-pair.js';
import { squareBallClaims, squareBalls } from './square-balls.js';

const name = 'eys-projected-ball';

/** Maps of each family tried for each k. */
const attempts = 8;

/** For boxes and, with k = d, sums. */
const claims: readonly Claim[] = [
  { quantity: 'width', theorem: 'k + 2*B + 3' },
  { quantity: 'depth', theorem: 'N*ceil(k/B) + 5' },
  { quantity: 'nonzero', theorem: 'k*(d + 1) + N*(ceil(k/B)*(2*k + 4) + 10*k + 12) + k + 1' },
  { quantity: 'parameters', theorem: '(d + 1)*k + (N*ceil(k/B) + 4)*(k + 2*B + 4)*(k + 2*B + 3)' },
];

const withDepth = (count: string): Claim[] =>
  claims.map((claim) => (claim.quantity === 'depth' ? { ...claim, count } : claim));

export const eysProjectedBall = theorem({
  name,
  title: 'ball-indicator network after an integer map, width k + 5, with a running maximum',
  reference: '[EYS, Thm 4.5], with a maximum',
  norms: ['linf', 'l1', 'l2'],
  balls: 'closed',
  construct(given, options) {
    const { norm, radius: mu } = options;
    requireProjected(options.projected, given.dimension);
    const prepared = prepare(given, norm, mu);
    const { data } = prepared;
    if (prepared.separation === undefined) {
      return constantConstruction(prepared, name, options, norm === 'l2' ? squareBallClaims : claims);
    }
    if (norm === 'l2') {
      const map = orthogonalRows(preservingMap(data, mu, options.projected, options.seed ?? 1));
      const found = separationUnderMap(map, data)!;
      return squareBalls(name, prepared, map, found.magnitude, { ...options, projected: map.rows.length });
    }
    const found = boxImages(data, mu, norm, options);
    if (found !== undefined) return boxes(prepared, found, options);
    // The identity, for which the ℓ1 distance is a sum.
    const d = data.dimension;
    const { projected: _, ...rest } = options;
    const { network, variables } = eysBallL1.construct(given, rest);
    return {
      network: { ...network, provenance: provenanceOf(name, { ...options, projected: d }) },
      claims: withDepth('T*ceil(k/B) + 5'),
      variables: { ...variables, k: BigInt(d) },
    };
  },
});

function boxes(prepared: Prepared, found: BoxImages, options: ConstructionOptions): Construction {
  const k = found.rows.length;
  const { network, samples } = boxBalls(name, prepared, found, { ...options, projected: k });
  return {
    network,
    claims: withDepth('T*ceil(k/B) + 4'),
    variables: {
      ...baseVariables(prepared),
      k: BigInt(k),
      B: BigInt(perLayerOf(options)),
      T: BigInt(samples),
    },
  };
}

/**
 * Functionals that move by at most μ on a ball and keep images of different labels more than 2μ apart in ℓ∞: `projected` of
 * them, else as few as are found; undefined when only the identity of ℓ1 is left.
 * @throws AssumptionError when no tried map of `projected` rows does.
 */
function boxImages(
  data: Dataset,
  mu: Rational,
  norm: Norm,
  { projected, seed = 1 }: ConstructionOptions,
): BoxImages | undefined {
  const d = data.dimension;
  const twice = mul(rational(2), mu);
  let best: BoxImages | undefined;
  for (const k of projected === undefined ? Array.from({ length: d }, (_, r) => r + 1) : [projected]) {
    if (k === d && norm === 'l1') return undefined;
    best = undefined;
    for (let t = 0; t < (k === d ? 1 : attempts * mapFamilies.length); t++) {
      const family = mapFamilies[t % mapFamilies.length]!;
      const map = k === d ? identityMap(d) : mapOfFamily(family, k, d, seed * 1000 + t);
      const images = scaledImages(map, data, norm);
      if (best === undefined || compare(images.separation, best.separation) > 0) best = images;
    }
    if (compare(best!.separation, twice) > 0) return best;
  }
  throw new AssumptionError(
    `needs ${projected} functionals of length 1 that tell differently labelled samples apart by more than 2μ in ` +
      `${normSymbol[norm]}: got ${formatRational(best!.separation)} as the best of ${attempts * mapFamilies.length} maps`,
  );
}

/** The rows of a map, divided by their dual norms, with the images and how far these are apart. */
function scaledImages(map: LinearMap, data: Dataset, norm: Norm): BoxImages {
  const sizes = map.rows.map(
    (row) =>
      dualNormAbove(
        norm,
        row.map((t) => rational(t)),
      ).value,
  );
  const rows: Vector[] = map.rows.map((row, r) => row.map((t) => div(rational(t), sizes[r]!)));
  const images = imagesUnder(map, data).map((z) => z.map((v, r) => div(v, sizes[r]!)));
  return { rows, images, separation: separation(datasetOf(images, data.labels), 'linf')!.magnitude };
}
