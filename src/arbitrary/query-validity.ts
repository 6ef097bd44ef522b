/**
 * Whether values are regions and unsafe sets.
 *
 * Main definitions: `isRegion`, `isUnsafeSet`.
 */
import { sign } from '../exact/index.js';
import { norms } from '../format/index.js';
import { type Ball, type Box, boxIsEmpty, type Region } from '../geometry/index.js';
import { isRational, isVector } from './exact-values.js';
import type { OutputConstraint, QueryInstance } from './query-instance.js';

/** Whether a value of any kind is a ball or box of ℚᵈ with a point in it. */
export function isRegion(value: unknown, d: number): value is Region {
  if (typeof value !== 'object' || value === null) return false;
  const region = value as Partial<Ball> | Partial<Box>;
  if (region.kind === 'box') {
    return isVector(region.lower, d) && isVector(region.upper, d) && !boxIsEmpty(region as Box);
  }
  if (region.kind !== 'ball' || !isVector(region.centre, d) || !isRational(region.radius)) return false;
  if (region.norm === undefined || !norms.includes(region.norm) || typeof region.open !== 'boolean') return false;
  return sign(region.radius) > (region.open ? 0 : -1);
}

/** Whether a value of any kind is an unsafe set over a number of outputs. */
export function isUnsafeSet(value: unknown, outputs: number): value is QueryInstance['unsafe'] {
  return (
    Array.isArray(value) &&
    value.every((conjunction) => Array.isArray(conjunction) && conjunction.every((c) => isConstraint(c, outputs)))
  );
}

function isConstraint(value: unknown, outputs: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { columns, weights, bias, strict } = value as Partial<OutputConstraint>;
  if (!Array.isArray(columns) || typeof strict !== 'boolean' || !isRational(bias)) return false;
  const increasing = columns.every(
    (c, k) => Number.isSafeInteger(c) && c >= 0 && c < outputs && (k === 0 || c > columns[k - 1]!),
  );
  return increasing && isVector(weights, columns.length);
}
