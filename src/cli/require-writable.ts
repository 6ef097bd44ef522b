/**
 * Places to write to, looked at before the work whose result they are for.
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../format/index.js';

/**
 * Refuses a file or folder that could not be written, without writing anything: something else stands at its place or
 * at that of a folder above it, or the folder in which it would be made is read-only.
 * @throws InputError naming the path.
 */
export function requireWritable(path: string, kind: 'file' | 'folder'): void {
  const refused = (why: string): never => {
    throw new InputError(`${path}: cannot be written (${why})`);
  };
  if (kind === 'file' && existsSync(path) && statSync(path).isDirectory()) refused('a folder of this name exists');
  let folder = resolve(kind === 'file' ? dirname(path) : path);
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) refused(`${folder} is no folder`);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    refused((error as NodeJS.ErrnoException).code ?? 'error');
  }
}
