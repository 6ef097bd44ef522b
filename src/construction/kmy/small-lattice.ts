/**
 * A lattice whose walls avoid every ball, with one class in each cell: what the small regime needs.
 *
 * Main definitions: `KeyedLattice`, `smallLattice`, `coordinateSeparation` (δ∞ in any norm, of which 2μN < δ∞ is
 * enough).
 *
 * Main statement. With the coordinates as rows and steps h = δ∞, two samples in one cell differ by less than δ∞ in every
 * coordinate, so they have one class; a ball has half extent e = μ/h in each, and the widest gap of N fractional parts
 * is at least 1/N, so 2μN < δ∞ leaves room. Other rows and larger steps are tried first, because fewer and larger cells
 * make a smaller network; what is found is checked exactly, so any radius for which the search succeeds is served.
 * Reference: [KMY, Thm 4.2 (i)] with ρ ≤ 1/(5N√d) in ℓ2; here ρ < 1/(N√d), and 1/(Nd) in ℓ1, 1/N in ℓ∞.
 */
import {
  bitLength,
  compare,
  floorLog2,
  half,
  mul,
  powerOfTwo,
  type Rational,
  rational,
  rootBelow,
} from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import {
  avoidingOffset,
  cellsOf,
  type Dataset,
  type LatticeDirection,
  type LatticeOffset,
  latticeDirection,
  latticePositions,
  rowImages,
  separation,
} from '../../geometry/index.js';
import { type MemorizerRecord, shorterArrangement } from '../../network/index.js';
import { hashedScales, injectiveScales, keyOf, type ValuedCell } from './cell-keys.js';
import type { ClassRanks } from './class-ranks.js';
import { candidateRows } from './lattice-rows.js';

/** A direction with its walls, as a coordinate of keys. */
export interface KeyDirection extends LatticeDirection, LatticeOffset {
  /** Index of the cell that is counted as 0. */
  readonly first: bigint;
  /** Cells have indices below 2^bits, on all balls. */
  readonly bits: number;
  /** Weight of the cell's index in the key. */
  readonly scale: bigint;
}

export interface KeyedLattice {
  readonly directions: readonly KeyDirection[];
  /** Keys of cells with a value above 0. */
  readonly records: readonly MemorizerRecord[];
}

/** Significant bits of the length of a row in its step; any number serves. */
const lengthBits = 6;
/** Steps tried in each octave: 1, 7/8, 3/4, 5/8 times a power of two. */
const eighths = [8, 7, 6, 5] as const;
/** Numbers of rows tried beyond the one that gave the smallest network so far. */
const patience = 3;

/** δ∞: the smallest ℓ∞ distance of differently labelled samples. */
export const coordinateSeparation = (data: Dataset): Rational => separation(data, 'linf')!.magnitude;

/** Bits that no lattice coordinate exceeds: ⌈log₂ 4RNd⌉, R = 1 + ⌊(widest range)/δ∞⌋. */
export const mostLatticeBits = (data: Dataset): number =>
  bitLength(4n * latticeSpread(data) * BigInt(data.size) * BigInt(data.dimension) - 1n);

/** R = 1 + ⌊(widest range of a coordinate)/δ∞⌋. */
export function latticeSpread(data: Dataset): bigint {
  const { numerators, denominator } = data.coordinates;
  let widest = 0n;
  for (let j = 0; j < data.dimension; j++) {
    let [least, most] = [BigInt(numerators[j]!), BigInt(numerators[j]!)];
    for (let i = 1; i < data.size; i++) {
      const x = BigInt(numerators[i * data.dimension + j]!);
      if (x < least) least = x;
      if (x > most) most = x;
    }
    if (most - least > widest) widest = most - least;
  }
  const delta = coordinateSeparation(data);
  return 1n + (widest * delta.d) / (denominator * delta.n);
}

export interface LatticeOptions {
  /** Number of rows. @defaultValue the one with the smallest network */
  readonly projected?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/** The lattice of the smallest network found; undefined when none is. Always found for 2μN < δ∞. */
export function smallLattice(
  data: Dataset,
  ranks: ClassRanks,
  norm: Norm,
  mu: Rational,
  { projected, seed = 1 }: LatticeOptions = {},
): KeyedLattice | undefined {
  const d = data.dimension;
  let best: { lattice: KeyedLattice; cost: number; rows: number } | undefined;
  const attempt = (k: number): void => {
    for (const rows of candidateRows(k, d, seed)) {
      const lattice = fitted(data, ranks, norm, mu, rows, seed);
      if (lattice === undefined) continue;
      const cost = latticeCost(lattice, d);
      if (best === undefined || cost < best.cost) best = { lattice, cost, rows: k };
    }
  };
  if (projected !== undefined) {
    attempt(projected);
    return best?.lattice;
  }
  for (let k = 1; k <= d && (best === undefined || k <= best.rows + patience); k++) attempt(k);
  return best?.lattice;
}

/** About how many parameters the network of a lattice has. */
export function latticeCost({ directions, records }: KeyedLattice, d: number): number {
  const rounds = directions.reduce((most, { bits }) => Math.max(most, bits), 0);
  let cost = (d + 1) * directions.length;
  for (let t = 1; t <= rounds; t++) {
    const width = 2 * directions.filter(({ bits }) => bits >= t).length + 1;
    cost += 2 * width * (width + 1);
  }
  const { arrangement, layers } = shorterArrangement(records);
  return cost + layers * (arrangement === 'hats' ? 72 : 36);
}

/** The largest cells along given rows that serve. */
function fitted(
  data: Dataset,
  ranks: ClassRanks,
  norm: Norm,
  mu: Rational,
  rows: readonly (readonly bigint[])[],
  seed: number,
): KeyedLattice | undefined {
  const samples = data.labels.map((_, i) => i);
  const images = rows.map((row) => rowImages(row, data));
  const lengths = rows.map((row) => rootBelow(rational(row.reduce((sum, t) => sum + t * t, 0n)), lengthBits).value);
  const mostBits = mostLatticeBits(data);
  for (const h of steps(
    images.map(({ numerators, denominator }) => spreadOf(numerators, denominator)),
    lengths,
    data,
  )) {
    const directions = rows.map((row, r) => latticeDirection(row, mul(h, lengths[r]!), norm, mu));
    // Smaller cells leave less room still.
    if (directions.some(({ extent }) => compare(extent, half) >= 0)) return undefined;
    const positions = directions.map(({ step }, r) => latticePositions(images[r]!, step));
    const offsets: LatticeOffset[] = [];
    for (const [r, { extent }] of directions.entries()) {
      const offset = avoidingOffset(positions[r]!, samples, extent, 'below');
      if (offset === undefined) break;
      offsets.push(offset);
    }
    if (offsets.length < rows.length) continue;
    const columns = offsets.map(({ theta }, r) => cellsOf(positions[r]!, theta));
    const firsts = columns.map((cells) => cells.reduce((a, b) => (b < a ? b : a)));
    const cells = columns.map((own, r) => own.map((c) => c - firsts[r]!));
    const bits = cells.map((own) => bitLength(own.reduce((a, b) => (b > a ? b : a))));
    if (bits.some((n) => n > mostBits)) return undefined;
    const valued = valuedCells(cells, data, ranks);
    if (valued === undefined) continue;
    return keyed(
      directions.map((direction, r) => ({ ...direction, ...offsets[r]!, first: firsts[r]!, bits: bits[r]! })),
      valued,
      seed,
    );
  }
  return undefined;
}

/** The lattice with scales for its keys, without directions that no key reads. */
export function keyed(
  given: readonly Omit<KeyDirection, 'scale'>[],
  cells: readonly ValuedCell[],
  seed: number,
): KeyedLattice {
  const bits = given.map((direction) => direction.bits);
  const scales = hashedScales(cells, bits, seed) ?? injectiveScales(bits);
  const records = new Map<bigint, number>();
  for (const { cell, value } of cells) if (value > 0) records.set(keyOf(scales, cell), value);
  return {
    directions: given
      .map((direction, r) => ({ ...direction, scale: scales[r]! }))
      .filter((direction) => direction.bits > 0 && direction.scale > 0n),
    records: [...records].map(([key, value]) => ({ key, value })),
  };
}

/** The distinct cells with their values; undefined when a cell has samples of two classes. */
function valuedCells(
  columns: readonly (readonly bigint[])[],
  data: Dataset,
  ranks: ClassRanks,
): ValuedCell[] | undefined {
  const cells = new Map<string, ValuedCell>();
  for (let i = 0; i < data.size; i++) {
    const cell = columns.map((own) => own[i]!);
    const value = ranks.rank(data.labels[i]!);
    const name = cell.join();
    const other = cells.get(name);
    if (other !== undefined && other.value !== value) return undefined;
    if (other === undefined) cells.set(name, { cell, value });
  }
  return [...cells.values()];
}

/** max − min of scaled values. */
function spreadOf(numerators: readonly bigint[], denominator: bigint): Rational {
  const most = numerators.reduce((a, b) => (b > a ? b : a));
  const least = numerators.reduce((a, b) => (b < a ? b : a));
  return rational(most - least, denominator);
}

/** Step sizes h, one for all rows in units of their lengths, decreasing to about δ∞·2⁻²⁰, with δ∞ itself among them. */
function* steps(spreads: readonly Rational[], lengths: readonly Rational[], data: Dataset): Generator<Rational> {
  const delta = coordinateSeparation(data);
  const widest = spreads
    .map((spread, r) => mul(spread, rational(lengths[r]!.d, lengths[r]!.n)))
    .reduce((a, b) => (compare(a, b) < 0 ? b : a));
  const top = widest.n === 0n ? delta : widest;
  let special: Rational | undefined = delta;
  for (let e = floorLog2(top) + 1; ; e--) {
    for (const part of eighths) {
      const h = mul(rational(part, 8), powerOfTwo(e));
      if (special !== undefined && compare(h, special) <= 0) {
        yield special;
        special = undefined;
      }
      if (compare(mul(h, powerOfTwo(20)), delta) < 0) return;
      yield h;
    }
  }
}
