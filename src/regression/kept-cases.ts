/**
 * Failing cases on disk: written when a property fails, replayed first on later runs.
 *
 * Main definitions: `KeptCase`, `keepCase`, `keptCases`, `counterexampleFolder`.
 *
 * A file holds the shrunk value itself, so it can be replayed after the generator has changed; seed and path are the
 * fallback for values that are not plain data. Counterexamples to queries may lie in the same folder.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileWhole } from '../data/index.js';
import { type CounterexampleFile, InputError } from '../format/index.js';
import { decodeValue, encodeValue, shownValue } from './encoded-value.js';

export interface KeptCase {
  readonly format: 'muball-kept-case';
  readonly version: 1;
  /** The property that failed, by its full name. */
  readonly property: string;
  readonly seed: number;
  /** fast-check's path to the shrunk value; empty when the value did not come from a seed. */
  readonly path: string;
  /** The arguments as people read them. Nothing is decided by it. */
  readonly shown: readonly string[];
  /** What failed. Nothing is decided by it. */
  readonly message: string;
  /** The shrunk arguments, encoded; left out when they are not plain data. */
  readonly counterexample?: unknown;
}

/** A case with the place it was read from and its arguments, when the file holds them. */
export interface ReadCase extends KeptCase {
  readonly file: string;
  readonly values?: readonly unknown[];
}

/** Where cases are kept when nothing else is said: `MUBALL_COUNTEREXAMPLES`, else `counterexamples`. */
export function counterexampleFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const asked = environment.MUBALL_COUNTEREXAMPLES?.trim() ?? '';
  return asked === '' ? 'counterexamples' : asked;
}

/**
 * Writes a case to `<folder>/<hash>.json`, whole or not at all; the hash names property and value. Returns the file.
 * @throws InputError when it cannot be written.
 */
export function keepCase(
  folder: string,
  failure: { property: string; seed: number; path: string; values: readonly unknown[]; message: string },
): string {
  const { values, ...rest } = failure;
  const counterexample = encoded(values);
  const kept: KeptCase = {
    format: 'muball-kept-case',
    version: 1,
    property: rest.property,
    seed: rest.seed,
    path: rest.path,
    shown: values.map(shownValue),
    message: rest.message,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
  const identity =
    counterexample === undefined ? [rest.property, rest.seed, rest.path] : [rest.property, counterexample];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const file = join(folder, `${hash}.json`);
  const lines = Object.entries(kept).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  writeFileWhole(file, [`{\n${lines.join(',\n')}\n}\n`]);
  return file;
}

function encoded(values: readonly unknown[]): unknown {
  try {
    return encodeValue(values);
  } catch {
    return undefined;
  }
}

/**
 * The cases kept in a folder, by name of file; those of one property when it is given. A missing folder has none.
 * @throws InputError for a JSON file that is neither a kept case of version 1 nor a counterexample to a query.
 */
export function keptCases(folder: string, property?: string): ReadCase[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new InputError(`${folder}: cannot be read (${code ?? 'error'})`);
  }
  return names
    .sort()
    .flatMap((name) => readCase(join(folder, name)) ?? [])
    .filter((kept) => property === undefined || kept.property === property);
}

/** Writes a counterexample to a query beside the kept cases, for `muball replay`. Returns the file. @throws InputError as `keepCase`. */
export function keepCounterexample(folder: string, counterexample: CounterexampleFile): string {
  const { note: _, ...identity } = counterexample;
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 12);
  const file = join(folder, `${hash}.json`);
  writeFileWhole(file, [`${JSON.stringify(counterexample)}\n`]);
  return file;
}

/** Deletes a kept case. */
export const forgetCase = (kept: ReadCase): void => rmSync(kept.file, { force: true });

/** The case in a file; undefined for a counterexample to a query, which belongs to no property. */
function readCase(file: string): ReadCase | undefined {
  const refused = (): never => {
    throw new InputError(`${file}: expected a kept case of version 1`);
  };
  let kept: Partial<Omit<KeptCase, 'format'>> & { readonly format?: string };
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as typeof kept;
  } catch {
    return refused();
  }
  if (kept?.format === 'muball-counterexample') return undefined;
  if (kept?.format !== 'muball-kept-case' || kept.version !== 1 || typeof kept.property !== 'string') return refused();
  if (typeof kept.seed !== 'number' || typeof kept.path !== 'string') return refused();
  if (!Array.isArray(kept.shown) || typeof kept.message !== 'string') return refused();
  const values = decodeValue(kept.counterexample);
  return { ...(kept as KeptCase), file, ...(Array.isArray(values) ? { values } : {}) };
}
