/**
 * The two ways to bound a term from above on a ball.
 *
 * Main definitions: `RidgeWay`, `above`.
 *
 * Main statement (leaf). Let ‖v‖_p ≤ μ, λ ≥ 0, λ_u = λ/s_u, s_u = ‖u‖∞ (p = 1) or ‖u‖² (p = 2), λ = 0 for p = ∞. Then
 *   Σ φ_u(u·v) ≤ Λ·μᵖ + Σ_u max_t (φ_u(t) - λ_u·|t|ᵖ)   if   Σ_u λ_u·|u·v|ᵖ ≤ Λ·‖v‖ᵖ for all v.
 * Λ = max_j Σ_u λ_u·|u_j| serves p = 1, since |u·v| ≤ Σ_j |u_j|·|v_j|. Λ = max_u λ_u·Σ_w |u·w| serves p = 2: the left side
 * is vᵀMv with M = Σ λ_u u uᵀ, whose eigenvalues other than 0 are those of the matrix (λ_u·u·w), none above its largest
 * row sum. With `linear`, all linear φ_u are one function g·v ≤ μ·‖g‖* instead, and Λ is that of the others.
 *
 * Main statement (substitution). If ν = relu(s), then E + κ·ν is max(E, E + κ·s) at every point for κ > 0, and the minimum
 * of the two for κ < 0.
 */
import type { RidgeWay } from '../../format/certificate-file.js';
import { parsed } from '../rational.js';
import { mismatch } from '../read.js';
import { type Fraction, larger, nought, over, plus, size, smaller, times } from './fraction.js';
import { greatest, isLine } from './graph.js';
import {
  constantTerm,
  type Direction,
  dualNorm,
  exchanged,
  lineOf,
  type Place,
  type Ridge,
  type Term,
} from './terms.js';

/** An upper bound of the term. */
export function above(place: Place, term: Term, way: RidgeWay, where: string): Fraction {
  if (!('substitute' in way)) return smaller(term.high, leafBound(place, term, way, where));
  const name = way.substitute.join();
  const factor = term.atoms.get(name) ?? nought;
  const argument = place.atoms.get(name)?.argument;
  if (factor.n === 0n || argument === undefined) {
    mismatch(way.substitute, `${where}.substitute`, 'an undecided relu of this term');
  }
  const sides: Fraction[] = [];
  for (const side of ['without', 'replaced'] as const) {
    const next = way[side];
    if (next === undefined) {
      if (factor.n > 0n) mismatch('nothing', `${where}.${side}`, 'a way');
      continue;
    }
    const other = exchanged(place, term, name, side === 'without' ? constantTerm(nought) : argument);
    sides.push(above(place, other, next, `${where}.${side}`));
  }
  return sides.reduce(factor.n > 0n ? larger : smaller, factor.n > 0n ? sides[0]! : term.high);
}

type LeafWay = Exclude<RidgeWay, { readonly substitute: unknown }>;

function leafBound(place: Place, term: Term, { curvature = '0', linear }: LeafWay, where: string): Fraction {
  const { norm, radius, atoms } = place;
  const lambda = parsed(curvature);
  if (lambda.n < 0n || (lambda.n > 0n && norm === 'linf'))
    mismatch(curvature, `${where}.curvature`, 'none in linf, else ≥ 0');
  const isBent = ({ graph }: Ridge): boolean => linear !== true || !isLine(graph);
  const ridges = [...term.ridges.values()];
  const lines = ridges.filter((ridge) => !isBent(ridge));
  const [gradient, constant] = lineOf(place, lines, term.constant);
  let bound = plus(constant, times(radius, dualNorm(norm, gradient)));
  const bent = ridges.filter(isBent).map((ridge) => ({ ...ridge, penalty: over(lambda, sizeOf(place, ridge)) }));
  bound = plus(bound, allowance(place, bent));
  for (const { graph, penalty } of bent) bound = plus(bound, greatest(graph, penalty, norm === 'l2' ? 2 : 1));
  for (const [name, factor] of term.atoms) {
    const atom = atoms.get(name)!;
    bound = plus(bound, times(factor, factor.n > 0n ? atom.high : atom.low));
  }
  return bound;
}

/** s_u. */
const sizeOf = ({ norm }: Place, { direction }: Ridge): Fraction =>
  norm === 'l2' ? product(direction, direction) : direction.reduce((most, entry) => larger(most, size(entry)), nought);

const product = (u: Direction, w: Direction): Fraction =>
  u.reduce((sum, entry, j) => (entry.n === 0n ? sum : plus(sum, times(entry, w[j]!))), nought);

/** Λ·μᵖ. */
function allowance({ norm, radius }: Place, ridges: readonly (Ridge & { readonly penalty: Fraction })[]): Fraction {
  let most = nought;
  if (norm === 'l2') {
    for (const { direction, penalty } of ridges) {
      if (penalty.n === 0n) continue;
      const row = ridges.reduce((sum, other) => plus(sum, size(product(direction, other.direction))), nought);
      most = larger(most, times(penalty, row));
    }
    return times(most, times(radius, radius));
  }
  for (let j = 0; j < (ridges[0]?.direction.length ?? 0); j++) {
    const column = ridges.reduce(
      (sum, { direction, penalty }) => plus(sum, times(penalty, size(direction[j]!))),
      nought,
    );
    most = larger(most, column);
  }
  return times(most, radius);
}
