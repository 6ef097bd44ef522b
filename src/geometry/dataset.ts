/**
 * A labelled dataset in memory: N points of ℚᵈ as integers over one denominator, and N class numbers.
 *
 * Samples are counted from 0 in the order given. Duplicate points with one label are merged by constructions only
 * (`distinctSamples`); every given sample keeps its own query and verdict.
 */

import { entry, min, type Rational, rational, type ScaledVector, scaled, sub, type Vector } from '../exact/index.js';
import { InputError, refuse } from '../format/index.js';

export interface Dataset {
  readonly size: number;
  readonly dimension: number;
  /** Row-major: coordinate j of sample i is entry i·dimension + j. */
  readonly coordinates: ScaledVector;
  readonly labels: readonly number[];
  readonly labelNames?: readonly string[];
  /** Line of sample i in the file it came from, counted from 1. */
  readonly lines?: readonly number[];
  readonly name?: string;
}

export interface DatasetExtras {
  readonly labelNames?: readonly string[];
  readonly lines?: readonly number[];
  readonly name?: string;
}

/**
 * The dataset with the given points and labels.
 * @throws InputError for no points, no coordinates, ragged points, or labels that do not match.
 */
export function datasetOf(points: readonly Vector[], labels: readonly number[], extras: DatasetExtras = {}): Dataset {
  if (points.length === 0) throw new InputError('dataset.points: expected at least one point, got none');
  const dimension = points[0]!.length;
  if (dimension === 0) throw new InputError('dataset.points[0]: expected at least one coordinate, got none');
  points.forEach((p, i) => {
    if (p.length !== dimension) {
      throw new InputError(`dataset.points[${i}]: expected ${dimension} coordinates, got ${p.length}`);
    }
  });
  if (labels.length !== points.length) {
    throw new InputError(`dataset.labels: expected ${points.length} labels, got ${labels.length}`);
  }
  labels.forEach((c, i) => {
    if (!Number.isSafeInteger(c) || c < 0) {
      throw new InputError(`dataset.labels[${i}]: expected a whole number ≥ 0, got ${c}`);
    }
  });
  return { size: points.length, dimension, coordinates: scaled(points.flat()), labels: [...labels], ...extras };
}

/** Coordinate j of sample i. */
export const coordinate = (data: Dataset, i: number, j: number): Rational =>
  entry(data.coordinates, i * data.dimension + j);

/** Sample i as a vector. */
export function point(data: Dataset, i: number): Rational[] {
  const { numerators, denominator } = data.coordinates;
  const from = i * data.dimension;
  return Array.from({ length: data.dimension }, (_, j) => rational(numerators[from + j]!, denominator));
}

/** The points, sample by sample. */
export const points = (data: Dataset): Rational[][] => Array.from({ length: data.size }, (_, i) => point(data, i));

/** How a message names sample i: with its line when it has one. */
export function sampleText(data: Dataset, i: number): string {
  return data.lines === undefined ? `sample ${i}` : `sample ${i} (line ${data.lines[i]})`;
}

/** How a message names two samples. */
export function samplePairText(data: Dataset, i: number, k: number): string {
  const lines = data.lines === undefined ? '' : ` (lines ${data.lines[i]} and ${data.lines[k]})`;
  return `samples ${i} and ${k}${lines}`;
}

/** The samples of class c, in order. */
export const samplesOf = (data: Dataset, c: number): number[] =>
  Array.from({ length: data.size }, (_, i) => i).filter((i) => data.labels[i] === c);

/** The samples of all classes but c, in order. */
export const samplesOutside = (data: Dataset, c: number): number[] =>
  Array.from({ length: data.size }, (_, i) => i).filter((i) => data.labels[i] !== c);

/** m with m_j = min_i x_ij − margin: no coordinate of a ball of radius `margin` around a sample is below it, in any ℓp. */
export const lowerCorner = (data: Dataset, margin: Rational): Rational[] =>
  Array.from({ length: data.dimension }, (_, j) => {
    const smallest = Array.from({ length: data.size }, (_, i) => coordinate(data, i, j)).reduce(min);
    return sub(smallest, margin);
  });

/** Name of class c: its given name, or its number. */
export const labelText = (data: Dataset, c: number): string => data.labelNames?.[c] ?? String(c);

/** The classes that occur, in increasing order. */
export const classes = (data: Dataset): number[] => [...new Set(data.labels)].sort((a, b) => a - b);

/**
 * The first sample of each distinct point, in order.
 * @throws InputError when one point carries two labels: no function at all memorizes such a dataset.
 */
export function distinctSamples(data: Dataset): number[] {
  const seen = new Map<string, number>();
  const first: number[] = [];
  const { numerators } = data.coordinates;
  const d = data.dimension;
  for (let i = 0; i < data.size; i++) {
    const key = numerators.slice(i * d, (i + 1) * d).join();
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, i);
      first.push(i);
    } else if (data.labels[other] !== data.labels[i]) {
      throw new InputError(
        `dataset: expected one label per point, got labels ${labelText(data, data.labels[other]!)} and ` +
          `${labelText(data, data.labels[i]!)} on the same point, ${samplePairText(data, other, i)}`,
      );
    }
  }
  return first;
}

/** The dataset of the listed samples. */
export function selectSamples(data: Dataset, samples: readonly number[]): Dataset {
  const { numerators, denominator } = data.coordinates;
  const d = data.dimension;
  const pick =
    numerators instanceof Float64Array
      ? Float64Array.from(
          { length: samples.length * d },
          (_, k) => numerators[samples[Math.floor(k / d)]! * d + (k % d)]!,
        )
      : samples.flatMap((i) => numerators.slice(i * d, (i + 1) * d));
  return {
    size: samples.length,
    dimension: d,
    coordinates: { numerators: pick, denominator },
    labels: samples.map((i) => data.labels[i]!),
    ...(data.labelNames === undefined ? {} : { labelNames: data.labelNames }),
    ...(data.lines === undefined ? {} : { lines: samples.map((i) => data.lines![i]!) }),
    ...(data.name === undefined ? {} : { name: data.name }),
  };
}

/**
 * The samples of the named classes, which are numbered from 0 in the order given and keep their names. A class is named
 * by its name, or by its number.
 * @throws InputError naming `where` for no class, a class that no sample has, or one given twice.
 */
export function selectClasses(data: Dataset, names: readonly string[], where = 'classes'): Dataset {
  const known = classes(data);
  const list = known.map((c) => labelText(data, c)).join(', ');
  const chosen = names.map((name) => {
    const found = known.find((c) => labelText(data, c) === name) ?? known.find((c) => String(c) === name);
    return found ?? refuse(where, `classes among ${list}`, JSON.stringify(name));
  });
  if (chosen.length === 0) refuse(where, `classes among ${list}`, 'none');
  const twice = chosen.find((c, k) => chosen.indexOf(c) !== k);
  if (twice !== undefined) refuse(where, 'each class once', `${labelText(data, twice)} twice`);
  const samples = data.labels.map((_, i) => i).filter((i) => chosen.includes(data.labels[i]!));
  const selected = selectSamples(data, samples);
  return {
    ...selected,
    labels: selected.labels.map((c) => chosen.indexOf(c)),
    labelNames: chosen.map((c) => labelText(data, c)),
  };
}
