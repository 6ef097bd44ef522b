/**
 * Files that appear whole or not at all: written beside their place, then renamed.
 */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
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
    mkdirSync(dirname(path), { recursive: true });
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
