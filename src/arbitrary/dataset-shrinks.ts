/**
 * Simpler datasets: fewer samples, lower dimension, smaller labels, smaller denominators, smaller integers.
 *
 * Main definitions: `datasetProposals`, `datasetSize`.
 *
 * Implementation notes. Proposals may break the constraint; the caller drops those that do. Folding coordinates together
 * keeps what dropping either would lose: sums of coordinates, and ℓ1 distances.
 */
import { bigNumerators, floor, lcm, numerators, type Rational, rational, reduced } from '../exact/index.js';
import { type Dataset, point } from '../geometry/index.js';
import type { DatasetRules } from './dataset-constraints.js';
import { runsLeftOut, upTo } from './lists.js';
import type { Size } from './shrinking.js';
import { simplerRationals, totalCost } from './simpler.js';

/** Integer rows over one denominator. */
interface Table {
  readonly rows: readonly (readonly bigint[])[];
  readonly denominator: bigint;
  readonly labels: readonly number[];
}

/** Samples, dimension, denominators, numerators, labels. */
export function datasetSize(data: Dataset): Size {
  let denominators = 0n;
  let integers = 0n;
  for (let i = 0; i < data.size; i++) {
    const [d, n] = totalCost(point(data, i));
    denominators += d;
    integers += n;
  }
  return [data.size, data.dimension, denominators, integers, data.labels.reduce((a, b) => a + b, 0)];
}

/** Proposals for a simpler dataset, the most drastic first. */
export function* datasetProposals(data: Dataset, rules: DatasetRules): Generator<Dataset> {
  const table = tableOf(data);
  for (const kept of subsets(table.labels, rules.size.min)) yield datasetFrom(choose(table, kept));
  for (const lower of lowerDimensions(table, rules.dimension.min)) yield datasetFrom(lower);
  for (const labels of smallerLabels(table.labels)) yield datasetFrom({ ...table, labels });
  for (const simpler of simplerTables(table)) yield datasetFrom(simpler);
}

function tableOf(data: Dataset): Table {
  const flat = bigNumerators(data.coordinates.numerators);
  const d = data.dimension;
  return {
    rows: data.labels.map((_, i) => flat.slice(i * d, (i + 1) * d)),
    denominator: data.coordinates.denominator,
    labels: data.labels,
  };
}

/** The dataset of a table, over the least common denominator. */
function datasetFrom({ rows, denominator, labels }: Table): Dataset {
  const coordinates = reduced({ numerators: numerators(rows.flat()), denominator });
  return { size: rows.length, dimension: rows[0]!.length, coordinates, labels };
}

const choose = ({ rows, denominator, labels }: Table, kept: readonly number[]): Table => ({
  rows: kept.map((i) => rows[i]!),
  denominator,
  labels: kept.map((i) => labels[i]!),
});

const smallerInt = (a: bigint, b: bigint): bigint => {
  if (a < b) return a;
  return b;
};

/** Sets of samples to keep: single ones, differently labelled pairs of few samples, then all but ever smaller runs. */
function* subsets(labels: readonly number[], least: number): Generator<number[]> {
  const n = labels.length;
  const all = upTo(n);
  if (least <= 1 && n > 1 && n <= 32) for (const i of all) yield [i];
  if (least <= 2 && n > 3 && n <= 8) {
    for (const i of all) for (const k of all) if (i < k && labels[i] !== labels[k]) yield [i, k];
  }
  for (const kept of runsLeftOut(n)) if (kept.length >= least) yield kept;
}

/** Fewer coordinates: the samples in a row, one coordinate or their sum alone, some left out, some folded together. */
function* lowerDimensions({ rows, denominator, labels }: Table, least: number): Generator<Table> {
  const d = rows[0]!.length;
  const keep = (kept: readonly number[]): Table => ({
    rows: rows.map((row) => kept.map((j) => row[j]!)),
    denominator,
    labels,
  });
  if (d > 1 && least === 1) {
    yield { rows: rows.map((_, i) => [BigInt(i)]), denominator: 1n, labels };
    for (let j = 0; j < d; j++) yield keep([j]);
    const signed = (row: readonly bigint[], sign: (j: number) => boolean): bigint[] => [
      row.reduce((sum, v, j) => (sign(j) ? sum + v : sum - v), 0n),
    ];
    yield { rows: rows.map((row) => signed(row, () => true)), denominator, labels };
    // Keeps the ℓ1 distance of the first two samples.
    const [first, second = first] = rows as [readonly bigint[], readonly bigint[] | undefined];
    yield { rows: rows.map((row) => signed(row, (j) => second[j]! >= first[j]!)), denominator, labels };
  }
  const axes = upTo(d);
  if (d > 2) {
    for (const kept of runsLeftOut(d)) if (kept.length >= least) yield keep(kept);
    if (d > least && d <= 16) {
      for (const into of axes) {
        for (let j = into + 1; j < d; j++) {
          const folded = rows.map((row) => row.map((v, c) => (c === into ? v + row[j]! : v)).filter((_, c) => c !== j));
          yield { rows: folded, denominator, labels };
        }
      }
    }
  }
}

/** Labels renamed 0, 1, … in order of appearance; one class merged into 0; one class renamed to a smaller free number. */
function* smallerLabels(labels: readonly number[]): Generator<number[]> {
  const used = [...new Set(labels)];
  yield labels.map((c) => used.indexOf(c));
  const renamed = (from: number, to: number): number[] => labels.map((c) => (c === from ? to : c));
  for (const c of [...used].sort((a, b) => b - a)) {
    if (c > 0) yield renamed(c, 0);
    for (let free = 0, tried = 0; free < c && tried < 3; free++) {
      if (used.includes(free)) continue;
      tried++;
      yield renamed(c, free);
    }
  }
}

/** Simpler coordinates: of all samples at once, of whole columns, then one by one. */
function* simplerTables(table: Table): Generator<Table> {
  const { rows, denominator, labels } = table;
  const d = rows[0]!.length;
  const each = (change: (v: bigint, j: number, i: number) => bigint, newDenominator = denominator): Table => ({
    rows: rows.map((row, i) => row.map((v, j) => change(v, j, i))),
    denominator: newDenominator,
    labels,
  });
  const least = upTo(d).map((j) => rows.map((row) => row[j]!).reduce(smallerInt));
  yield each((_, j, i) => (j === 0 ? BigInt(i) : 0n), 1n);
  yield each((v, j) => v - least[j]!);
  for (let j = 0; j < d; j++) {
    yield each((v, c) => (c === j ? v - least[j]! : v));
    yield each((v, c) => (c === j ? 0n : v));
    yield each((v, c) => (c === j ? -v : v));
  }
  yield each((v) => floor(rational(v, denominator)), 1n);
  yield each((v) => (2n * v - (v < 0n ? 1n : 0n)) / denominator, 2n);
  for (const factor of [2n, 3n, 5n, 1n << 16n, 1n << 32n]) yield each((v) => v, denominator * factor);
  for (const factor of [2n, 3n, 5n, 7n]) if (denominator % factor === 0n) yield each((v) => v, denominator / factor);
  yield each((v) => v, 1n);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < d; j++) {
      for (const value of simplerRationals(rational(rows[i]![j]!, denominator))) yield replaced(table, i, j, value);
    }
  }
}

function replaced({ rows, denominator, labels }: Table, i: number, j: number, value: Rational): Table {
  const common = lcm(denominator, value.d);
  const scale = common / denominator;
  return {
    rows: rows.map((row, r) => row.map((v, c) => (r === i && c === j ? value.n * (common / value.d) : v * scale))),
    denominator: common,
    labels,
  };
}
