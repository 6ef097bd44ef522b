/**
 * Files that appear whole or not at all: written beside their place, then renamed.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../format/index.js';

/** Characters gathered before a write. */
const chunk = 1 << 20;

/**
 * Writes a file from pieces of text, making its folder if need be.
 * @throws InputError naming the file when it cannot be written; nothing is left behind then.
 */
export function writeFileWhole(path: string, pieces: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  let opened = false;
  try {
    makeFolder(dirname(path));
    const file = openSync(temporary, 'w');
    opened = true;
    try {
      let gathered = '';
      for (const piece of pieces) {
        gathered += piece;
        if (gathered.length >= chunk) {
          writeSync(file, gathered);
          gathered = '';
        }
      }
      writeSync(file, gathered);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    if (opened) rmSync(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof RangeError) throw error;
    throw new InputError(`${path}: cannot be written (${code})`);
  }
}

/** Makes a folder and those above it. Not by `recursive`, which never ends where folders cannot be made, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been faster.
    if (!(existsSync(path) && statSync(path).isDirectory())) throw error;
  }
}
