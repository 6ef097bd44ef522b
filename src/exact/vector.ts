/** Vectors of rationals, for the few values of a sample or a weight row; bulk data is scaled (numerators.ts). */
import { abs, add, max, mul, type Rational, square, sub, zero } from './rational.js';

export type Vector = readonly Rational[];

/** a + b. */
export const addVectors = (a: Vector, b: Vector): Rational[] => a.map((v, j) => add(v, b[j]!));

/** a − b. */
export const subVectors = (a: Vector, b: Vector): Rational[] => a.map((v, j) => sub(v, b[j]!));

/** s·a. */
export const scaleVector = (a: Vector, s: Rational): Rational[] => a.map((v) => mul(v, s));

/** Σ aⱼbⱼ. */
export const dot = (a: Vector, b: Vector): Rational => a.reduce((sum, v, j) => add(sum, mul(v, b[j]!)), zero);

/** Σ |aⱼ|. */
export const sumOfAbs = (a: Vector): Rational => a.reduce((sum, v) => add(sum, abs(v)), zero);

/** max |aⱼ|; 0 for no entries. */
export const maxOfAbs = (a: Vector): Rational => a.reduce((most, v) => max(most, abs(v)), zero);

/** Σ aⱼ². */
export const sumOfSquares = (a: Vector): Rational => a.reduce((sum, v) => add(sum, square(v)), zero);
