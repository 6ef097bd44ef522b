/**
 * The search for a linear map that keeps differently labelled balls apart.
 *
 * Main definitions: `bestMap` (the best of several, improved), `fewestDimensions` (the least k that a search finds),
 * `FoundMap`.
 *
 * Notes. Whatever is found is exact: the smallest distance of differently labelled samples modulo the kernel is computed
 * for every map tried. What is not found may exist.
 */
import { compare, mul, type Rational, randomSource, rational, square } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import type { Dataset } from './dataset.js';
import { identityMap, type LinearMap, orthogonalRows } from './linear-map.js';
import { type MapFamily, mapOfFamily } from './map-family.js';
import { type MappedSeparation, separationUnderMap } from './mapped-separation.js';

export interface MapSearchOptions {
  /** @defaultValue 'l2' */
  readonly norm?: Norm;
  /** Families to draw from, in turn. @defaultValue hadamard and signs */
  readonly families?: readonly MapFamily[];
  /** Maps drawn of each family. @defaultValue 12 */
  readonly attempts?: number;
  /** Single entries changed by ±2 after that, each kept if it helps. @defaultValue 0 */
  readonly improvements?: number;
  /** A magnitude to exceed: in ℓ1 and ℓ∞, where it saves time, no other maps are found. @defaultValue none */
  readonly above?: Rational;
  /** @defaultValue 1 */
  readonly seed?: number;
}

export interface FoundMap extends MappedSeparation {
  readonly map: LinearMap;
  /** 'identity' for k = d. */
  readonly family: MapFamily | 'identity';
}

/** The radius that a found map preserves, not included: half of its separation; squared for ℓ2. */
export const preservedRadius = (found: MappedSeparation, norm: Norm = 'l2'): Rational =>
  mul(found.magnitude, norm === 'l2' ? rational(1, 4) : rational(1, 2));

/**
 * The map with the largest exact separation among those tried for k dimensions; the identity when k = d. Deterministic in
 * the seed. Undefined for one class.
 * @throws RangeError unless 1 ≤ k ≤ d.
 */
export function bestMap(data: Dataset, k: number, options: MapSearchOptions = {}): FoundMap | undefined {
  const { norm = 'l2', families = ['hadamard', 'signs'], attempts = 12, improvements = 0, seed = 1 } = options;
  const d = data.dimension;
  if (k === d) {
    const map = identityMap(d);
    const found = separationUnderMap(map, data, norm);
    return found === undefined ? undefined : { ...found, map, family: 'identity' };
  }
  let best: FoundMap | undefined;
  for (let t = 0; t < families.length * attempts; t++) {
    const family = families[t % families.length]!;
    const map = mapOfFamily(family, k, d, seed * 1000 + t);
    const above = norm === 'l2' ? undefined : (best?.magnitude ?? options.above);
    const found = separationUnderMap(map, data, norm, above === undefined ? {} : { above });
    if (found === undefined) continue;
    if (best === undefined || compare(found.magnitude, best.magnitude) > 0) best = { ...found, map, family };
  }
  return best === undefined ? undefined : improved(best, data, norm, improvements, seed);
}

/** The map after single entries were changed, one after the other, whenever that helped. */
function improved(start: FoundMap, data: Dataset, norm: Norm, steps: number, seed: number): FoundMap {
  const random = randomSource(seed);
  let best = start;
  for (let t = 0; t < steps; t++) {
    const r = random.below(best.map.rows.length);
    const j = random.below(data.dimension);
    const by = random.coin() ? 2n : -2n;
    const rows = best.map.rows.map((row, at) => (at === r ? row.map((v, m) => (m === j ? v + by : v)) : row));
    const map = { rows, columns: data.dimension };
    if (orthogonalRows(map).rows.length < rows.length) continue;
    const found = separationUnderMap(map, data, norm, { above: best.magnitude });
    if (found !== undefined) best = { ...best, ...found, map };
  }
  return best;
}

/**
 * The map of the fewest dimensions found that keeps the closed balls of radius μ apart, from k = 1 up; undefined when
 * none does, not even the identity, and for one class.
 */
export function fewestDimensions(data: Dataset, mu: Rational, options: MapSearchOptions = {}): FoundMap | undefined {
  const twice = mul(rational(2), mu);
  for (let k = 1; k <= data.dimension; k++) {
    const found = bestMap(data, k, {
      ...options,
      above: options.norm === 'l1' || options.norm === 'linf' ? twice : square(twice),
    });
    if (found !== undefined && keepsApart(found, mu, options.norm)) return found;
  }
  return undefined;
}

/** Whether dist_p > 2μ for all pairs. */
export function keepsApart(found: MappedSeparation, mu: Rational, norm: Norm = 'l2'): boolean {
  const twice = mul(rational(2), mu);
  return compare(found.magnitude, norm === 'l2' ? square(twice) : twice) > 0;
}
