/**
 * The large regime: a projection to as few dimensions as keep the balls apart, then ball indicators there.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ2. In ℓ1 the balls lie in ℓ2 balls of
 *   radius μ, in ℓ∞ in those of radius √d·μ: needs 2μ < δ₂, and 2√d·μ < δ₂, which hold for ρ < 1/√d.
 * Returns: width k + 5, depth m·k + N₁ + 4 for k projected dimensions, N₁ samples not of the smallest class and m levels
 *   of a sawtooth. At least ρ²·min(N − 1, d) dimensions are needed on some datasets, and e²·ρ²·d + 4·ln N, if not d, always
 *   suffice for some map.
 * Guarantees: F(x) = y_i, exactly, on the whole closed ball of the asked norm.
 * Method: the fewest rows for which some tried integer map T has dist₂(x_i − x_j, ker T) > 2μ for all differently labelled
 *   pairs, decided exactly; then `squareBalls`. Parameters (k + 6)²·(N + mk), that is Õ(N·d²·ρ⁴).
 * Reference: [KMY, Thm 4.2 (iii) and C.14], there with a random projection of 600·ln N rows and the memorizer of [YGZ].
 */
import {
  compare,
  constructionRootBits,
  decimalText,
  div,
  formatRational,
  mul,
  one,
  type Rational,
  rational,
  rootAbove,
  rootBelow,
  square,
} from '../../exact/index.js';
import { AssumptionError, type Norm } from '../../format/index.js';
import { type Dataset, orthogonalRows, separation, separationUnderMap } from '../../geometry/index.js';
import { preservingMap } from '../eys/projected-pair.js';
import { squareBallClaims, squareBalls } from '../eys/square-balls.js';
import { constantConstruction, prepare, provenanceOf } from '../prepare.js';
import { theorem } from '../theorem.js';

const name = 'kmy-large';

/** Significant bits of √d, which is a factor of radii; any number serves. */
const reachBits = 16;

/** At least the ℓ2 length of every u with ‖u‖_p ≤ 1: 1, and √d in ℓ∞. */
const euclideanReach = (norm: Norm, d: number): Rational =>
  norm === 'linf' ? rootAbove(rational(d), reachBits).value : one;

/** δ₂/(reach·δ), rounded down: the ρ up to which balls lie in ℓ2 balls that keep apart; 1 in ℓ2. */
function euclideanRatio(data: Dataset, norm: Norm): Rational {
  if (norm === 'l2') return one;
  const delta2 = rootBelow(separation(data, 'l2')!.magnitude, constructionRootBits).value;
  return div(delta2, mul(euclideanReach(norm, data.dimension), separation(data, norm)!.magnitude));
}

export const kmyLarge = theorem({
  name,
  title: 'large regime: ball indicators in ℓ2 after a map to the fewest dimensions that keep balls apart',
  reference: '[KMY, Thm 4.2 (iii)]',
  norms: ['l2', 'l1', 'linf'],
  balls: 'closed',
  range: { text: 'ρ < 1 in ℓ2, else < 1/√d', end: euclideanRatio },
  construct(given, options) {
    const { norm } = options;
    const prepared = prepare(given, norm, options.radius);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, squareBallClaims);
    const radius = mul(options.radius, euclideanReach(norm, data.dimension));
    requireApart(data, radius);
    const map = orthogonalRows(preservingMap(data, radius, options.projected, options.seed ?? 1, 'l2'));
    const k = map.rows.length;
    const { magnitude } = separationUnderMap(map, data)!;
    const built = squareBalls(name, prepared, map, magnitude, { ...options, norm: 'l2', radius });
    const network = { ...built.network, provenance: provenanceOf(name, { ...options, projected: k }) };
    return { ...built, network, note: largeNote(data, k, magnitude) };
  },
});

/** @throws AssumptionError unless ℓ2 balls of this radius keep apart. */
function requireApart(data: Dataset, radius: Rational): void {
  const { magnitude } = separation(data, 'l2')!;
  const needed = square(mul(rational(2), radius));
  if (compare(needed, magnitude) < 0) return;
  throw new AssumptionError(
    `needs ℓ2 balls around these that keep apart, 4μ₂² < δ₂² = ${formatRational(magnitude)}: got 4μ₂² = ${formatRational(needed)}`,
  );
}

function largeNote(data: Dataset, k: number, magnitude: Rational): string {
  const d = data.dimension;
  if (k === d) return `all ${d} dimensions`;
  const kept = rootBelow(div(magnitude, separation(data, 'l2')!.magnitude));
  return `${k} of ${d} dimensions, which keep ${decimalText(kept.value, 3)} of the separation in ℓ2`;
}
