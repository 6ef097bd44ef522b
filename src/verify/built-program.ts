/**
 * Where the programs of child processes and worker threads lie.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Path of a built file below this folder, `parallel/search-worker.js`. Built code has it beside this file; sources, which node
 * cannot run as they are, use the copy that the build has made.
 * @throws Error when it is not there.
 */
export function builtProgram(name: string): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/verify/' : './';
  const path = fileURLToPath(new URL(`${folder}${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${name}: expected ${path}, got nothing there; build the project first`);
  return path;
}
