/**
 * Text in chunks, cut into lines without holding more than one line.
 */
import { refuse } from '../format/index.js';

/** Longest line that is read, in characters: longer ones are no table but a mistake. */
export const longestLine = 1_000_000;

/** A line without its end, counted from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * The lines of a text, ended by `\n` or `\r\n`; a byte order mark at the start is dropped.
 * @throws InputError naming the line when one is longer than a million characters, before the rest of it is read.
 */
export async function* linesOf(
  chunks: AsyncIterable<string> | Iterable<string>,
  source: string,
): AsyncGenerator<Line, void, undefined> {
  let number = 1;
  let rest = '';
  let started = false;
  const checked = (text: string): string => {
    if (text.length > longestLine) {
      refuse(`${source}:${number}`, `a line of at most ${longestLine} characters`, 'a longer one');
    }
    return text;
  };
  for await (const chunk of chunks) {
    let from = 0;
    if (!started && chunk !== '') {
      started = true;
      if (chunk.startsWith('\ufeff')) from = 1;
    }
    for (let end = chunk.indexOf('\n', from); end >= 0; end = chunk.indexOf('\n', from)) {
      const text = checked(rest + chunk.slice(from, end));
      yield { text: text.endsWith('\r') ? text.slice(0, -1) : text, number };
      number++;
      rest = '';
      from = end + 1;
    }
    rest = checked(rest + chunk.slice(from));
  }
  if (rest !== '') yield { text: rest.endsWith('\r') ? rest.slice(0, -1) : rest, number };
}
