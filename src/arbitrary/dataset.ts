/**
 * Random δ-separated datasets.
 *
 * Main definitions: `dataset`.
 *
 * No draw is thrown away: samples are separated by the way they are laid out (dataset-layout.ts), in ℓ1, ℓ2 and ℓ∞.
 * Filtering raw coordinates instead would all but lose the cases that matter, such as d = 1 with many samples.
 */
import type { Arbitrary, Random } from 'fast-check';
import { lcm, numerators, one, type Rational, rational, reduced } from '../exact/index.js';
import type { Dataset } from '../geometry/index.js';
import {
  type DatasetConstraints,
  type DatasetRules,
  datasetRules,
  extreme,
  type Geometry,
} from './dataset-constraints.js';
import { disguised, fineCells, type Layout, layouts } from './dataset-layout.js';
import { datasetProposals, datasetSize } from './dataset-shrinks.js';
import { isDataset, satisfies } from './dataset-validity.js';
import { inRange, oneIn, pick, whole } from './draw.js';
import { shrinking } from './shrinking.js';

/**
 * Datasets whose differently labelled samples are at least `separation` apart in `norm`, with exact coordinates.
 * Duplicate samples and unused label numbers occur. Shrinks never leave the constraints.
 * @throws InputError when no dataset satisfies the constraints.
 */
export function dataset(constraints: DatasetConstraints = {}): Arbitrary<Dataset> {
  const rules = datasetRules(constraints);
  return shrinking({
    draw: (random, bias) => datasetDraw(random, bias, rules),
    accepts: (value) => isDataset(value) && satisfies(value, rules),
    proposals: (value) => datasetProposals(value, rules),
    size: datasetSize,
  });
}

/** Separations to draw from when none is asked for. */
const separations: readonly Rational[] = [
  one,
  one,
  one,
  rational(2),
  rational(1, 2),
  rational(3, 4),
  rational(5, 3),
  rational(7),
  rational(1, 10),
  rational(1, 1000),
];

/** A dataset that satisfies the rules; plain cells are drawn three times as often as each other geometry. */
export function datasetDraw(random: Random, bias: number | undefined, rules: DatasetRules): Dataset {
  const { geometries } = rules;
  const extra = geometries.includes('cells') ? 2 : 0;
  const geometry = geometries[whole(random, 0, geometries.length - 1 + extra)] ?? 'cells';
  const size = inRange(random, rules.size, bias);
  const dimension = geometry === 'line' ? 1 : inRange(random, rules.dimension, bias);
  const classes = whole(random, rules.labels.min, Math.min(rules.labels.max, size));
  const s = rules.separation ?? pick(random, separations);
  const rule =
    geometry === 'huge' ? layouts.cells : geometry === 'tiny' ? fineCells(primePower(s.n)) : layouts[geometry];
  const layout = disguised(random, rule(random, { size, dimension, classes, norm: rules.norm }), classes);
  const labels = oneIn(random, 8) ? withGaps(random, layout.labels, classes) : layout.labels;
  return { size, dimension: layout.dimension, coordinates: placed(random, layout, s, geometry), labels };
}

/** A power, above 2³², of a small prime that does not divide n, so that dividing n by it leaves its denominator whole. */
function primePower(n: bigint): number {
  let prime = 2n;
  while (n % prime === 0n) prime++;
  let power = prime;
  while (power < extreme) power *= prime;
  return Number(power);
}

/** The labels renamed to increasing numbers, some left out. */
function withGaps(random: Random, labels: readonly number[], classes: number): number[] {
  let next = -1;
  const names = Array.from({ length: classes }, () => {
    next += whole(random, 1, 3);
    return next;
  });
  return labels.map((c) => names[c]!);
}

/** The layout in the units of s, moved by a vector or blown up. */
function placed(random: Random, layout: Layout, s: Rational, geometry: Geometry): Dataset['coordinates'] {
  const { at, dimension, resolution } = layout;
  const unit = rational(s.n, s.d * BigInt(resolution));
  if (geometry === 'huge' && oneIn(random, 2)) {
    // At least one coordinate is a whole cell from 0, so the factor alone makes it as large as it has to be.
    const factor = (extreme / s.n + 1n) * s.d * BigInt(resolution) * 10n ** BigInt(whole(random, 0, 20));
    if (!at.some((v) => v !== 0)) at[0] = 1;
    return scaledBy(at, rational(unit.n * factor, unit.d));
  }
  const moved = geometry === 'huge' || (geometry !== 'tiny' && oneIn(random, 3));
  if (!moved) return scaledBy(at, unit);
  const offsets = Array.from({ length: dimension }, () => rational(whole(random, -20, 20), whole(random, 1, 6)));
  if (geometry === 'huge') {
    const furthest = at.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    const step = extreme + BigInt(furthest) * (unit.n / unit.d + 1n);
    offsets[0] = rational((oneIn(random, 2) ? 1n : -1n) * step * BigInt(whole(random, 1, 1000)));
  }
  const denominator = offsets.reduce((d, offset) => lcm(d, offset.d), unit.d);
  const scale = unit.n * (denominator / unit.d);
  const shifts = offsets.map((offset) => offset.n * (denominator / offset.d));
  const values = at.map((v, k) => BigInt(v) * scale + shifts[k % dimension]!);
  return reduced({ numerators: numerators(values), denominator });
}

/** Whole multiples of a unit, in doubles while they are exact there. */
function scaledBy(at: readonly number[], unit: Rational): Dataset['coordinates'] {
  const factor = Number(unit.n);
  let most = 0;
  for (const v of at) most = Math.max(most, Math.abs(v));
  const values =
    most * factor <= Number.MAX_SAFE_INTEGER
      ? Float64Array.from(at, (v) => v * factor + 0) // -0 becomes 0
      : numerators(at.map((v) => BigInt(v) * unit.n));
  return reduced({ numerators: values, denominator: unit.d });
}
