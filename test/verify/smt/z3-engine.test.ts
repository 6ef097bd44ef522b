/**
 * What z3 makes of the encodings: proofs, negative controls, vacuity, agreement of all encodings with each other and
 * with exact evaluation.
 *
 * z3 runs from `dist`, so the project has to be built first.
 */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseRational, randomSource, rational, subVectors, type Vector } from '../../../src/exact/index.js';
import { InternalError, type Norm } from '../../../src/format/index.js';
import { ball, contains, type Region } from '../../../src/geometry/index.js';
import { evaluate, type Network } from '../../../src/network/index.js';
import { intervalBounds } from '../../../src/verify/bounds/interval.js';
import { type Constraint, type Query, replay, robustnessQuery, type UnsafeSet } from '../../../src/verify/index.js';
import { type EncodeOptions, encode } from '../../../src/verify/smt/encode.js';
import { z3Pool } from '../../../src/verify/smt/z3.js';
import { z3Engine } from '../../../src/verify/smt/z3-engine.js';
import { golden, goldenData, goldenReading, networkOf, randomNetwork, vector } from '../fixtures/networks.js';

// Nothing here is slow by itself; a busy machine is.
vi.setConfig({ testTimeout: 60_000 });

const pool = z3Pool({ timeoutMs: 30_000 });
afterAll(() => pool.close());
const engines = [true, false].flatMap((tighten) =>
  (['disjunction', 'ite'] as const).map((form) => ({ name: `${form}${tighten ? ', tightened' : ''}`, tighten, form })),
);
const engine = (options: { tighten?: boolean; form?: 'disjunction' | 'ite' } = {}) => z3Engine({ ...options, pool });
const plain = engine({ tighten: false });

const robust = (i: number, radius: string, network = golden(), open = false): Query =>
  robustnessQuery(network, goldenData, i, {
    norm: 'linf',
    radius: parseRational(radius),
    reading: goldenReading,
    open,
  });
const constraint = (weight: number, bias: Constraint['bias'], strict = false): Constraint => ({
  columns: [0],
  weights: [rational(weight)],
  bias,
  strict,
});
const proved = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
const status = async (query: Query, options: EncodeOptions = {}): Promise<string> => {
  const { text, constants } = encode(query, options);
  return (await pool.solve(text, constants)).status;
};

describe.each(engines)('$name', (options) => {
  const { verify } = engine(options);

  it('proves the balls of a memorizer, closed up to its radius', async () => {
    for (const i of [0, 1, 2]) expect(await verify(robust(i, '3/4')), `ball ${i}`).toEqual(proved);
  });

  it('refutes everything that is wrong, with a replayed counterexample', async () => {
    const weight = golden((layers) => layers[0]![1].splice(1, 1, '-7/8 0 | 5/4'));
    const removed = golden((layers) => {
      layers[0]![1].splice(3, 1);
      layers[1]![1] = ['-2 -2 -2 0 0 0 0 | 1', '0 0 0 -2 -2 -2 -2 | 1'];
    });
    const wrong: Record<string, Query> = {
      'radius beyond half the separation, sample 0': robust(0, '101/100'),
      'radius beyond half the separation, sample 1': robust(1, '101/100'),
      'radius beyond half the separation, open': robust(0, '101/100', golden(), true),
      'flipped label': { ...robust(1, '3/4'), unsafe: robust(2, '3/4').unsafe },
      'changed weight': robust(1, '3/4', weight),
      'removed neuron': { ...robust(0, '1', removed), region: ball('linf', vector('2 -1/2'), rational(1, 4)) },
    };
    for (const [name, query] of Object.entries(wrong)) {
      const verdict = await verify(query);
      if (verdict.verdict !== 'sat') throw new Error(`${name}: ${verdict.verdict}`);
      expect(replay(query, verdict.point), name).toMatchObject({
        inside: true,
        unsafe: true,
        outputs: verdict.outputs,
      });
    }
  });

  it('is not vacuous: every part without the unsafe set is satisfiable', async () => {
    const query = robust(1, '3/4');
    const bounds = options.tighten ? { bounds: intervalBounds(query.network, query.region) } : {};
    for (const part of ['network-only', 'region-only', 'without-unsafe'] as const) {
      expect(await status(query, { ...bounds, part, form: options.form }), part).toBe('sat');
    }
  });

  it('decides trivial sets by asking z3', async () => {
    expect(await verify({ ...robust(0, '3/4'), unsafe: [] })).toEqual(proved);
    expect(await verify({ ...robust(0, '0'), unsafe: [[]] })).toMatchObject({ verdict: 'sat', point: vector('0 0') });
  });
});

describe('the encoding fixes the outputs at a point', () => {
  const random = randomSource(3);
  const networks: Network[] = [];
  for (let k = 0; k < 8; k++) {
    const second = k % 2 === 0 ? 'relu' : 'step';
    networks.push(
      randomNetwork(random, 2, [
        ['relu', 3],
        [second, 3],
        ['identity', 2],
      ]),
    );
  }

  it.each(['disjunction', 'ite'] as const)('to the exact value, %s', async (form) => {
    for (const network of networks) {
      const x = [rational(random.between(-9, 9), 4), rational(random.between(-9, 9), 4)];
      const y = evaluate(network, x)[0]!;
      const minusY = { n: -y.n, d: y.d };
      const region = ball('linf', x, rational(0));
      const same: UnsafeSet = [[constraint(1, minusY), constraint(-1, y)]];
      const other: UnsafeSet = [[constraint(1, minusY, true)], [constraint(-1, y, true)]];
      expect(await status({ network, region, unsafe: same }, { form })).toBe('sat');
      expect(await status({ network, region, unsafe: other }, { form })).toBe('unsat');
    }
  });
});

describe('random networks', () => {
  const grid: Vector[] = [];
  for (let a = -4; a <= 4; a++) for (let b = -4; b <= 4; b++) grid.push([rational(a, 4), rational(b, 4)]);
  const centre = vector('1/2 -1/3');

  /** Verdicts of all encodings; they agree, and no grid point of the region contradicts them. */
  async function decide(query: Query): Promise<string> {
    const verdicts: string[] = [];
    for (const options of engines) verdicts.push((await engine(options).verify(query)).verdict);
    expect(new Set(verdicts).size, verdicts.join()).toBe(1);
    for (const offset of grid) {
      const x = subVectors(centre, offset);
      const found = contains(query.region, x) && replay(query, x).unsafe;
      if (found) expect(verdicts[0]).toBe('sat');
    }
    return verdicts[0]!;
  }

  it.each(['linf', 'l1', 'l2', 'box'] as const)(
    'all encodings agree, and with a grid of points, in %s',
    async (kind) => {
      const random = randomSource(17);
      const seen = { sat: 0, unsat: 0 };
      const rounds = kind === 'l2' ? 6 : 14;
      for (let k = 0; k < rounds; k++) {
        const hidden = [['relu', 3] as const, [k % 3 === 2 ? 'step' : 'relu', 2] as const];
        const network = randomNetwork(random, 2, hidden);
        const region: Region =
          kind === 'box'
            ? { kind, lower: subVectors(centre, vector('1/2 1')), upper: centre }
            : ball(kind, centre, rational(4, 5), k % 4 === 1);
        // At, a little above or far above a value that is taken: some sets are reached, some are not.
        const value = evaluate(network, centre)[0]!;
        const above = rational(random.between(0, 3), 2);
        const bias = { n: -(value.n * above.d + above.n * value.d), d: value.d * above.d };
        const verdict = await decide({ network, region, unsafe: [[constraint(1, bias, k % 2 === 1)]] });
        if (verdict === 'sat' || verdict === 'unsat') seen[verdict]++;
      }
      expect(seen.sat + seen.unsat).toBe(rounds);
      expect(seen.sat).toBeGreaterThan(0);
      expect(seen.unsat).toBeGreaterThan(0);
    },
  );
});

describe('bounds never make a network unsatisfiable', () => {
  it('for neurons that are off, on or undecided, with and without the region', async () => {
    const random = randomSource(29);
    for (let k = 0; k < 10; k++) {
      const network = randomNetwork(random, 2, [
        ['relu', 4],
        [k % 2 === 0 ? 'relu' : 'step', 3],
      ]);
      const region = ball('linf', vector('1/2 -1/3'), rational(1, 2), k % 3 === 0);
      const query: Query = { network, region, unsafe: [[constraint(1, rational(0))]] };
      const bounds = intervalBounds(network, region);
      for (const part of ['network-only', 'region-only', 'without-unsafe'] as const) {
        expect(await status(query, { bounds, part }), `${k} ${part}`).toBe('sat');
        expect(await status(query, { part }), `${k} ${part}, no bounds`).toBe('sat');
      }
    }
  });
});

describe('edges of regions', () => {
  const sum = networkOf(2, [['identity', ['1 1 | 0']]]);
  // The largest value of x0 + x1 on the unit ball: 2, 1 and √2.
  const largest: Record<Norm, [at: string, above: string]> = {
    linf: ['2', '2000001/1000000'],
    l1: ['1', '1000001/1000000'],
    l2: ['1414213562/1000000000', '1414213563/1000000000'],
  };

  it.each(['linf', 'l1', 'l2'] as const)(
    'a closed %s ball reaches its largest value, an open one does not',
    async (norm) => {
      const [at, above] = largest[norm].map((v) => parseRational(v));
      const reaches = async (value: typeof at, open: boolean): Promise<string> => {
        const region = ball(norm, vector('0 0'), rational(1), open);
        const bias = { n: -value!.n, d: value!.d };
        const verdict = await plain.verify({ network: sum, region, unsafe: [[constraint(1, bias)]] });
        if (verdict.verdict === 'sat') expect(contains(region, verdict.point)).toBe(true);
        return verdict.verdict;
      };
      expect(await reaches(at, false)).toBe('sat');
      expect(await reaches(above, false)).toBe('unsat');
      // √2 is irrational: the closed and the open ℓ2 ball have the same rational points with large sums.
      expect(await reaches(at, true)).toBe(norm === 'l2' ? 'sat' : 'unsat');
    },
  );

  it('a step is 0 at 0 and 1 above', async () => {
    const step = networkOf(1, [
      ['step', ['1 | 0']],
      ['identity', ['1 | 0']],
    ]);
    const one: UnsafeSet = [[constraint(1, rational(-1))]];
    for (const options of engines) {
      const { verify } = engine(options);
      const at = (region: Region) => verify({ network: step, region, unsafe: one });
      expect((await at(ball('l1', vector('-1'), rational(1)))).verdict).toBe('unsat');
      expect((await at(ball('l1', vector('-1'), rational(11, 10)))).verdict).toBe('sat');
      const none: Query['unsafe'] = [[constraint(-1, rational(0))]];
      const open = { network: step, region: ball('linf', vector('1'), rational(1), true), unsafe: none };
      expect((await verify(open)).verdict).toBe('unsat');
      expect((await verify({ ...open, region: ball('linf', vector('1'), rational(1)) })).verdict).toBe('sat');
    }
  });

  it('an ℓ2 ball that touches the unsafe set in an irrational direction is decided', async () => {
    // Unsafe on the line x1 = 2 x0, with x0 ≥ 2/5: its end on the sphere is irrational, its points before are not.
    const line = networkOf(2, [
      ['relu', ['2 -1 | 0', '-2 1 | 0', '1 0 | 0']],
      ['identity', ['-1 -1 0 | 0', '0 0 1 | -2/5']],
    ]);
    const unsafe: UnsafeSet = [
      [0, 1].map((k) => ({ columns: [k], weights: [rational(1)], bias: rational(0), strict: false })),
    ];
    const verdict = await plain.verify({ network: line, region: ball('l2', vector('0 0'), rational(1)), unsafe });
    expect(verdict.verdict).toBe('sat');
  });
});

describe('answers that are no verdict', () => {
  const answering = (answer: unknown) =>
    z3Engine({ pool: { solve: async () => answer as never, close: async () => {} } });

  it('pass through', async () => {
    expect(await answering({ status: 'timed-out' }).verify(robust(0, '3/4'))).toEqual({ verdict: 'timed-out' });
    const unknown = { status: 'unknown', reason: 'z3: incomplete' };
    expect(await answering(unknown).verify(robust(0, '3/4'))).toEqual({ verdict: 'unknown', reason: 'z3: incomplete' });
  });

  it('a model that does not replay is a bug, told with the engine', async () => {
    const model = { x0: { rational: '0' }, x1: { rational: '0' } };
    await expect(answering({ status: 'sat', model }).verify(robust(0, '3/4'))).rejects.toThrow(InternalError);
    await expect(answering({ status: 'sat', model }).verify(robust(0, '3/4'))).rejects.toThrow(/^z3: .*\(0, 0\)/);
  });

  it('an abort leaves nothing undecided behind', async () => {
    const controller = new AbortController();
    const own = z3Engine({ tighten: false });
    try {
      const running = [0, 1, 2].map((i) => own.verify(robust(i, '3/4'), controller.signal));
      controller.abort();
      for (const verdict of await Promise.all(running)) {
        expect(verdict).toEqual({ verdict: 'unknown', reason: 'interrupted' });
      }
      expect(await own.verify(robust(0, '3/4'))).toEqual(proved);
    } finally {
      await own.close();
    }
    expect((await own.verify(robust(0, '3/4'))).verdict).toBe('unknown');
  });

  it('writes scripts only as fast as they are taken', async () => {
    let asked = 0;
    const answers: ((answer: never) => void)[] = [];
    const solve = () => {
      asked++;
      return new Promise<never>((resolve) => answers.push(resolve));
    };
    const slow = z3Engine({ jobs: 2, pool: { solve, close: async () => {} } });
    const verdicts = [0, 1, 2, 0, 1].map((i) => slow.verify(robust(i, '3/4')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(3);
    for (let k = 0; k < 5; k++) {
      answers[k]!({ status: 'timed-out' } as never);
      await verdicts[k];
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(asked).toBe(5);
  });
});
