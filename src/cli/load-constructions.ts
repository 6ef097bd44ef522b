/**
 * The constructions that a user's TypeScript or JavaScript module exports.
 *
 * Main definition: `loadConstructions`.
 *
 * jiti runs the module as it is, without a build. What the module imports from `muball` is this very program, so that a
 * construction and the laws agree on what a dataset or an InputError is, wherever the module lies.
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import * as arbitrary from '../arbitrary/index.js';
import * as check from '../check/index.js';
import { InputError } from '../format/index.js';
import * as muball from '../index.js';
import type { ConstructFunction, TestedConstruction } from '../laws/index.js';
import * as laws from '../laws/index.js';

/** Modules that a construction may import, under their public names. */
const own = { muball, 'muball/arbitrary': arbitrary, 'muball/check': check, 'muball/laws': laws };

/**
 * The constructions of a module, each with a name: what is exported as `construction` or `…Construction`, and every
 * object with a function `construct`.
 * @throws InputError when the file cannot be loaded, or exports no construction.
 */
export async function loadConstructions(file: string): Promise<TestedConstruction[]> {
  const path = resolve(file);
  if (!existsSync(path) || !statSync(path).isFile()) throw new InputError(`${file}: cannot be read (ENOENT)`);
  let module: unknown;
  try {
    const jiti = createJiti(pathToFileURL(path).href, {
      virtualModules: own,
      interopDefault: false,
      fsCache: false,
      moduleCache: false,
    });
    module = await jiti.import(path);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const lines = text.split('\n').map((line) => line.trim());
    throw new InputError(
      `${file}: cannot be loaded: ${lines
        .filter((line) => line !== '' && !line.endsWith(':'))
        .slice(0, 2)
        .join(' ')}`,
    );
  }
  const exported = exportsOf(module);
  const found = exported.flatMap(([name, value]) => constructionOf(name, value) ?? []);
  if (found.length === 0) {
    const names = exported.map(([name]) => name).join(', ');
    throw new InputError(`${file}: expected an export named construction, got ${names === '' ? 'no exports' : names}`);
  }
  return found;
}

/** The named exports of a module; those of a CommonJS module are the fields of its default. */
function exportsOf(module: unknown): (readonly [string, unknown])[] {
  if (typeof module !== 'object' || module === null) return [];
  const { default: whole, ...named } = module as Record<string, unknown>;
  const own = Object.entries(named);
  if (own.length > 0 || typeof whole !== 'object' || whole === null) {
    return whole === undefined ? own : [...own, ['construction', whole]];
  }
  return 'construct' in whole ? [['construction', whole]] : Object.entries(whole);
}

function constructionOf(name: string, value: unknown): TestedConstruction | undefined {
  if (typeof value === 'function' && /construction$/i.test(name)) {
    const construct = value as ConstructFunction;
    return { name: name === 'construction' ? construct.name || name : name, construct };
  }
  if (typeof value !== 'object' || value === null || !('construct' in value)) return undefined;
  const object = value as TestedConstruction;
  if (typeof object.construct !== 'function') return undefined;
  return object.name === undefined ? { ...object, name } : object;
}
