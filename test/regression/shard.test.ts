import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/format/index.js';
import { shardAt, shareOf, wholeRun } from '../../src/regression/index.js';

describe('shardAt', () => {
  it.each([
    ['1/1', { index: 1, of: 1 }],
    ['2/3', { index: 2, of: 3 }],
  ])('reads %s', (text, shard) => expect(shardAt(text)).toEqual(shard));

  it.each([
    ['0/3', '--shard: expected a part from 1 to 3, got 0'],
    ['4/3', '--shard: expected a part from 1 to 3, got 4'],
    ['1/0', '--shard: expected a number of parts from 1 to 10000, got 0'],
    ['1/20000', '--shard: expected a number of parts from 1 to 10000, got 20000'],
    ['1', '--shard: expected i/n such as 1/3, got "1"'],
    ['-1/3', '--shard: expected i/n such as 1/3, got "-1/3"'],
    ['1/3/3', '--shard: expected i/n such as 1/3, got "1/3/3"'],
  ])('refuses %s', (text, message) => expect(() => shardAt(text)).toThrow(new InputError(message)));
});

describe('shareOf', () => {
  const sizes = [0, 1, 2, 3, 7, 150];
  const parts = (name: string, samples: number, of: number) =>
    Array.from({ length: of }, (_, k) => shareOf(name, samples, { index: k + 1, of }));

  it('is everything for one part', () => {
    expect(shareOf('a', 3, wholeRun)).toEqual({ samples: [0, 1, 2], whole: true });
  });

  it.each([1, 2, 3, 5, 16])('covers each ball and the sizes exactly once with %i parts', (of) => {
    for (const samples of sizes) {
      for (const name of ['a', 'iris-l1', 'xor.2']) {
        const shares = parts(name, samples, of);
        const all = shares.flatMap((share) => share.samples).sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: samples }, (_, i) => i));
        expect(shares.filter((share) => share.whole)).toHaveLength(1);
        for (const share of shares) expect(share.samples).toEqual([...share.samples].sort((a, b) => a - b));
      }
    }
  });

  it('differs by at most one unit between parts', () => {
    const units = parts('iris', 150, 4).map(({ samples, whole }) => samples.length + (whole ? 1 : 0));
    expect(Math.max(...units) - Math.min(...units)).toBe(1);
  });

  it('is the same every time, and not every n-th sample', () => {
    const share = shareOf('moons', 40, { index: 1, of: 2 });
    expect(shareOf('moons', 40, { index: 1, of: 2 })).toEqual(share);
    const parities = new Set(share.samples.map((i) => i % 2));
    expect(parities).toEqual(new Set([0, 1]));
  });
});
