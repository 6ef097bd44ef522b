/** What `export` writes is what z3 and the checker read. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { NetworkFile, QueryFile } from '../../src/format/index.js';
import { networkFromFile, networkHash } from '../../src/network/index.js';
import { intervalBounds } from '../../src/verify/bounds/interval.js';
import { queryFromFile, queryHash } from '../../src/verify/query.js';
import { encode } from '../../src/verify/smt/encode.js';
import { z3Pool } from '../../src/verify/smt/z3.js';
import { checkProgram, filesIn, folderWith, muball, readJson, runProgram, tinyCsv } from './run-muball.js';

const pool = z3Pool();
afterAll(() => pool.close());

/** Exports one ball of the tiny dataset; returns what stdout says. */
async function exported(cwd: string, format: string, ...flags: string[]): Promise<string> {
  const args = ['export', '--data', 'p.csv', '--sample', '1', '--format', format, ...flags];
  const { code, stdout, stderr } = await muball(args, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** The query that was exported to a folder, with its network. */
function queryIn(cwd: string) {
  const network = networkFromFile(readJson<NetworkFile>(cwd, 'n.json'));
  return queryFromFile(readJson<QueryFile>(cwd, 'q.json'), network);
}

describe('smt2', () => {
  test.each(['linf', 'l1', 'l2'])(
    '%s: the text is that of the encoder, and z3 reads it: no point is unsafe',
    async (norm) => {
      const cwd = folderWith({ 'p.csv': tinyCsv });
      const flags = ['--norm', norm, '--ratio', '0.9'];
      await exported(cwd, 'network', ...flags, '--out', 'n.json');
      await exported(cwd, 'query', ...flags, '--out', 'q.json');
      const query = queryIn(cwd);
      const whole = await exported(cwd, 'smt2', ...flags, '--no-tighten');
      expect(whole).toBe(encode(query).text);
      const tightened = await exported(cwd, 'smt2', ...flags);
      expect(tightened).toBe(encode(query, { bounds: intervalBounds(query.network, query.region) }).text);
      expect(tightened.length).toBeLessThan(whole.length);
      expect(await pool.solve(whole, [])).toEqual({ status: 'unsat' });
    },
  );

  test('for a network that fails, z3 finds a point', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv });
    await exported(cwd, 'network', '--ratio', '0.9', '--out', 'n.json');
    const text = await exported(cwd, 'smt2', '--network', 'n.json', '--ratio', '1.1', '--no-tighten');
    expect(await pool.solve(text, ['x0', 'x1'])).toMatchObject({ status: 'sat' });
  });
});

describe('query, network and certificate', () => {
  const check = (cwd: string, ...files: string[]) => runProgram(checkProgram, files, { cwd });

  test('are accepted by muball-check, and rejected after each change', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv });
    const flags = ['--norm', 'l2', '--ratio', '0.9', '--out'];
    expect(await exported(cwd, 'network', ...flags, 'n.json')).toBe('network written to n.json\n');
    expect(await exported(cwd, 'query', ...flags, 'q.json')).toBe('query written to q.json\n');
    expect(await exported(cwd, 'certificate', ...flags, 'c.json')).toBe('certificate written to c.json\n');
    expect(await check(cwd, 'n.json', 'q.json', 'c.json')).toEqual({ code: 0, stdout: 'valid\n', stderr: '' });

    const cases: [string, RegExp, string, RegExp][] = [
      ['q.json', /"radius":"[^"]*"/, '"radius":"9/10"', /^invalid: certificate\.query: /],
      ['q.json', /"strict":true/, '"strict":false', /^invalid: certificate\.query: /],
      ['n.json', /"weights":\["-8"/, '"weights":["-7"', /^invalid: query\.network: /],
      ['c.json', /"version":1/, '"version":2', /^invalid: certificate\.version: expected 1, got 2/],
      ['c.json', /,\{"rule":"interval"\}/, '', /^invalid: certificate\.proofs: expected 2, got 1/],
    ];
    for (const [file, part, changed, message] of cases) {
      const text = readFileSync(join(cwd, file), 'utf8');
      expect(text, `${file} ${part}`).toMatch(part);
      writeFileSync(join(cwd, 'bad.json'), text.replace(part, changed));
      const files = ['n.json', 'q.json', 'c.json'].map((name) => (name === file ? 'bad.json' : name));
      const ran = await check(cwd, ...files);
      expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(message) });
    }
  });

  test('a certificate for a ball that is not robust is not valid either', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv });
    await exported(cwd, 'network', '--ratio', '0.9', '--out', 'n.json');
    await exported(cwd, 'query', '--network', 'n.json', '--ratio', '1.1', '--out', 'q.json');
    const query = queryHash(queryIn(cwd));
    const proofs = [{ rule: 'interval' }, { rule: 'interval' }];
    writeFileSync(join(cwd, 'c.json'), JSON.stringify({ format: 'muball-certificate', version: 1, query, proofs }));
    expect(await check(cwd, 'n.json', 'q.json', 'c.json')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^invalid: certificate\.proofs\[\d\]/),
    });
  });

  test('there is no certificate where intervals prove nothing', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv });
    const flags = ['--norm', 'l1', '--construction', 'ygz-l1', '--ratio', '0.9', '--out', 'c.json'];
    const args = ['export', '--data', 'p.csv', '--sample', '1', '--format', 'certificate', ...flags];
    expect(await muball(args, { cwd })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'muball: sample 1 (line 2): interval propagation does not prove this ball\n',
    });
    expect(filesIn(cwd)).toEqual(['p.csv']);
  });

  test('--json says what was written', async () => {
    const cwd = folderWith({ 'p.csv': tinyCsv });
    await exported(cwd, 'network', '--ratio', '0.9', '--out', 'n.json');
    const said = JSON.parse(await exported(cwd, 'query', '--ratio', '0.9', '--out', 'q.json', '--json')) as unknown;
    const query = queryIn(cwd);
    expect(said).toEqual({
      format: 'query',
      sample: 1,
      query: queryHash(query),
      network: networkHash(query.network),
      file: 'q.json',
    });
  });
});
