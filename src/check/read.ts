/**
 * Total readers of untrusted JSON values, put together like the interfaces of the files that they read.
 *
 * Main definitions: `Reader`, the readers `object`, `tagged`, `list`, `tuple`, `optional`, `oneOf`, `count`, `flag`,
 * `rational`, `hash`.
 *
 * Notes. A reader returns a fresh value or refuses at the place. Objects get their fields in the order in which the
 * reader lists them, rationals get their normal text, and flags that are false are left out; so JSON text of what was
 * read is canonical. Messages show a value in a few characters and never walk into it: it may be deep or long.
 */
import { normalText } from './rational.js';
import { refuse } from './refusal.js';

/** Characters in the text of one rational. */
const longestText = 2 ** 16;

/** Characters in all rationals of one file; an exponent e counts as e²/100, about what it costs to write 10^e out. */
const mostCharacters = 2 ** 28;

/** Reads `value`, which stands at `where`, and counts the characters of its numbers. */
export type Reader<T> = (value: unknown, where: string, used: { characters: number }) => T;

/** Refuses `value` for not being what was expected. */
export function mismatch(value: unknown, where: string, expected: string): never {
  refuse(where, `expected ${expected}, got ${shown(value)}`);
}

/** Refuses what was found when it is not what was expected. */
export function same<T extends string | number>(found: T, expected: T, where: string): void {
  if (found !== expected) refuse(where, `expected ${expected}, got ${found}`);
}

/** The value as messages show it, on one line. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return JSON.stringify(value.length > 70 ? `${value.slice(0, 67)}…` : value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** A JSON object, no array. */
function fieldsOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) mismatch(value, where, 'an object');
  return value as Record<string, unknown>;
}

/** An object with these fields and no others; a reader may accept undefined to make its field optional. */
export function object<T>(fields: { readonly [K in keyof T]-?: Reader<T[K]> }): Reader<T> {
  const known = Object.keys(fields) as (string & keyof T)[];
  return (value, where, used) => {
    const given = fieldsOf(value, where);
    const unknown = Object.keys(given).find((key) => !Object.hasOwn(fields, key));
    if (unknown !== undefined) refuse(where, `unknown field ${shown(unknown)}, expected only ${known.join(', ')}`);
    return Object.fromEntries(known.map((key) => [key, fields[key](given[key], `${where}.${key}`, used)])) as T;
  };
}

type Fields = Readonly<Record<string, Reader<unknown>>>;

/** An object whose field `tag` is the name of one of these lists of fields. */
export function tagged<T>(tag: string, kinds: Readonly<Record<string, Fields>>): Reader<T> {
  const word = oneOf(...Object.keys(kinds));
  return (value, where, used) => {
    const name = word(fieldsOf(value, where)[tag], `${where}.${tag}`, used);
    return object({ [tag]: word, ...kinds[name] })(value, where, used) as T;
  };
}

/** An array of at least `least` entries. */
export function list<T>(read: Reader<T>, least = 0): Reader<readonly T[]> {
  return (value, where, used) => {
    if (!Array.isArray(value) || value.length < least) mismatch(value, where, `an array of ${least} or more`);
    return value.map((entry, i) => read(entry, `${where}[${i}]`, used));
  };
}

/** An array with an entry for each reader. */
export function tuple<T extends readonly unknown[]>(...readers: { readonly [K in keyof T]: Reader<T[K]> }): Reader<T> {
  return (value, where, used) => {
    if (!Array.isArray(value) || value.length !== readers.length)
      mismatch(value, where, `an array of ${readers.length}`);
    return readers.map((read, i) => read(value[i], `${where}[${i}]`, used)) as unknown as T;
  };
}

/** What the reader reads, or undefined when absent. */
export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (value, ...at) => (value === undefined ? undefined : read(value, ...at));
}

/** The first reader for objects with this field, the second for all else. */
export function having<A, B>(field: string, read: Reader<A>, otherwise: Reader<B>): Reader<A | B> {
  const has = (value: unknown) => typeof value === 'object' && value !== null && Object.hasOwn(value, field);
  return (value, ...at) => (has(value) ? read : otherwise)(value, ...at);
}

/** One of the given words or numbers. */
export function oneOf<const W extends string | number | boolean>(...words: readonly W[]): Reader<W> {
  return (value, where) => words.find((word) => word === value) ?? mismatch(value, where, words.join(' or '));
}

/** A whole number ≥ least. */
export function count(least = 0): Reader<number> {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= least;
  return (value, where) => (isCount(value) ? value : mismatch(value, where, `a whole number ≥ ${least}`));
}

/** True, or undefined for false and when absent. */
export const flag: Reader<true | undefined> = (...at) => optional(oneOf(true, false))(...at) || undefined;

/** Normal text of a rational; a JSON integer stands for itself. */
export const rational: Reader<string> = (value, where, used) => {
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'number') refuse(where, `the JSON number ${value} is not exact, write it as text`);
  if (typeof value !== 'string' || value.length > longestText) mismatch(value, where, 'rational text such as "3/8"');
  const exponent = /[eE]([+-]?\d{1,4})$/.exec(value);
  used.characters += value.length + Number(exponent?.[1] ?? 0) ** 2 / 100;
  if (used.characters > mostCharacters) refuse(where, `too large: over ${mostCharacters} characters of numbers`);
  return normalText(value) ?? mismatch(value, where, 'rational text such as "3/8"');
};

/** Lower-case hexadecimal SHA-256. */
export const hash: Reader<string> = (value, where) =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : mismatch(value, where, '64 hexadecimal digits');
