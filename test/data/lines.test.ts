import { describe, expect, it } from 'vitest';
import { type Line, linesOf, longestLine } from '../../src/data/index.js';
import { InputError } from '../../src/format/index.js';

async function read(chunks: Iterable<string>): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(chunks, 'f')) lines.push(line);
  return lines;
}
const texts = async (chunks: Iterable<string>) => (await read(chunks)).map((line) => line.text);

describe('linesOf', () => {
  it.each<[string[], string[]]>([
    [['a\nb\n'], ['a', 'b']],
    [['a\nb'], ['a', 'b']],
    [['a\r\nb\r\n'], ['a', 'b']],
    [
      ['a\r', '\nb\r'],
      ['a', 'b'],
    ],
    [
      ['a', 'b', '\n', 'c'],
      ['ab', 'c'],
    ],
    [['\n\na\n'], ['', '', 'a']],
    [['\ufeffa\n\ufeffb'], ['a', '\ufeffb']],
    [['', '\ufeff', 'a'], ['a']],
    [[''], []],
    [[], []],
    [['\ufeff'], []],
  ])('of %j are %j', async (chunks, lines) => expect(await texts(chunks)).toEqual(lines));

  it('does not depend on how the text is cut', async () => {
    const text = '\ufeffone,1\r\n\r\ntwo,"2"\nthree';
    for (let size = 1; size <= text.length; size++) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, k) =>
        text.slice(k * size, (k + 1) * size),
      );
      expect(await texts(chunks)).toEqual(['one,1', '', 'two,"2"', 'three']);
    }
  });

  it('counts lines from 1, blank ones included', async () => {
    expect((await read(['a\n\nb\n'])).map((line) => line.number)).toEqual([1, 2, 3]);
  });

  it('takes a line of a million characters and refuses a longer one', async () => {
    const most = 'x'.repeat(longestLine);
    expect((await texts([`${most}\nb`]))[0]).toHaveLength(1_000_000);
    const message = 'f:2: expected a line of at most 1000000 characters, got a longer one';
    await expect(texts(['a\n', most, 'y\n'])).rejects.toThrow(new InputError(message));
    await expect(texts([`a\n${most}y`])).rejects.toThrow(new InputError(message));
  });

  it('stops reading at a line that is too long', async () => {
    let given = 0;
    function* endless(): Generator<string> {
      for (;;) {
        given++;
        yield 'x'.repeat(1000);
      }
    }
    await expect(texts(endless())).rejects.toThrow(InputError);
    expect(given).toBeLessThan(1100);
  });
});
