/** The cheap search: what it must find, that it finds nothing where nothing is, and that it repeats itself. */
import { describe, expect, it } from 'vitest';
import { parseRational, type Rational, randomSource, rational } from '../../src/exact/index.js';
import { ball, point, type Region } from '../../src/geometry/index.js';
import type { Network } from '../../src/network/index.js';
import { affordableSamples, falsify, type Query, replay, robustnessQuery } from '../../src/verify/index.js';
import { golden, goldenData, goldenReading, networkOf, randomNetwork, vector } from './fixtures/networks.js';

const robust = (i: number, radius: Rational, network = golden(), open = false): Query =>
  robustnessQuery(network, goldenData, i, { norm: 'linf', radius, reading: goldenReading, open });
const others = (i: number) => [0, 1, 2].filter((k) => k !== i).map((k) => point(goldenData, k));
/** Unsafe where the only output is ≥ 0, or > 0. */
const positive = (network: Network, region: Region, strict = false): Query => ({
  network,
  region,
  unsafe: [[{ columns: [0], weights: [rational(1)], bias: rational(0), strict }]],
});

describe('falsify', () => {
  it.each([0, 1, 2])('finds nothing on ball %i of a robust network', (i) => {
    expect(falsify(robust(i, rational(3, 4)), { towards: others(i) })).toBe(undefined);
  });

  it.each([0, 1, 2])('finds a counterexample for sample %i beyond half the separation', (i) => {
    for (const open of [false, true]) {
      const query = robust(i, parseRational('1.01'), golden(), open);
      // Two points: the centre, which is right, and the first direction.
      const found = falsify(query, { towards: others(i), samples: i === 2 ? 3 : 2 });
      expect(replay(query, found!.point)).toMatchObject({ inside: true, unsafe: true, outputs: found!.outputs });
    }
  });

  it('finds a counterexample without samples to move towards', () => {
    expect(falsify(robust(0, parseRational('1.01')))?.verdict).toBe('sat');
  });

  it('finds a changed weight, a flipped label and a removed neuron', () => {
    const weight = golden((layers) => layers[0]![1].splice(1, 1, '-7/8 0 | 5/4'));
    const removed = golden((layers) => {
      layers[0]![1].splice(2, 1);
      layers[1]![1] = ['-2 -2 -2 0 0 0 0 | 1', '0 0 0 -2 -2 -2 -2 | 1'];
    });
    expect(falsify(robust(1, rational(3, 4), weight), { towards: others(1) })?.verdict).toBe('sat');
    expect(falsify(robust(1, rational(3, 4), removed), { towards: others(1) })).toBe(undefined);
    const above = { ...robust(0, rational(3, 4), removed), region: ball('linf', vector('2 3'), rational(1, 4)) };
    expect(falsify(above)?.verdict).toBe('sat');
    const flipped = { ...robust(0, rational(3, 4)), unsafe: robust(1, rational(3, 4)).unsafe };
    expect(falsify(flipped, { samples: 1 })?.point).toEqual(vector('0 0'));
  });

  it('reaches the corner of an ℓ∞ ball, the vertex of an ℓ1 ball, a rational point of a sphere', () => {
    const network = networkOf(2, [['identity', ['3 4 | -5']]]);
    const at = (region: Region) => falsify(positive(network, region), { samples: 8 })?.point;
    expect(at(ball('linf', vector('0 0'), rational(5, 7)))).toEqual(vector('5/7 5/7'));
    expect(at(ball('l1', vector('0 0'), rational(5, 4)))).toEqual(vector('0 5/4'));
    // The ball touches the unsafe half-plane in (3/5, 4/5) alone.
    expect(at(ball('l2', vector('0 0'), rational(1)))).toEqual(vector('3/5 4/5'));
    expect(at({ kind: 'box', lower: vector('-1 -1'), upper: vector('1 1/2') })).toEqual(vector('1 1/2'));
    // Open balls touch nothing; a little more radius is enough.
    for (const norm of ['linf', 'l1', 'l2'] as const) {
      const touching = { linf: rational(5, 7), l1: rational(5, 4), l2: rational(1) }[norm];
      expect(at(ball(norm, vector('0 0'), touching, true)), norm).toBe(undefined);
      const more = rational(touching.n * 1001n, touching.d * 1000n);
      expect(at(ball(norm, vector('0 0'), more, true)), norm).toBeDefined();
    }
  });

  it('goes as far as it can towards each given point', () => {
    // Unsafe within 1/20 of (3/10, -1/5), which is on the way to the second point.
    const spot = networkOf(2, [
      ['relu', ['1 0 | -3/10', '-1 0 | 3/10', '0 1 | 1/5', '0 -1 | -1/5']],
      ['identity', ['-1 -1 -1 -1 | 1/20']],
    ]);
    const towards = [vector('9 -6'), vector('-1 4')];
    const query = positive(spot, ball('linf', vector('0 0'), rational(3, 10)));
    expect(falsify(query, { towards, samples: 3 })?.point).toEqual(vector('3/10 -1/5'));
  });

  it('tries all corners in low dimensions', () => {
    // Unsafe near one corner only, flat elsewhere, with slopes that point away from it.
    const network = networkOf(3, [
      ['step', ['1 0 0 | -9/10', '0 -1 0 | -9/10', '0 0 1 | -9/10', '1 -1 1 | -10']],
      ['identity', ['1 1 1 -8 | -3']],
    ]);
    const region = ball('linf', vector('0 0 0'), rational(1));
    const found = falsify(positive(network, region), { samples: 18 });
    expect(found?.point).toEqual(vector('1 -1 1'));
  });

  it('knows the trivial sets', () => {
    const query = robust(0, rational(0));
    expect(falsify({ ...query, unsafe: [] })).toBe(undefined);
    expect(falsify({ ...query, unsafe: [[]] })?.point).toEqual(vector('0 0'));
    expect(falsify(query)).toBe(undefined);
    expect(falsify({ ...query, unsafe: [[]] }, { samples: 0 })).toBe(undefined);
  });

  it('repeats itself for a seed, and finds other points with another', () => {
    // Unsafe on a small diamond around (3/10, 1/5), away from all corners, axes and slopes.
    const diamond = networkOf(2, [
      ['relu', ['1 0 | -3/10', '-1 0 | 3/10', '0 1 | -1/5', '0 -1 | 1/5']],
      ['identity', ['-1 -1 -1 -1 | 3/20']],
    ]);
    for (const norm of ['linf', 'l1', 'l2'] as const) {
      const query = positive(diamond, ball(norm, vector('0 0'), rational(1)));
      const [a, again, b] = [5, 5, 6].map((seed) => falsify(query, { seed })?.point);
      expect(a, norm).toBeDefined();
      expect(again, norm).toEqual(a);
      expect(b, norm).toBeDefined();
      expect(b, norm).not.toEqual(a);
    }
  });

  it('replays what it finds in random networks and regions', () => {
    const random = randomSource(11);
    let hits = 0;
    for (let k = 0; k < 60; k++) {
      const network = randomNetwork(random, 3, [
        ['relu', 6],
        [k % 2 === 0 ? 'relu' : 'step', 4],
      ]);
      const norm = (['linf', 'l1', 'l2'] as const)[k % 3]!;
      const query = positive(network, ball(norm, vector('1/2 0 -1/3'), rational(3, 2), k % 4 === 0), true);
      const found = falsify(query, { samples: 60 });
      if (found === undefined) continue;
      hits++;
      expect(replay(query, found.point)).toMatchObject({ inside: true, unsafe: true, outputs: found.outputs });
    }
    expect(hits).toBeGreaterThan(10);
    expect(hits).toBeLessThan(60);
  });

  it('spends less on larger networks', () => {
    const wide = (rows: number) => networkOf(1, [['relu', new Array(rows).fill('1 | 1')]]);
    const [few, many] = [affordableSamples(wide(20_000)), affordableSamples(wide(200))];
    expect(few).toBeLessThan(80);
    expect(few).toBeGreaterThanOrEqual(4);
    expect(many).toBeGreaterThan(4 * few);
    const heavy = networkOf(1, [['relu', new Array(200).fill(`1/3 | ${2n ** 60n}`)]]);
    expect(affordableSamples(heavy)).toBeLessThan(many);
  });
});
