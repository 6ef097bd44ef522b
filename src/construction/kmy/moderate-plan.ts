/**
 * Groups of samples, each with walls of its own that its balls stay away from: what the moderate regime needs.
 *
 * Main definitions: `ModeratePlan`, `moderatePlan`, `guaranteedGroup` (a number of samples that always fits).
 *
 * Main statement. Of s samples the widest gap of fractional parts is at least 1/s, so with coordinates as rows and steps
 * h = δ∞ any s samples with 2μs < δ∞ have walls at a distance from their balls. A differently labelled centre is a step or
 * more away in some coordinate, so its ball misses the part [cell, cell + 1 − γ] of the cell in which keys are right.
 * Larger steps and other rows are tried as well, and everything is checked exactly: cells of one class, and foreign
 * balls disjoint from the live part of active cells, in some coordinate.
 */
import {
  add,
  bitLength,
  ceil,
  compare,
  div,
  floor,
  half,
  mul,
  one,
  type Rational,
  rational,
  rootBelow,
  sub,
} from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import {
  avoidingOffset,
  type Dataset,
  type LatticeDirection,
  type LatticePositions,
  latticeDirection,
  latticePositions,
  orthogonalRows,
  rowImages,
  separationUnderMap,
} from '../../geometry/index.js';
import type { MemorizerRecord } from '../../network/index.js';
import { injectiveScales, keyOf } from './cell-keys.js';
import type { ClassRanks } from './class-ranks.js';
import { candidateRows, coordinateRows } from './lattice-rows.js';
import { coordinateSeparation, type KeyDirection, type LatticeOptions, mostLatticeBits } from './small-lattice.js';

export interface ModerateGroup {
  /** Walls and scales of this group; `first` is such that V = z − θ + 1 for the carried z. */
  readonly directions: readonly KeyDirection[];
  readonly records: readonly MemorizerRecord[];
  readonly samples: readonly number[];
}

export interface ModeratePlan {
  readonly directions: readonly LatticeDirection[];
  /** z_r = t_r·x/h_r − low_r ≥ 0 on all balls. */
  readonly low: readonly bigint[];
  readonly groups: readonly ModerateGroup[];
}

/** Most rows of maps tried beside the coordinates, and most samples for which such maps are tried. */
const mostRows = 8;
const mostSamples = 300;

/** Samples with 2μs < δ∞: a group of so many always fits; at least 1, at most N. */
export function guaranteedGroup(data: Dataset, mu: Rational): bigint {
  if (mu.n === 0n) return BigInt(data.size);
  const most = ceil(div(coordinateSeparation(data), mul(rational(2), mu))) - 1n;
  return most < 1n ? 1n : most > BigInt(data.size) ? BigInt(data.size) : most;
}

/** The plan of the smallest network found; undefined when none is. Always found for 2μ < δ∞. */
export function moderatePlan(
  data: Dataset,
  ranks: ClassRanks,
  norm: Norm,
  mu: Rational,
  { projected, seed = 1 }: LatticeOptions = {},
): ModeratePlan | undefined {
  const d = data.dimension;
  const mostGroups = Math.ceil(data.size / Number(guaranteedGroup(data, mu)));
  let best: { plan: ModeratePlan; cost: number } | undefined;
  const attempt = (rows: readonly (readonly bigint[])[], h: Rational): void => {
    const plan = planned(data, ranks, norm, mu, rows, h);
    if (plan === undefined || plan.groups.length > mostGroups) return;
    const cost = planCost(plan);
    if (best === undefined || cost < best.cost) best = { plan, cost };
  };
  const delta = coordinateSeparation(data);
  if (projected === undefined || projected === d) {
    for (const factor of ['2', '3/2', '5/4', '1']) {
      const [n, q] = factor.split('/');
      attempt(coordinateRows(d), mul(delta, rational(BigInt(n!), BigInt(q ?? 1))));
    }
  }
  const counts =
    projected === undefined ? Array.from({ length: Math.min(d - 1, mostRows) }, (_, k) => k + 1) : [projected];
  if (data.size > mostSamples && projected === undefined) return best?.plan;
  for (const k of counts) {
    for (const rows of candidateRows(k, d, seed)) {
      const map = orthogonalRows({ rows, columns: d });
      const squared = mul(separationUnderMap(map, data)!.magnitude, rational(1, k));
      if (squared.n === 0n) continue;
      const h = rootBelow(squared, 8).value;
      for (const factor of [rational(3, 2), one]) attempt(map.rows, mul(h, factor));
    }
  }
  return best?.plan;
}

/** About how many parameters the network of a plan has. */
function planCost({ directions, groups }: ModeratePlan): number {
  const k = directions.length;
  return groups.reduce((sum, group) => {
    const bits = group.directions.reduce((most, direction) => Math.max(most, direction.bits), 0);
    return sum + (2 * bits + 2) * (5 * k + 3) ** 2 + (group.records.length / 2 + 2) * (k + 10) ** 2;
  }, 0);
}

function planned(
  data: Dataset,
  ranks: ClassRanks,
  norm: Norm,
  mu: Rational,
  rows: readonly (readonly bigint[])[],
  h: Rational,
): ModeratePlan | undefined {
  const directions = rows.map((row) => {
    const length = rootBelow(rational(row.reduce((sum, t) => sum + t * t, 0n)), 6).value;
    return latticeDirection(row, mul(h, length), norm, mu);
  });
  if (directions.some(({ extent }) => compare(extent, half) >= 0)) return undefined;
  const positions = directions.map(({ row, step }) => latticePositions(rowImages(row, data), step));
  const values = positions.map((own) => own.numerators.map((n) => rational(n, own.denominator)));
  const low = values.map((own, r) =>
    floor(
      sub(
        own.reduce((a, b) => (compare(a, b) <= 0 ? a : b)),
        directions[r]!.extent,
      ),
    ),
  );
  const frame: Frame = { data, ranks, directions, positions, values, low, mostBits: mostLatticeBits(data) };
  const active = data.labels.map((_, i) => i).filter((i) => ranks.rank(data.labels[i]!) > 0);
  const start = Math.min(active.length, Number(guaranteedGroup(data, mu)));
  const groups: ModerateGroup[] = [];
  for (let at = 0; at < active.length; ) {
    const found = largestGroup(frame, active.slice(at), start);
    if (found === undefined) return undefined;
    groups.push(found);
    at += found.samples.length;
  }
  return { directions, low, groups };
}

interface Frame {
  readonly data: Dataset;
  readonly ranks: ClassRanks;
  readonly directions: readonly LatticeDirection[];
  readonly positions: readonly LatticePositions[];
  /** t_r·x_i/h_r by row, then by sample. */
  readonly values: readonly (readonly Rational[])[];
  readonly low: readonly bigint[];
  readonly mostBits: number;
}

/** A long prefix that fits: from the guaranteed size up by doubling, then between the last two. */
function largestGroup(frame: Frame, samples: readonly number[], start: number): ModerateGroup | undefined {
  const attempt = (s: number): ModerateGroup | undefined => fittedGroup(frame, samples.slice(0, s));
  let size = Math.min(samples.length, start);
  let best = attempt(size);
  while (best === undefined && size > 1) {
    size = size >> 1;
    best = attempt(size);
  }
  if (best === undefined) return undefined;
  let beyond = samples.length + 1;
  while (size < samples.length) {
    const next = Math.min(samples.length, 2 * size);
    const found = attempt(next);
    if (found === undefined) {
      beyond = next;
      break;
    }
    [best, size] = [found, next];
  }
  while (beyond - size > 1 && size < samples.length) {
    const middle = (size + beyond) >> 1;
    const found = attempt(middle);
    if (found === undefined) beyond = middle;
    else [best, size] = [found, middle];
  }
  return best;
}

/** The group of these samples, all of which have a value above 0; undefined when it does not fit. */
function fittedGroup(frame: Frame, samples: readonly number[]): ModerateGroup | undefined {
  const { data, ranks, directions, positions, values, low } = frame;
  const found: Omit<KeyDirection, 'scale'>[] = [];
  for (const [r, direction] of directions.entries()) {
    const offset = avoidingOffset(positions[r]!, samples, direction.extent, 'around');
    if (offset === undefined) return undefined;
    const most = values[r]!.reduce((a, b) => (compare(a, b) >= 0 ? a : b));
    const first = low[r]! - 1n;
    const shift = add(offset.theta, rational(first));
    // V and V + γ/2 stay below 2^bits on all balls.
    const top = add(sub(add(most, direction.extent), shift), mul(half, offset.gamma));
    const bits = bitLength(floor(top));
    if (bits > frame.mostBits) return undefined;
    found.push({ ...direction, ...offset, first, bits });
  }
  const scales = injectiveScales(found.map(({ bits }) => bits));
  const at = (r: number, i: number): Rational => sub(values[r]![i]!, add(found[r]!.theta, rational(found[r]!.first)));
  const cells = new Map<string, { cell: bigint[]; label: number }>();
  for (const i of samples) {
    const cell = found.map((_, r) => floor(at(r, i)));
    const known = cells.get(cell.join());
    if (known !== undefined && known.label !== data.labels[i]) return undefined;
    cells.set(cell.join(), { cell, label: data.labels[i]! });
  }
  const coordinates = data.labels.map((_, i) => found.map((__, r) => at(r, i)));
  for (const { cell, label } of cells.values()) {
    for (let i = 0; i < data.size; i++) {
      if (data.labels[i] === label) continue;
      const apart = found.some(({ extent, gamma }, r) => {
        const v = coordinates[i]![r]!;
        const lower = rational(cell[r]!);
        return compare(add(v, extent), lower) < 0 || compare(sub(v, extent), add(lower, sub(one, gamma))) > 0;
      });
      if (!apart) return undefined;
    }
  }
  return {
    directions: found.map((direction, r) => ({ ...direction, scale: scales[r]! })),
    records: [...cells.values()].map(({ cell, label }) => ({ key: keyOf(scales, cell), value: ranks.rank(label) })),
    samples,
  };
}
