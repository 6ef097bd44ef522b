/** A folder of certificates that somebody has changed: each change is found, and where. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatRational } from '../../src/exact/index.js';
import { InputError, type ManifestFile, type NetworkFile, type QueryFile } from '../../src/format/index.js';
import { datasetOf, point } from '../../src/geometry/index.js';
import { type Network, networkFromFile, networkHash, networkToFile } from '../../src/network/index.js';
import {
  type CertificateFolder,
  type CheckCertificatesOptions,
  certificateFolder,
  checkCertificates,
  datasetHash,
} from '../../src/regression/index.js';
import { intervalEngine } from '../../src/verify/checked-interval.js';
import { type Query, queryHash, queryToFile, robustnessQuery } from '../../src/verify/query.js';
import type { Verdict } from '../../src/verify/verdict.js';
import { tinyData, tinyNetwork, tinyRadius } from '../report/tiny.js';

const reading = tinyNetwork.output!;
const query = (sample: number, network = tinyNetwork): Query =>
  robustnessQuery(network, tinyData, sample, { norm: 'linf', radius: tinyRadius, reading });
const proved = intervalEngine(tinyNetwork).verify(query(0))!;
const samples = tinyData.size;
const asked: ManifestFile['asked'] = {
  kind: 'balls',
  dataset: datasetHash(tinyData),
  samples,
  norm: 'linf',
  radius: formatRational(tinyRadius),
  output: reading,
};
const question = { muball: '0.1.0', network: networkHash(tinyNetwork), asked };

/** A folder with certificates of all balls, or of those given; not yet finished. */
function begun(folder: string, only = tinyData.labels.map((_, i) => i)): CertificateFolder {
  const writer = certificateFolder(folder, question, { network: tinyNetwork, data: tinyData });
  for (const sample of only) writer.keep(sample, query(sample), proved);
  return writer;
}

let original: string;
let folder: string;
beforeAll(() => {
  original = mkdtempSync(join(tmpdir(), 'muball-certificates-'));
  begun(original).finish();
  return () => rmSync(original, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-certificates-'));
  cpSync(original, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const counts = async (options: CheckCertificatesOptions = {}) => {
  const { valid, invalid, holey, without, whole } = await checkCertificates(folder, options);
  return { valid, invalid, holey, without, whole };
};
const all = { valid: samples, invalid: 0, holey: 0, without: 0, whole: true };
const oneInvalid = { ...all, valid: samples - 1, invalid: 1 };
const allInvalid = { ...all, valid: 0, invalid: samples };
const reasons = async (options: CheckCertificatesOptions = {}) =>
  (await checkCertificates(folder, options)).problems.map(
    ({ sample, where, why }) => `${sample ?? ''} ${where}: ${why}`,
  );
const path = (name: string) => join(folder, name);
/** Writes a JSON file of the folder anew. */
const edit = <T>(name: string, change: (value: T) => unknown): void =>
  writeFileSync(path(name), JSON.stringify(change(JSON.parse(readFileSync(path(name), 'utf8')) as T)));

describe('checkCertificates', () => {
  it('an untouched folder: every ball valid, with and without the question said', async () => {
    expect(samples).toBeGreaterThanOrEqual(3);
    expect(await counts()).toEqual(all);
    const expected = { norm: 'linf', radius: formatRational(tinyRadius), output: reading, open: false } as const;
    const found = await checkCertificates(folder, { data: tinyData, network: tinyNetwork, expected });
    expect(found).toMatchObject({ ...all, samples, problems: [], network: question.network, asked });
    const sizes = readdirSync(path('balls'))
      .filter((name) => name.includes('certificate'))
      .map((name) => readFileSync(path(`balls/${name}`)).length);
    expect(found.bytes).toBe(sizes.reduce((a, b) => a + b));
  });

  it.each<[string, () => void, typeof all, RegExp]>([
    [
      'a ball removed',
      () => rmSync(path('balls/1.certificate.json')),
      oneInvalid,
      /^1 balls\/1\.certificate\.json: left out$/,
    ],
    ['a query removed', () => rmSync(path('balls/1.query.json')), oneInvalid, /^1 balls\/1\.query\.json: left out$/],
    [
      'certificates of two balls swapped',
      () => {
        renameSync(path('balls/0.certificate.json'), path('spare'));
        renameSync(path('balls/1.certificate.json'), path('balls/0.certificate.json'));
        renameSync(path('spare'), path('balls/1.certificate.json'));
      },
      { ...all, valid: samples - 2, invalid: 2 },
      /^0 balls\/0\.certificate\.json: certificate\.query: expected /,
    ],
    [
      "a query's radius made smaller, its certificate fitted to it",
      () => {
        const half = robustnessQuery(tinyNetwork, tinyData, 1, {
          norm: 'linf',
          radius: { n: tinyRadius.n, d: 2n * tinyRadius.d },
          reading,
        });
        writeFileSync(path('balls/1.query.json'), JSON.stringify(queryToFile(half, { inline: false })));
        edit('balls/1.certificate.json', (file: object) => ({ ...file, query: queryHash(half) }));
      },
      oneInvalid,
      /^1 balls\/1\.query\.json: not the query of this ball$/,
    ],
    [
      'an unsafe set made empty',
      () => edit('balls/1.query.json', (file: QueryFile) => ({ ...file, unsafe: [] })),
      oneInvalid,
      /^1 balls\/1\.query\.json: not the query of this ball$/,
    ],
    [
      'a certificate with a proof too few',
      () =>
        edit('balls/1.certificate.json', (file: { proofs: unknown[] }) => ({ ...file, proofs: file.proofs.slice(1) })),
      oneInvalid,
      /^1 balls\/1\.certificate\.json: certificate\.proofs/,
    ],
    [
      'a certificate cut off',
      () =>
        writeFileSync(path('balls/1.certificate.json'), readFileSync(path('balls/1.certificate.json')).subarray(0, 40)),
      oneInvalid,
      /^1 balls\/1\.certificate\.json: expected JSON, got something else$/,
    ],
    [
      'a file too many',
      () => cpSync(path('balls/1.query.json'), path('balls/7.query.json')),
      { ...all, whole: false },
      /^ balls\/7\.query\.json: no ball of the manifest has this file$/,
    ],
    [
      'a ball that the manifest does not state',
      () => edit('manifest.json', (file: ManifestFile) => ({ ...file, certified: '0' })),
      { ...all, valid: 1, without: samples - 1, whole: false },
      /^ balls\/1\.certificate\.json: no ball of the manifest has this file$/,
    ],
    [
      'a manifest with another radius',
      () =>
        edit('manifest.json', (file: ManifestFile) => ({
          ...file,
          asked: { ...file.asked, radius: '1/1000' },
        })),
      allInvalid,
      /^0 balls\/0\.query\.json: not the query of this ball$/,
    ],
    [
      'a manifest with another reading of outputs',
      () =>
        edit('manifest.json', (file: ManifestFile) => ({
          ...file,
          asked: { ...file.asked, output: { notion: 'round', labels: ['0', '1', '2'] } },
        })),
      allInvalid,
      /^0 balls\/0\.query\.json: not the query of this ball$/,
    ],
    [
      'a manifest with the hash of another network',
      () => edit('manifest.json', (file: ManifestFile) => ({ ...file, network: 'ab'.repeat(32) })),
      { ...all, whole: false },
      /^ manifest\.network: expected [0-9a-f]{64}, got (?:ab){32}$/,
    ],
    [
      'a dataset with another label',
      () =>
        edit('dataset.json', (file: { labels: number[] }) => ({
          ...file,
          labels: file.labels.map((label, i) => (i === 0 ? 1 - label : label)),
        })),
      { ...all, valid: samples - 1, invalid: 1, whole: false },
      /^ manifest\.asked\.dataset: expected /,
    ],
    [
      'a network with another weight',
      () => writeFileSync(path('network.json'), JSON.stringify(networkToFile(otherNetwork()))),
      { ...allInvalid, whole: false },
      /^ manifest\.network: expected /,
    ],
  ])('%s', async (_, tamper, expected, reason) => {
    tamper();
    expect(await counts()).toEqual(expected);
    expect((await reasons())[0]).toMatch(reason);
  });

  it.each<[string, CheckCertificatesOptions, RegExp]>([
    ['norm', { expected: { norm: 'l1' } }, /^ manifest\.asked\.norm: expected l1, got linf$/],
    ['radius', { expected: { radius: '1' } }, /^ manifest\.asked\.radius: expected 1, got /],
    ['openness', { expected: { open: true } }, /^ manifest\.asked\.open: expected true, got false$/],
    [
      'reading',
      { expected: { output: { notion: 'round', labels: ['0', '1'] } } },
      /^ manifest\.asked\.output: expected .*round/,
    ],
    ['network', { network: otherNetwork() }, /^ manifest\.network: expected /],
  ])('certificates of another %s than is meant count for nothing', async (_, options, reason) => {
    expect(await counts(options)).toEqual({ ...allInvalid, whole: false });
    expect((await reasons(options))[0]).toMatch(reason);
  });

  it('a dataset with one sample more than is certified', async () => {
    const points = tinyData.labels.map((_, i) => point(tinyData, i));
    const more = datasetOf([...points, points[0]!], [...tinyData.labels, tinyData.labels[0]!]);
    expect(await counts({ data: more })).toEqual({ ...all, without: 1, whole: false });
    expect(await reasons({ data: more })).toHaveLength(3);
  });

  it('some samples only, and what has no certificate', async () => {
    expect(await counts({ only: '0' })).toEqual({ ...all, valid: 1 });
    await expect(counts({ only: '0-9' })).rejects.toThrow('--samples: expected samples below');
    const writer = begun(folder, [0]);
    writer.keep(1, query(1), { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } });
    writer.keep(2, query(2), { verdict: 'timed-out' });
    expect(writer.finish()).toBe(1);
    expect(readdirSync(path('balls'))).toEqual(['0.certificate.json', '0.query.json']);
    expect(await counts()).toEqual({ ...all, valid: 1, without: samples - 1 });
  });

  it('what no checker has seen is written for it to see', async () => {
    const unchecked: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['interval'] } };
    const writer = certificateFolder(folder, question, { network: tinyNetwork, data: tinyData });
    for (let i = 0; i < samples; i++) writer.keep(i, query(i), unchecked);
    writer.finish();
    expect(await counts()).toEqual(all);
  });

  it('a folder that is begun anew has no manifest until it is finished', async () => {
    const writer = begun(folder);
    await expect(counts()).rejects.toThrow(/manifest\.json: expected a manifest, got none/);
    writer.finish();
    expect(await counts()).toEqual(all);
  });

  it('what killed processes have left is removed, what living ones write is not', () => {
    const dead = 2 ** 30;
    for (const pid of [dead, process.ppid]) writeFileSync(path(`balls/0.query.json.${pid}.tmp`), '');
    begun(folder).finish();
    expect(existsSync(path(`balls/0.query.json.${dead}.tmp`))).toBe(false);
    expect(existsSync(path(`balls/0.query.json.${process.ppid}.tmp`))).toBe(true);
  });

  it.each(['manifest.json', 'network.json', 'dataset.json'])('%s cut off or away is bad input', async (name) => {
    const text = readFileSync(path(name));
    writeFileSync(path(name), text.subarray(0, text.length / 2));
    await expect(counts()).rejects.toThrow(InputError);
    rmSync(path(name));
    await expect(counts()).rejects.toThrow(InputError);
  });

  it('stops between balls', async () => {
    const controller = new AbortController();
    const found = await checkCertificates(folder, { signal: controller.signal, onSample: () => controller.abort() });
    expect(found).toMatchObject({ valid: 1, interruptedAfter: 1 });
  });
});

/** The network with a small change of its first bias. */
function otherNetwork(): Network {
  const file: NetworkFile = networkToFile(tinyNetwork);
  const [first, ...rest] = file.layers;
  const [row, ...rows] = first!.rows;
  return networkFromFile({ ...file, layers: [{ ...first!, rows: [{ ...row!, bias: '1/4096' }, ...rows] }, ...rest] });
}
