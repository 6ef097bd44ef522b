/**
 * Datasets whose coordinates are places of a cyclic signal, and the windows that filters see in its shifts.
 *
 * Main definitions: `SignalWindows`, `signalWindows`, `windowViews`, `WindowOptions`.
 *
 * A shape (a, b, …) lays the coordinates out row by row on ℤ_a × ℤ_b × …, a group of D = d shifts. T_t x has x at place
 * p + t for p, cyclically; a window (a′, b′, …) is the places p with p_1 < a′, p_2 < b′, …, k of them.
 */
import type { ScaledVector } from '../../exact/index.js';
import { InputError } from '../../format/index.js';
import type { Dataset } from '../../geometry/index.js';
import type { Views } from './fit.js';

export interface WindowOptions {
  /** Sizes of the signal, whose product is d: `[28, 28]`. @defaultValue one row of d places */
  readonly shape?: readonly number[];
  /** Sizes of the windows that filters see. @defaultValue the whole signal */
  readonly window?: readonly number[];
}

export interface SignalWindows {
  readonly shape: readonly number[];
  /** D, the number of places and of shifts. */
  readonly shifts: number;
  /** k, the number of places in a window. */
  readonly size: number;
  /** Entry t·k + p is the coordinate that place p of the window sees in shift t. Shift 0 moves nothing. */
  readonly coordinates: Uint32Array;
}

/** Numbers in all windows of all samples, above which views would not fit in memory: 2²⁷, one gigabyte. */
const mostNumbers = 2 ** 27;

/** The windows of signals with d places. @throws InputError for sizes that do not fit d or the shape. */
export function signalWindows(d: number, { shape = [d], window = shape }: WindowOptions = {}): SignalWindows {
  const whole = (sizes: readonly number[]): boolean => sizes.every((n) => Number.isSafeInteger(n) && n >= 1);
  const text = (sizes: readonly number[]): string => sizes.join('x');
  if (shape.length === 0 || !whole(shape) || product(shape) !== d) {
    throw new InputError(`--shape: expected sizes whose product is the dimension ${d}, got ${text(shape)}`);
  }
  if (window.length !== shape.length || !whole(window) || window.some((n, axis) => n > shape[axis]!)) {
    throw new InputError(`--window: expected sizes from 1 up to those of ${text(shape)}, got ${text(window)}`);
  }
  const places = gridOf(window);
  const moves = gridOf(shape);
  const coordinates = moves.flatMap((t) =>
    places.map((p) => p.reduce((at, v, axis) => at * shape[axis]! + ((v + t[axis]!) % shape[axis]!), 0)),
  );
  return { shape, shifts: moves.length, size: places.length, coordinates: Uint32Array.from(coordinates) };
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** All places of a grid, the last axis fastest. */
const gridOf = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>((places, n) => places.flatMap((p) => Array.from({ length: n }, (_, v) => [...p, v])), [[]]);

/** The windows of all shifts of all samples. @throws InputError when there are too many to hold. */
export function windowViews(data: Dataset, { shifts, size, coordinates }: SignalWindows): Views {
  const numbers = data.size * shifts * size;
  if (numbers > mostNumbers) {
    throw new InputError(`--window: expected at most ${mostNumbers} numbers in all windows, got ${numbers}`);
  }
  const { numerators, denominator } = data.coordinates;
  const points: ScaledVector = {
    numerators:
      numerators instanceof Float64Array
        ? gathered(numerators, new Float64Array(numbers), data.dimension, coordinates)
        : gathered(numerators, new Array<bigint>(numbers), data.dimension, coordinates),
    denominator,
  };
  return { count: shifts, dimension: size, points };
}

/** The values of each sample at all coordinates listed, one sample after another. */
function gathered<T, A extends { [k: number]: T }>(
  values: ArrayLike<T>,
  into: A,
  d: number,
  coordinates: Uint32Array,
): A {
  let next = 0;
  for (let from = 0; from < values.length; from += d) {
    for (let c = 0; c < coordinates.length; c++) into[next++] = values[from + coordinates[c]!]!;
  }
  return into;
}

/** Shift t as people read it: `3`, or `1x2` on a grid. */
export const shiftText = ({ shape }: Pick<SignalWindows, 'shape'>, t: number): string => gridOf(shape)[t]!.join('x');
