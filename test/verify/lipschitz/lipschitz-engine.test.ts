/** Margins over constants: what they prove, what they must not, and what they say then. */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../../../src/construction/index.js';
import { formatRational, mul, parseRational, type Rational, rational, zero } from '../../../src/exact/index.js';
import type { Norm, OutputReading } from '../../../src/format/index.js';
import { ball, type Dataset, datasetOf, type Region, separation } from '../../../src/geometry/index.js';
import { layerOf, type Network, rowCount, rowOf } from '../../../src/network/index.js';
import { certifiedRadius } from '../../../src/verify/lipschitz/certified-radius.js';
import { lipschitzEngine } from '../../../src/verify/lipschitz/lipschitz-engine.js';
import { proveBalls } from '../../../src/verify/prove.js';
import { robustnessQuery, unsafeFor } from '../../../src/verify/query.js';
import { networkOf, vector } from '../fixtures/networks.js';

const sign: OutputReading = { notion: 'sign', negative: 0, positive: 1 };
const round: OutputReading = { notion: 'round', labels: ['0', '1'] };
const exact: OutputReading = { notion: 'exact', labels: ['0', '1'] };

/** "unsat", or why not. */
async function answer(network: Network, region: Region, reading: OutputReading, label: number): Promise<string> {
  const verdict = await lipschitzEngine(network).verify({ network, region, unsafe: unsafeFor(reading, label) });
  return verdict.verdict === 'unknown' ? verdict.reason : verdict.verdict;
}
const around = (centre: string, radius: string, norm: Norm = 'linf', open = false): Region =>
  ball(norm, vector(centre), parseRational(radius), open);

describe('2x: the ball of radius m/K, and no more', () => {
  const line = networkOf(1, [['identity', ['2 | 0']]]);
  it.each<[string, Region, OutputReading, number, string]>([
    ['sign, below', around('1', '999/1000'), sign, 1, 'unsat'],
    ['sign, the closed ball', around('1', '1'), sign, 1, 'margin 2 over constant 2 is 1, the radius 1'],
    ['sign, the open ball', around('1', '1', 'linf', true), sign, 1, 'unsat'],
    [
      'sign, just above',
      around('1', '1001/1000', 'l1', true),
      sign,
      1,
      'margin 2 over constant 2 is 1, the radius 1001/1000',
    ],
    ['a flipped label', around('1', '1/10'), sign, 0, 'the output at the centre is unsafe'],
    ['the value 0 has no sign', around('0', '0'), sign, 0, 'the output at the centre is unsafe'],
    ['a point', around('1', '0'), sign, 1, 'unsat'],
    ['round, below', around('3/8', '1/9'), round, 1, 'unsat'],
    ['round, the closed ball', around('3/8', '1/8'), round, 1, 'margin 1/4 over constant 2 is 1/8, the radius 1/8'],
    [
      'exact labels have no margin',
      around('1/2', '1/1000'),
      exact,
      1,
      'exact labels leave no margin, and the output is not seen to be constant on the ball',
    ],
    ['exact, a point', around('1/2', '0'), exact, 1, 'unsat'],
    ['a box inside', { kind: 'box', lower: vector('1/100'), upper: vector('1') }, sign, 1, 'unsat'],
    [
      'a box that touches',
      { kind: 'box', lower: vector('0'), upper: vector('1') },
      sign,
      1,
      'margin 1 over constant 2 is 1/2, the radius 1/2',
    ],
  ])('%s', async (_, region, reading, label, expected) => {
    expect(await answer(line, region, reading, label)).toBe(expected);
  });
});

describe('constants on the ball', () => {
  // relu(x − 1) is 0 below 1, and exact there.
  const hinge = networkOf(1, [
    ['relu', ['1 | -1']],
    ['identity', ['5 | 0']],
  ]);
  it('an output that is constant on the ball keeps its exact label', async () => {
    expect(await answer(hinge, around('0', '1'), exact, 0)).toBe('unsat');
    expect(await answer(hinge, around('0', '9/8'), exact, 0)).toMatch(/^exact labels leave no margin/);
  });
  it('a network that is steep elsewhere', async () => {
    expect(await answer(hinge, around('0', '21/20'), round, 0)).toBe(
      'margin 1/2 over constant 5 is 1/10, the radius 21/20',
    );
    expect(await answer(hinge, around('1', '1/11'), round, 0)).toBe('unsat');
  });
  it('steps: proved where they cannot change, else no constant', async () => {
    const step = networkOf(1, [
      ['step', ['1 | -1']],
      ['identity', ['1 | 0']],
    ]);
    expect(await answer(step, around('0', '1'), exact, 0)).toBe('unsat');
    expect(await answer(step, around('0', '9/8'), round, 0)).toBe(
      'no constant is known, where steps may change there is none',
    );
  });
  it.each<[Norm, number]>([
    ['l1', 2],
    ['linf', 20],
    ['l1', 20],
    ['l2', 20],
  ])('%s, %i inputs: the constant of cells where there are few, never an error', async (norm, d) => {
    // relu(x₀ + x₁) − relu(x₀ + x₁ − 1) − relu(x₀ − x₁): no two steep parts meet, which only cells show.
    const row = (text: string, bias: string) => `${text}${' 0'.repeat(d - 2)} | ${bias}`;
    const network = networkOf(d, [
      ['relu', [row('1 1', '0'), row('1 1', '-1'), row('1 -1', '-2')]],
      ['relu', ['1 -1 -1 | 1']],
      ['identity', ['1 | 0']],
    ]);
    const centre = Array.from({ length: d }, () => '0').join(' ');
    expect(await answer(network, around(centre, '1/4', norm), sign, 1)).toBe('unsat');
    expect(await answer(network, around(centre, '1/4', norm), sign, 0)).toBe('the output at the centre is unsafe');
    expect(await answer(network, around(centre, '100', norm), sign, 1)).toMatch(/^margin 1 over constant /);
  });
  it('an empty unsafe set is safe, an empty conjunction is not', async () => {
    const region = around('0', '1');
    expect((await lipschitzEngine(hinge).verify({ network: hinge, region, unsafe: [] })).verdict).toBe('unsat');
    expect(await lipschitzEngine(hinge).verify({ network: hinge, region, unsafe: [[]] })).toEqual({
      verdict: 'unknown',
      reason: 'every output is unsafe',
    });
  });
  it('a conjunction fails with any of its constraints', async () => {
    const both = networkOf(1, [['identity', ['1 | 0', '-1 | 0']]]);
    const atLeast = (column: number, bound: string) => ({
      columns: [column],
      weights: [rational(1)],
      bias: parseRational(bound),
      strict: false,
    });
    const region = around('0', '1');
    const ask = async (...bounds: [string, string][]) =>
      (
        await lipschitzEngine(both).verify({
          network: both,
          region,
          unsafe: bounds.map(([a, b]) => [atLeast(0, a), atLeast(1, b)]),
        })
      ).verdict;
    expect(await ask(['-2', '5'])).toBe('unsat');
    expect(await ask(['5', '-2'])).toBe('unsat');
    expect(await ask(['-1', '-1'])).toBe('unknown');
    expect(await ask(['5', '-2'], ['5', '-1'])).toBe('unknown');
  });
});

const two = datasetOf(['0 0', '2 1', '1 4', '5 2', '1/8 0', '-3 2'].map(vector), [0, 1, 0, 1, 0, 1]);
const delta = (data: Dataset): Rational => separation(data, 'linf')!.magnitude;
const ratioOf = (data: Dataset, ratio: string): Rational => mul(delta(data), mul(rational(1, 2), parseRational(ratio)));

describe('the networks of [YGZ, Thm 5.2]', () => {
  const verdicts = async (network: Network, data: Dataset, ratio: string, open = false, reading = network.output!) => {
    const radius = ratioOf(data, ratio);
    const balls = await proveBalls(
      network,
      data.size,
      (i) => robustnessQuery(network, data, i, { norm: 'linf', radius, reading, open }),
      { engine: 'lipschitz' },
    );
    return balls.map(({ verdict }) => verdict.verdict).join(' ');
  };
  const all = (word: string) => Array.from({ length: two.size }, () => word).join(' ');

  it.each(['ygz-lipschitz', 'ygz-lipschitz-narrow', 'ygz-lipschitz-argmax'])(
    '%s: all open balls of radius δ/2 at once',
    async (name) => {
      const { network } = theoremNamed(name).construct(two, { norm: 'linf', radius: zero });
      expect(await verdicts(network, two, '0.98')).toBe(all('unsat'));
      expect(await verdicts(network, two, '1', true)).toBe(all('unsat'));
      expect(await verdicts(network, two, '1')).toContain('unknown');
      expect(await verdicts(network, two, '1001/1000', true)).toContain('unknown');
      const flipped = datasetOf(['0 0', '2 1', '1 4', '5 2', '1/8 0', '-3 2'].map(vector), [1, 0, 1, 0, 1, 0]);
      expect(await verdicts(network, flipped, '0.01')).toBe(all('unknown'));
    },
  );

  it('a perturbed output weight shrinks the radius that is proved', async () => {
    const { network } = theoremNamed('ygz-lipschitz').construct(two, { norm: 'linf', radius: zero });
    const last = network.layers.at(-1)!;
    const tilted: Network = {
      layers: [
        ...network.layers.slice(0, -1),
        layerOf(
          last.inputs,
          last.activation,
          Array.from({ length: rowCount(last) }, (_, r) => {
            const row = rowOf(last, r);
            return { ...row, weights: row.weights.map((w, k) => (k === 0 ? mul(w, rational(9, 8)) : w)) };
          }),
        ),
      ],
    };
    const radii = (changed: Network) =>
      Promise.all(
        [0, 1, 2, 3, 4, 5].map(async (i) => {
          const found = await certifiedRadius(
            changed,
            'linf',
            vector(['0 0', '2 1', '1 4', '5 2', '1/8 0', '-3 2'][i]!),
            unsafeFor(network.output!, two.labels[i]!),
          );
          return `${found?.open === true ? '<' : '≤'} ${formatRational(found!.radius!)}`;
        }),
      );
    const half = `< ${formatRational(mul(delta(two), rational(1, 2)))}`;
    expect(await radii(network)).toEqual(Array.from({ length: 6 }, () => half));
    const weaker = await radii(tilted);
    expect(weaker).not.toContain(half);
    expect(weaker.every((text) => parseRational(text.slice(2)).n > 0n)).toBe(true);
  });

  it('threshold networks have no constant', async () => {
    const { network } = theoremNamed('finke-box').construct(two, { norm: 'linf', radius: ratioOf(two, '1/2') });
    const reading = network.output!;
    const query = robustnessQuery(network, two, 0, { norm: 'linf', radius: ratioOf(two, '2'), reading });
    expect(await lipschitzEngine(network).verify(query)).toEqual({
      verdict: 'unknown',
      reason: 'no constant is known, where steps may change there is none',
    });
    expect(await certifiedRadius(network, 'linf', vector('0 0'), unsafeFor(reading, 0))).toBeUndefined();
  });
});

describe('certified radii', () => {
  const pair = networkOf(2, [['identity', ['1 0 | 0', '0 1 | 0', '1 1 | -5']]]);
  const shown = async (centre: string, reading: OutputReading, label: number, norm: Norm) => {
    const found = await certifiedRadius(pair, norm, vector(centre), unsafeFor(reading, label));
    if (found === undefined) return 'none';
    return `${found.open ? '<' : '≤'} ${found.radius === undefined ? '∞' : formatRational(found.radius)}`;
  };
  const argmax: OutputReading = { notion: 'argmax', classes: 3 };
  it('argmax: the least margin over the constant of the difference', async () => {
    // y₀ − y₁ = x − y and y₀ − y₂ = 5 − y at (3, 1).
    expect(await shown('3 1', argmax, 0, 'linf')).toBe('< 1');
    expect(await shown('3 1', argmax, 0, 'l1')).toBe('< 2');
    expect(await shown('3 1', argmax, 1, 'l1')).toBe('none');
  });
  it('sign, round, exact', async () => {
    expect(await shown('3 1', sign, 1, 'linf')).toBe('< 3');
    expect(await shown('9/8 1', round, 1, 'linf')).toBe('< 3/8');
    expect(await shown('1 1', exact, 1, 'linf')).toBe('none');
    const constant = networkOf(2, [['identity', ['0 0 | 1']]]);
    expect(await certifiedRadius(constant, 'l2', vector('5 5'), unsafeFor(exact, 1))).toEqual({
      radius: undefined,
      open: false,
    });
    expect(await certifiedRadius(constant, 'l2', vector('5 5'), unsafeFor(exact, 0))).toBeUndefined();
  });
});
