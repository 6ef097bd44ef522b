/**
 * Failing cases on disk: written when a property fails, replayed first on later runs.
 *
 * Main definitions: `KeptCase`, `keepCase`, `keptCases`.
 *
 * A file holds the shrunk value itself, so it can be replayed after the generator has changed; seed and path are the
 * fallback for values that are not plain data.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeValue, encodeValue, shownValue } from './value-text.js';

export interface KeptCase {
  readonly format: 'muball-kept-case';
  readonly version: 1;
  /** The property that failed, by its full name. */
  readonly property: string;
  readonly seed: number;
  /** fast-check's path to the shrunk value; empty when the value did not come from a seed. */
  readonly path: string;
  /** The shrunk arguments, encoded; left out when they are not plain data. */
  readonly counterexample?: unknown;
  /** The arguments as people read them. Nothing is decided by it. */
  readonly shown: readonly string[];
  /** What failed. Nothing is decided by it. */
  readonly message: string;
}

/** A case with the place it was read from and its arguments, when the file holds them. */
export interface ReadCase extends KeptCase {
  readonly file: string;
  readonly values?: readonly unknown[];
}

/** Writes a case to `<folder>/<hash>.json`, whole or not at all; the hash names property and value. Returns the file. */
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
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${hash}.json`);
  const unfinished = `${file}.${process.pid}.tmp`;
  const lines = Object.entries(kept).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  writeFileSync(unfinished, `{\n${lines.join(',\n')}\n}\n`);
  renameSync(unfinished, file);
  return file;
}

function encoded(values: readonly unknown[]): unknown {
  try {
    return encodeValue(values);
  } catch {
    return undefined;
  }
}

/** The cases kept for a property, by name of file. @throws Error for a file that is no kept case. */
export function keptCases(folder: string, property: string): ReadCase[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .sort()
    .map((name) => readCase(join(folder, name)))
    .filter((kept) => kept.property === property);
}

function readCase(file: string): ReadCase {
  const refused = (): never => {
    throw new Error(`${file}: expected a kept case of version 1`);
  };
  let kept: Partial<KeptCase>;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptCase>;
  } catch {
    return refused();
  }
  if (kept?.format !== 'muball-kept-case' || kept.version !== 1 || typeof kept.property !== 'string') return refused();
  if (typeof kept.seed !== 'number' || typeof kept.path !== 'string') return refused();
  const values = decodeValue(kept.counterexample);
  return { ...(kept as KeptCase), file, ...(Array.isArray(values) ? { values } : {}) };
}
