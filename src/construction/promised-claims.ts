/**
 * What a theorem promises of the sizes of its networks, without a dataset.
 *
 * Main definitions: `promisedClaims`, `promisedVariables` (what their letters mean).
 *
 * Notes. The bounds are the same for every dataset, norm by norm, so they are read off the network for two samples of a line.
 */
import { one, zero } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { datasetOf } from '../geometry/index.js';
import { type Quantity, quantities, type Theorem } from './theorem.js';

/** Upper bounds that hold for every dataset. */
export type PromisedClaims = Readonly<Record<Quantity, string>>;

/** The bounds of a theorem, with the norms that they are for. */
export interface ClaimsOfNorms {
  readonly norms: readonly Norm[];
  readonly claims: PromisedClaims;
}

/** The bounds of a theorem in all its norms, those with the same bounds together. */
export function promisedClaims(theorem: Theorem): ClaimsOfNorms[] {
  const groups = new Map<string, { norms: Norm[]; claims: PromisedClaims }>();
  for (const norm of theorem.norms) {
    const { claims } = theorem.construct(datasetOf([[zero], [one]], [0, 1]), { norm, radius: zero });
    const bounds = quantities.map((quantity) => claims.find((claim) => claim.quantity === quantity)!.theorem);
    const known = groups.get(bounds.join());
    if (known !== undefined) known.norms.push(norm);
    else {
      const [width, depth, nonzero, parameters] = bounds as [string, string, string, string];
      groups.set(bounds.join(), { norms: [norm], claims: { width, depth, nonzero, parameters } });
    }
  }
  return [...groups.values()];
}

/** The variables of the bounds. */
export const promisedVariables: Readonly<Record<string, string>> = {
  N: 'distinct samples',
  d: 'input dimensions',
  k: 'dimensions or lattice directions after a map',
  C: 'classes',
  A: 'outputs',
  B: 'coordinates in a layer (--per-layer)',
  M: 'levels of the sawtooth that approximates squares',
  R: '1 + ⌊widest range of a coordinate/δ∞⌋',
  S: 'samples in a group, the most with 2μS < δ∞, at least 1',
  rho2: 'ρ² = (2μ/δ)²',
};
