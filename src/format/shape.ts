/**
 * Total reading of untrusted JSON: each function returns a value of the asked shape or refuses with the place.
 *
 * Places are written as paths into the file, `dataset.points[3][0]`.
 */
import { InputError, refuse } from './errors.js';

/** Rational text: `-3/8`, `12`; decimals and exponents such as `0.1`, `1e-3` are accepted on input. */
export type RationalText = string;

/** The exact grammar of rational text on input. Exponents have at most four digits, so that a file cannot ask for gigabytes. */
const rationalPattern = /^[+-]?(?:\d+\/\d+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?)$/;

/** The value as it is shown in messages: short, on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A JSON object that has no fields but `fields`. */
export function objectAt(value: unknown, where: string, fields: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(where, 'an object', shown(value));
  for (const key of Object.keys(value)) {
    if (!fields.includes(key)) throw new InputError(`${where}.${key}: unknown field, expected ${fields.join(', ')}`);
  }
  return value as Record<string, unknown>;
}

/** An array, of `length` entries if that is given. */
export function arrayAt(value: unknown, where: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value)) refuse(where, 'an array', shown(value));
  if (length !== undefined && value.length !== length) refuse(where, `${length} entries`, String(value.length));
  return value;
}

/** A string. */
export function stringAt(value: unknown, where: string): string {
  if (typeof value !== 'string') refuse(where, 'a string', shown(value));
  return value;
}

/** A boolean. */
export function booleanAt(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') refuse(where, 'true or false', shown(value));
  return value;
}

/** One of the listed words. */
export function wordAt<W extends string>(value: unknown, where: string, words: readonly W[]): W {
  if (typeof value !== 'string' || !words.includes(value as W)) refuse(where, words.join(' or '), shown(value));
  return value as W;
}

/** A non-negative safe integer, at most `most`. */
export function countAt(value: unknown, where: string, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) {
    refuse(
      where,
      most === Number.MAX_SAFE_INTEGER ? 'a whole number ≥ 0' : `a whole number from 0 to ${most}`,
      shown(value),
    );
  }
  return value;
}

/**
 * Rational text with a positive denominator; a JSON integer stands for itself.
 * A JSON number with a fraction is refused, because its decimal text is not its binary value.
 */
export function rationalAt(value: unknown, where: string): RationalText {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return String(value);
    throw new InputError(`${where}: write "${value}" as text, a JSON number is not exact`);
  }
  if (typeof value !== 'string') refuse(where, 'rational text such as "3/8"', shown(value));
  if (!rationalPattern.test(value)) refuse(where, 'rational text such as "3/8"', shown(value));
  if (/\/0+$/.test(value)) refuse(where, 'a denominator other than 0', shown(value));
  return value;
}

/** The object of a file that begins with its format and version; both are checked before its fields are. */
export function fileAt(
  value: unknown,
  where: string,
  format: string,
  fields: readonly string[],
): Record<string, unknown> {
  // A file of another format or version has other fields: to name those first would mislead.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) versionAt({ ...value }, where, format);
  return objectAt(value, where, ['format', 'version', ...fields]);
}

/** Checks the `format` and `version` fields that every file of muball begins with. */
export function versionAt(file: Record<string, unknown>, where: string, format: string, version = 1): void {
  if (file.format !== format) refuse(`${where}.format`, `"${format}"`, shown(file.format));
  if (file.version !== version) refuse(`${where}.version`, String(version), shown(file.version));
}
