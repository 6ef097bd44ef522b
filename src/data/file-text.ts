/** The text of a file as a stream of pieces, for readers that hold little of it at a time. */
import { createReadStream } from 'node:fs';
import { InputError, refuse } from '../format/index.js';

/** The text of a file, in pieces. @throws InputError when it cannot be read. */
export async function* fileText(path: string): AsyncGenerator<string, void, undefined> {
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) yield chunk;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    if (code === 'EISDIR') refuse(path, 'a file', 'a folder');
    throw new InputError(`${path}: cannot be read (${code})`);
  }
}
