/**
 * The constructions that a user's TypeScript or JavaScript module exports.
 *
 * Main definition: `loadConstructions`.
 *
 * jiti runs the module as it is, without a build. What the module imports from `muball` is this very program, so that a
 * construction and the laws agree on what a dataset or an InputError is, wherever the module lies.
 */
import { readFileSync } from 'node:fs';
import { parse, resolve } from 'node:path';
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
 * The constructions of a module, each with a name: what is exported as `construction` or `…Construction`, every object
 * with a function `construct`, and the module itself if it exports one.
 * @throws InputError when the file cannot be loaded, or exports no construction.
 */
export async function loadConstructions(file: string): Promise<TestedConstruction[]> {
  const path = resolve(file);
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
  let module: unknown;
  try {
    const jiti = createJiti(pathToFileURL(path).href, {
      virtualModules: own,
      interopDefault: false,
      fsCache: false,
      moduleCache: false,
    });
    // Transpiled even where node could run it, since node would look for another copy of muball.
    module = await jiti.evalModule(source, { filename: path, async: true, forceTranspile: true });
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
  const exported = exportsOf(module, parse(path).name);
  const found = exported.flatMap(([name, value]) => constructionOf(name, value) ?? []);
  if (found.length === 0) {
    const names = exported.map(([name]) => name).join(', ');
    throw new InputError(`${file}: expected an export named construction, got ${names === '' ? 'no exports' : names}`);
  }
  return found;
}

/** The named exports of a module, and its default; or the module itself under its own name. */
function exportsOf(module: unknown, name: string): (readonly [string, unknown])[] {
  if (typeof module === 'function') return [['construction', module]];
  if (typeof module !== 'object' || module === null) return [];
  if ('construct' in module) return [[name, module]];
  const { default: whole, ...named } = module as Record<string, unknown>;
  const own = Object.entries(named);
  // Often the default has a name of its own.
  if (whole === undefined || own.some(([, value]) => value === whole)) return own;
  return [...own, ['construction', whole]];
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
