import { describe, expect, it } from 'vitest';
import { askedSamples, InputError, type ManifestFile, manifestFileAt } from '../../src/format/index.js';

const hash = 'ab'.repeat(32);
const balls: ManifestFile = {
  format: 'muball-manifest',
  version: 1,
  muball: '0.1.0',
  network: hash,
  asked: {
    kind: 'balls',
    name: 'tiny',
    dataset: hash,
    samples: 3,
    norm: 'l2',
    radius: '1/4',
    open: true,
    output: { notion: 'exact', labels: ['0', '1'] },
  },
  certified: '0,2',
};
const region = { kind: 'box', lower: ['0'], upper: ['1'] } as const;
const query = { format: 'muball-query', version: 1, network: { sha256: hash }, region, unsafe: [] } as const;
const box: ManifestFile = { ...balls, asked: { kind: 'query', query }, certified: '0' };

describe('manifestFileAt', () => {
  it.each([balls, box])('gives back what it has checked', (file) => {
    expect(manifestFileAt(JSON.parse(JSON.stringify(file)))).toEqual(file);
  });

  it('counts samples; a box is one', () => {
    expect([balls, box].map(askedSamples)).toEqual([3, 1]);
  });

  it('no certificates are no field', () => {
    const { certified: _, ...none } = balls;
    expect(manifestFileAt(none)).toEqual(none);
  });

  it.each<[unknown, string]>([
    [{ ...balls, version: 2 }, 'm.version: expected 1, got 2'],
    [{ ...balls, extra: 1 }, 'm.extra: unknown field'],
    [{ ...balls, network: 'ab' }, 'm.network: expected 64 hexadecimal digits, got "ab"'],
    [{ ...balls, certified: '0,3' }, 'm.certified: expected samples below 3, got 3'],
    [{ ...box, certified: '0-1' }, 'm.certified: expected samples below 1, got 1'],
    [{ ...balls, certified: '2,0' }, 'm.certified: expected increasing ranges that do not touch, got "2,0"'],
    [{ ...balls, asked: { ...balls.asked, kind: 'all' } }, 'm.asked.kind: expected balls or query, got "all"'],
    [{ ...balls, asked: { ...balls.asked, query } }, 'm.asked.query: unknown field'],
    [{ ...balls, asked: { ...balls.asked, norm: 'l3' } }, 'm.asked.norm: expected l1, l2 or linf, got "l3"'],
    [{ ...balls, asked: { ...balls.asked, samples: -1 } }, 'm.asked.samples: expected'],
    [{ ...balls, asked: { ...balls.asked, radius: 0.25 } }, 'm.asked.radius: '],
    [{ ...balls, asked: { ...balls.asked, output: undefined } }, 'm.asked.output: expected an object, got nothing'],
  ])('refuses %j', (file, message) => {
    const read = () => manifestFileAt(file, 'm');
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
  });
});
