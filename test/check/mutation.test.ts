/**
 * Any change that matters is noticed: by the hashes if the files are changed, by the proof if they are named anew.
 */
import { describe, expect, test } from 'vitest';
import {
  ball,
  certificate,
  differsFrom,
  golden,
  type NetworkJson,
  outcomeOf,
  type QueryJson,
  query,
  samples,
  verdict,
} from './example.js';

const { centre, label } = samples[1]!;
const about = query(golden, ball('l2', centre, '3/4'), differsFrom(label));
const proof = certificate(about);

/** Every string and number in a JSON value, as a path of keys. */
function leaves(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry).map((path) => [key, ...path]));
}

function edited<T>(file: T, path: readonly string[], change: (old: unknown) => unknown): T {
  const copy = structuredClone(file);
  let place = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  place[last] = change(place[last]);
  return copy;
}

/** Another value of the same kind. */
function other(old: unknown): unknown {
  if (typeof old === 'number') return old + 1;
  if (typeof old !== 'string') return !old;
  if (/^[0-9a-f]{64}$/.test(old)) return old.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  if (/^-?\d/.test(old)) return old.startsWith('-') ? old.slice(1) : `-${old === '0' ? '1' : old}`;
  return { l1: 'l2', l2: 'linf', relu: 'step', identity: 'relu' }[old] ?? `${old}s`;
}

test('the files unchanged', () => {
  expect(outcomeOf(golden, about, proof)).toEqual({ outcome: 'valid' });
});

describe('one value changed, hashes kept', () => {
  const refused = (net: unknown, asked: unknown, certified: unknown) =>
    expect(outcomeOf(net, asked, certified)).toMatchObject({ outcome: 'invalid' });
  test.each(leaves(golden).map((path) => [path.join('.'), path] as const))('network %s', (_, path) => {
    refused(edited(golden, path, other), about, proof);
  });
  test.each(leaves(about).map((path) => [path.join('.'), path] as const))('query %s', (_, path) => {
    refused(golden, edited(about, path, other), proof);
  });
  test.each(leaves(proof).map((path) => [path.join('.'), path] as const))('certificate %s', (_, path) => {
    refused(golden, about, edited(proof, path, other));
  });
  test('any flag, constraint or proof added or removed', () => {
    const [first, second] = about.unsafe;
    refused(golden, { ...about, region: { ...about.region, open: true } }, proof);
    refused(golden, { ...about, unsafe: [first, first] }, proof);
    refused(golden, { ...about, unsafe: [second, first] }, proof);
    refused(golden, { ...about, unsafe: [[...first!, ...second!], second] }, proof);
    refused(golden, { ...about, unsafe: [] }, { ...proof, proofs: [] });
    refused(golden, about, { ...proof, proofs: proof.proofs.slice(1) });
    refused(golden, about, { ...proof, proofs: [...proof.proofs, { rule: 'interval' }] });
    refused({ ...golden, output: { notion: 'exact', labels: ['0', '1', '2'] } }, about, proof);
  });
});

describe('the query changed and named anew, so that it is false', () => {
  const refused = (asked: QueryJson) =>
    expect(outcomeOf(golden, asked, certificate(asked))).toMatchObject({
      outcome: 'invalid',
      where: expect.stringMatching(/^certificate\.proofs\[[01]\]$/),
      why: 'exact intervals refute none of the 1 constraints',
    });
  test('radius up', () => refused(edited(about, ['region', 'radius'], () => '751/1000')));
  test('norm with a larger ball', () =>
    refused(edited({ ...about, region: { ...about.region, radius: '4/5' } }, ['region', 'norm'], () => 'linf')));
  test('centre moved', () => refused(edited(about, ['region', 'centre', '0'], () => '21/10')));
  test.each([0, 2, -1, 3])('label %i', (wrong) => refused(query(golden, about.region, differsFrom(wrong))));
  test('strict dropped', () => {
    const weak = differsFrom(label).map((conjunction) => conjunction.map(({ strict: _, ...rest }) => rest));
    refused(query(golden, about.region, weak));
  });
  test('sign of a bias', () => refused(edited(about, ['unsafe', '0', '0', 'bias'], other)));
  test('sign of a weight', () => refused(edited(about, ['unsafe', '1', '0', 'weights', '0'], other)));
});

/** The exact output: all numbers here are small multiples of 2^-40, so doubles are exact. */
function value(net: NetworkJson, point: readonly number[]): number {
  let x = point;
  for (const { activation, rows } of net.layers) {
    x = rows.map(({ bias, columns, weights }) => {
      const t = columns.reduce((sum, j, k) => sum + number(weights[k]!) * x[j]!, number(bias));
      return activation === 'relu' ? Math.max(t, 0) : t;
    });
  }
  return x[0]!;
}
const number = (text: string) =>
  text
    .split('/')
    .map(Number)
    .reduce((n, d) => n / d);

describe('the network changed and named anew', () => {
  const grid = [-0.75, -0.375, 0, 0.375, 0.75];
  const numbers = leaves(golden).filter((path) => path.includes('weights') || path.includes('bias'));
  const changes = ['-1', '1', '8', '-8', '100', '-100', '1/16'];
  test.each(numbers.map((path) => [path.join('.'), path] as const))(
    '%s: rejected whenever a point refutes it',
    (_, path) => {
      let refuted = 0;
      for (const change of [...changes, 'sign']) {
        const net = edited(golden, path, (old) => (change === 'sign' ? other(old) : change));
        for (const sample of samples) {
          const isFalse = grid.some((a) =>
            grid.some((b) => value(net, [sample.centre[0] + a, sample.centre[1] + b]) !== sample.label),
          );
          if (!isFalse) continue;
          refuted++;
          expect(verdict(net, ball('linf', sample.centre, '3/4'), differsFrom(sample.label)).outcome).toBe('invalid');
        }
      }
      // On no ball is x above 11/4 or y above 19/4, so two weights of the second layer meet only zeros.
      const isIdle = /^layers\.1\.rows\.(0\.weights\.0|1\.weights\.2)$/.test(path.join('.'));
      expect(refuted > 0).toBe(!isIdle);
    },
  );
});
