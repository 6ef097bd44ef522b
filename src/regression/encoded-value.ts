/**
 * Values of properties as text: for people, and for files that give the value back.
 *
 * Main definitions: `shownValue`, `encodeValue`, `decodeValue`.
 */
import { inspect } from 'node:util';
import { formatRational, type Rational } from '../exact/index.js';
import { type Dataset, point } from '../geometry/index.js';
import { type Network, networkToFile } from '../network/index.js';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether a value is a `{ … }` of named fields. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && Object.getPrototypeOf(value) === Object.prototype;

const isRational = (value: unknown): value is Rational =>
  isObject(value) && typeof value.n === 'bigint' && typeof value.d === 'bigint' && Object.keys(value).length === 2;

const isDataset = (value: unknown): value is Dataset =>
  isObject(value) && 'coordinates' in value && 'labels' in value && 'dimension' in value;

const isNetwork = (value: unknown): value is Network =>
  isObject(value) &&
  Array.isArray(value.layers) &&
  value.layers.every((layer) => isObject(layer) && 'rowStart' in layer);

/** Whether a value has a text of its own, shorter than the list of its fields. */
export const hasOwnText = (value: unknown): boolean => isRational(value) || isDataset(value) || isNetwork(value);

/** A value as people read it: fractions, datasets as `point ↦ label`, networks as their files. */
export function shownValue(value: unknown): string {
  if (isRational(value)) return formatRational(value);
  if (isDataset(value)) {
    const rows = value.labels.map((label, i) => `${shownValue(point(value, i))} ↦ ${label}`);
    return `dataset of ${value.size} in dimension ${value.dimension}: ${rows.join(', ')}`;
  }
  if (isNetwork(value)) return `network ${JSON.stringify(networkToFile(value))}`;
  if (Array.isArray(value)) {
    const entries = value.map(shownValue).join(', ');
    return value.length > 0 && value.every(isRational) ? `(${entries})` : `[${entries}]`;
  }
  if (isPlainObject(value)) {
    const fields = Object.entries(value).map(([key, field]) => `${key}: ${shownValue(field)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : inspect(value);
}

/** JSON that `decodeValue` turns into an equal value: big integers and typed arrays are marked. @throws TypeError for functions and classes. */
export function encodeValue(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { $number: '-0' };
    return Number.isFinite(value) ? value : { $number: String(value) };
  }
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (value === undefined) return { $undefined: true };
  if (value instanceof Float64Array) return { $float64: Array.from(value, encodeValue) };
  if (value instanceof Uint32Array) return { $uint32: Array.from(value) };
  if (Array.isArray(value)) return value.map(encodeValue);
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, encodeValue(field)]));
  }
  throw new TypeError(`encodeValue: expected plain data, got ${inspect(value)}`);
}

/** The value that was encoded. */
export function decodeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isObject(value)) return value;
  if (typeof value.$bigint === 'string') return BigInt(value.$bigint);
  if (typeof value.$number === 'string') return Number(value.$number);
  if (value.$undefined === true) return undefined;
  if (Array.isArray(value.$float64)) return Float64Array.from(value.$float64, (entry) => decodeValue(entry) as number);
  if (Array.isArray(value.$uint32)) return Uint32Array.from(value.$uint32 as number[]);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, decodeValue(field)]));
}
