/**
 * The ridge engine on networks that back-substitution cannot prove, and its silence where there is nothing to prove.
 */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../../../src/construction/index.js';
import { add, parseRational, type Rational, rational } from '../../../src/exact/index.js';
import type { Norm } from '../../../src/format/index.js';
import { ball, type Dataset, datasetOf, ratioRadius, resolveRadius, separation } from '../../../src/geometry/index.js';
import { checkOutcome } from '../../../src/verify/checked-certificate.js';
import { checkedRidge } from '../../../src/verify/checked-ridge.js';
import { proveBalls } from '../../../src/verify/prove.js';
import { type Query, robustnessQuery } from '../../../src/verify/query.js';
import { ridgeCertificate } from '../../../src/verify/ridge/index.js';
import { replay } from '../../../src/verify/verdict.js';
import { networkOf, vector } from '../fixtures/networks.js';

const points = ['0 0', '2 1', '1 4', '5 2', '1/8 0', '-3 2'].map((text) =>
  text.split(' ').map((v) => parseRational(v)),
);
const data: Dataset = datasetOf(points, [0, 1, 2, 1, 0, 2]);
const radiusOf = (norm: Norm, ratio: string): Rational =>
  resolveRadius(ratioRadius(ratio), separation(data, norm), data).radius;

function queriesOf(name: string, norm: Norm, ratio = '0.98', more: Rational = rational(0)): Query[] {
  const { network } = theoremNamed(name).construct(data, { norm, radius: radiusOf(norm, ratio) });
  const options = { norm, radius: add(radiusOf(norm, ratio), more), reading: network.output! };
  return points.map((_, i) => robustnessQuery(network, data, i, options));
}

const served = [
  ['ygz-l1', 'l1'],
  ['ygz-l2', 'l2'],
  ['eys-ball', 'linf'],
  ['eys-ball-l1', 'l1'],
  ['eys-ball-l2', 'l2'],
] as const;

describe('whole balls', () => {
  it.each(served)('%s in %s: a valid certificate for every ball', (name, norm) => {
    for (const query of queriesOf(name, norm)) {
      const certificate = ridgeCertificate(query);
      if (typeof certificate !== 'object') throw new Error('expected a certificate');
      expect(checkOutcome(query, certificate)).toEqual({ outcome: 'valid' });
    }
  });

  it.each(served)('%s in %s: none for balls that meet another class', (name, norm) => {
    const balls = queriesOf(name, norm, '0.98', radiusOf(norm, '0.2'));
    const met = balls.filter(({ region }, i) => {
      if (region.kind !== 'ball') throw new Error('expected a ball');
      return points.some(
        (x, k) => data.labels[k] !== data.labels[i] && replay(balls[i]!, middle(region.centre, x)).unsafe,
      );
    });
    expect(met.length).toBeGreaterThanOrEqual(2);
    for (const query of met) expect(ridgeCertificate(query)).toBeUndefined();
  });
});

/** The point three fifths of the way. */
const middle = (a: readonly Rational[], b: readonly Rational[]): Rational[] =>
  a.map((v, j) => add(times(v, rational(2, 5)), times(b[j]!, rational(3, 5))));
const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);

describe('what it is asked', () => {
  const absolute = networkOf(2, [
    ['relu', ['1 0 | 0', '-1 0 | 0', '0 1 | 0', '0 -1 | 0']],
    ['identity', ['1 1 1 1 | 0']],
  ]);
  /** Whether |x0| + |x1| > bound on the ℓ1 ball of radius 1. */
  const above = (bound: string, norm: Norm = 'l1', strict = true): Query => ({
    network: absolute,
    region: ball(norm, vector('0 0'), rational(1)),
    unsafe: [[{ columns: [0], weights: [rational(1)], bias: parseRational(`-${bound}`), strict }]],
  });

  it('is exact for distances: the touching ball is safe, and reached without strictness', () => {
    expect(checkedRidge(above('1'))).toMatchObject({ evidence: { level: 'certificate', engines: ['ridge'] } });
    expect(checkedRidge(above('1', 'l1', false)).verdict).toBe('unknown');
    expect(checkedRidge(above('999/1000')).verdict).toBe('unknown');
  });

  it('says nothing about boxes, and stops when there has been enough work', () => {
    const unit = { kind: 'box', lower: vector('0 0'), upper: vector('1 1') } as const;
    expect(ridgeCertificate({ ...above('9'), region: unit })).toBeUndefined();
    expect(ridgeCertificate(above('1'), { effort: 2 })).toBe('timed-out');
    expect(checkedRidge(above('1'), { timeoutMs: -1 })).toEqual({ verdict: 'timed-out' });
  });

  it('is a rung of auto, and an engine by name', async () => {
    const verdict = async (query: Query, options: Parameters<typeof proveBalls>[3]) =>
      (await proveBalls(absolute, 1, () => query, options))[0]!.verdict;
    expect(await verdict(above('1'), {})).toMatchObject({ evidence: { engines: ['ridge'] } });
    expect(await verdict(above('1'), { engine: 'ridge', jobs: 2 })).toMatchObject({
      evidence: { level: 'certificate' },
    });
    expect((await verdict(above('3/2', 'linf'), { engine: 'ridge' })).verdict).toBe('sat');
    expect((await verdict(above('999/1000', 'l2', false), { engine: 'ridge' })).verdict).toBe('sat');
  });
});
