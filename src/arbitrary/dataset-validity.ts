/**
 * Whether a value is a dataset that satisfies constraints, decided exactly.
 *
 * Main definitions: `isDataset`, `satisfies`.
 */
import {
  absInt,
  bigNumerators,
  compare,
  largestSize,
  type Rational,
  rational,
  reduced,
  type ScaledVector,
} from '../exact/index.js';
import { type Dataset, radiusMagnitude, separation } from '../geometry/index.js';
import { type DatasetRules, extreme, type Geometry } from './dataset-constraints.js';

/** Whether a value of any kind is a dataset in memory, its coordinates over their least common denominator. */
export function isDataset(value: unknown): value is Dataset {
  if (typeof value !== 'object' || value === null) return false;
  const { size, dimension, coordinates, labels } = value as Partial<Dataset>;
  if (!natural(size) || size === 0 || !natural(dimension) || dimension === 0) return false;
  if (!Array.isArray(labels) || labels.length !== size || !labels.every(natural)) return false;
  return isScaled(coordinates) && coordinates.numerators.length === size * dimension && isReduced(coordinates);
}

const natural = (n: unknown): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;

function isScaled(value: unknown): value is ScaledVector {
  if (typeof value !== 'object' || value === null) return false;
  const { numerators, denominator } = value as Partial<ScaledVector>;
  if (typeof denominator !== 'bigint' || denominator <= 0n) return false;
  if (numerators instanceof Float64Array) return numerators.every((n) => Number.isSafeInteger(n) && !Object.is(n, -0));
  return Array.isArray(numerators) && numerators.every((n) => typeof n === 'bigint');
}

const isReduced = (vector: ScaledVector): boolean => reduced(vector).denominator === vector.denominator;

/** Whether the dataset satisfies the constraints. */
export function satisfies(data: Dataset, rules: DatasetRules): boolean {
  const { size, dimension, labels, norm } = rules;
  if (data.size < size.min || data.size > size.max) return false;
  if (data.dimension < dimension.min || data.dimension > dimension.max) return false;
  const classes = new Set(data.labels).size;
  if (classes < labels.min || classes > labels.max) return false;
  const delta = separation(data, norm)?.magnitude;
  if (delta !== undefined) {
    if (delta.n === 0n) return false;
    if (rules.separation !== undefined && compare(delta, radiusMagnitude(norm, rules.separation)) < 0) return false;
  }
  if (rules.geometries.includes('cells')) return true;
  const scale = rules.separation === undefined ? delta : radiusMagnitude(norm, rules.separation);
  const facts: Facts = { data, rules, delta, scale };
  return rules.geometries.some((name) => holds[name](facts));
}

interface Facts {
  readonly data: Dataset;
  readonly rules: DatasetRules;
  /** δ (squared for ℓ2), undefined for one class. */
  readonly delta: Rational | undefined;
  /** s (squared for ℓ2), undefined for one class when none is asked for. */
  readonly scale: Rational | undefined;
}

const isTight = ({ delta, scale }: Facts): boolean => delta === undefined || compare(delta, scale!) === 0;

const holds: Readonly<Record<Geometry, (facts: Facts) => boolean>> = {
  cells: () => true,
  clusters: (facts) => {
    const { data, scale } = facts;
    return data.labels.every((label, i) => {
      const others = data.labels.map((_, k) => k).filter((k) => k !== i && data.labels[k] === label);
      return (
        others.length === 0 || scale === undefined || others.some((k) => compare(distance(facts, i, k), scale) < 0)
      );
    });
  },
  tight: isTight,
  collinear: ({ data }) => onOneLine(data),
  sparse: ({ data }) => {
    const x = data.coordinates.numerators;
    const d = data.dimension;
    const differences = (i: number, k: number): number => {
      let count = 0;
      for (let j = 0; j < d; j++) if (x[i * d + j] !== x[k * d + j]) count++;
      return count;
    };
    return data.labels.some((_, hub) => data.labels.every((_, i) => differences(hub, i) <= 1));
  },
  dominant: ({ data }) => {
    const counts = new Map<number, number>();
    for (const label of data.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts.values()].filter((count) => count > 1).length <= 1;
  },
  huge: ({ data }) => largestSize(data.coordinates.numerators) >= extreme * data.coordinates.denominator,
  tiny: ({ data }) => data.coordinates.denominator >= extreme,
  packed: (facts) => {
    const { data, scale } = facts;
    if (!isTight(facts)) return false;
    if (scale === undefined) return true;
    for (let i = 0; i < data.size; i++) {
      for (let k = i + 1; k < data.size; k++) if (compare(distance(facts, i, k), scale) < 0) return false;
    }
    return true;
  },
  line: ({ data }) => data.dimension === 1,
};

/** ‖x_i − x_k‖, squared for ℓ2. */
function distance({ data, rules }: Facts, i: number, k: number): Rational {
  const { numerators, denominator } = data.coordinates;
  const d = data.dimension;
  let size = 0n;
  for (let j = 0; j < d; j++) {
    const gap = absInt(BigInt(numerators[i * d + j]!) - BigInt(numerators[k * d + j]!));
    if (rules.norm === 'linf') size = gap > size ? gap : size;
    else size += rules.norm === 'l1' ? gap : gap * gap;
  }
  return rational(size, rules.norm === 'l2' ? denominator * denominator : denominator);
}

/** Whether all differences to the first sample are multiples of one vector. */
function onOneLine(data: Dataset): boolean {
  const x = bigNumerators(data.coordinates.numerators);
  const d = data.dimension;
  const from = (i: number, j: number): bigint => x[i * d + j]! - x[j]!;
  const axes = Array.from({ length: d }, (_, j) => j);
  const other = data.labels.findIndex((_, i) => axes.some((j) => from(i, j) !== 0n));
  if (other < 0) return true;
  const pivot = axes.find((j) => from(other, j) !== 0n)!;
  return data.labels.every((_, i) =>
    axes.every((j) => from(i, j) * from(other, pivot) === from(i, pivot) * from(other, j)),
  );
}
