import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import {
  counterexampleFolder,
  forgetCase,
  keepCase,
  keepCounterexample,
  keptCases,
} from '../../src/regression/kept-cases.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'muball-kept-')), 'counterexamples');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

describe('kept cases', () => {
  test('one file per property and value, readable and whole', () => {
    const failure = { property: 'p', seed: 3, path: '1:2', values: [rational(1, 2), [1n, -0]], message: 'no' };
    const file = keepCase(folder, failure);
    expect(keepCase(folder, { ...failure, seed: 4 })).toBe(file);
    expect(keepCase(folder, { ...failure, property: 'q' })).not.toBe(file);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      property: 'p',
      seed: 4,
      path: '1:2',
      shown: ['1/2', '[1n, -0]'],
    });
    const [kept] = keptCases(folder, 'p');
    expect(kept!.values).toEqual(failure.values);
  });

  test('a missing folder has none; a broken file is named', () => {
    expect(keptCases(folder, 'p')).toEqual([]);
    const file = keepCase(folder, { property: 'p', seed: 3, path: '', values: [], message: '' });
    for (const text of ['', '{', '{}', 'null', '{"format":"muball-kept-case","version":2}']) {
      writeFileSync(file, text);
      expect(() => keptCases(folder, 'p')).toThrow(`${file}: expected a kept case of version 1`);
    }
  });
});

describe('the folder', () => {
  test('counterexamples to queries may lie in it; kept cases can be forgotten one by one', () => {
    const first = keepCase(folder, { property: 'p', seed: 3, path: '', values: [1], message: '' });
    keepCase(folder, { property: 'q', seed: 3, path: '', values: [1], message: '' });
    const network = { format: 'muball-network', version: 1, layers: [] } as const;
    const region = { kind: 'ball', norm: 'l1', centre: ['0'], radius: '1' } as const;
    const query = { format: 'muball-query', version: 1, network, region, unsafe: [] } as const;
    const counterexample = {
      format: 'muball-counterexample',
      version: 1,
      query,
      point: ['0'],
      outputs: ['0'],
    } as const;
    const file = keepCounterexample(folder, counterexample);
    expect(keepCounterexample(folder, { ...counterexample, note: 'another' })).toBe(file);
    expect(keptCases(folder)).toHaveLength(2);
    forgetCase(keptCases(folder, 'p')[0]!);
    expect(keptCases(folder).map(({ property }) => property)).toEqual(['q']);
    expect(readdirSync(folder)).not.toContain(first);
  });

  test('is what MUBALL_COUNTEREXAMPLES says', () => {
    expect(counterexampleFolder({})).toBe('counterexamples');
    expect(counterexampleFolder({ MUBALL_COUNTEREXAMPLES: ' ' })).toBe('counterexamples');
    expect(counterexampleFolder({ MUBALL_COUNTEREXAMPLES: 'a/b' })).toBe('a/b');
  });
});
