/** Models into verdicts: rational ones replay or are a bug, algebraic ones are moved to a rational point or given up. */
import { describe, expect, it } from 'vitest';
import {
  add,
  mul,
  parseRational,
  powerOfTwo,
  type Rational,
  rational,
  rootBelow,
  sub,
} from '../../../src/exact/index.js';
import { ball, contains } from '../../../src/geometry/index.js';
import type { Network } from '../../../src/network/index.js';
import { type Constraint, type Query, replay } from '../../../src/verify/index.js';
import { localFace, projection } from '../../../src/verify/smt/local-face.js';
import { verdictOfModel } from '../../../src/verify/smt/model.js';
import type { Z3Value } from '../../../src/verify/smt/z3-protocol.js';
import { networkOf, vector } from '../fixtures/networks.js';

const constraint = (weights: string, bias: string, strict = false): Constraint => ({
  columns: vector(weights).map((_, k) => k),
  weights: vector(weights),
  bias: parseRational(bias),
  strict,
});
const identity = networkOf(2, [['identity', ['1 0 | 0', '0 1 | 0']]]);
const disc = ball('l2', vector('0 0'), rational(1));
const query = (unsafe: Query['unsafe'], network: Network = identity, region = disc): Query => ({
  network,
  region,
  unsafe,
});
/** ±√q to about 30 digits, as z3 tells it. */
function root(q: string, sign = 1): Z3Value {
  const low = rootBelow(parseRational(q), 100).value;
  const high = add(low, mul(low, powerOfTwo(-99)));
  const text = (v: Rational) => `${v.n * BigInt(sign)}/${v.d}`;
  return { algebraic: sign > 0 ? { lower: text(low), upper: text(high) } : { lower: text(high), upper: text(low) } };
}
const names = ['x0', 'x1'];
const exact = (x0: string, x1: string) => ({ x0: { rational: x0 }, x1: { rational: x1 } });

describe('rational models', () => {
  const far = query([[constraint('1 0', '-1')]]);

  it('replay', () => {
    expect(verdictOfModel(far, names, exact('1', '0'))).toEqual({
      verdict: 'sat',
      point: vector('1 0'),
      outputs: vector('1 0'),
    });
  });

  it('that do not replay are a bug', () => {
    expect(() => verdictOfModel(far, names, exact('1/2', '0'))).toThrow(/^z3: .*safe output.*\(1\/2, 0\)/);
    expect(() => verdictOfModel(far, names, exact('2', '0'))).toThrow(/^z3: .*outside the region.*\(2, 0\)/);
    expect(() => verdictOfModel(far, names, { x0: { rational: '1' } })).toThrow('a value of x1');
  });
});

describe('algebraic models', () => {
  const half = { x0: root('1/2'), x1: root('1/2') };
  const found = (q: Query, model: Record<string, Z3Value>) => {
    const verdict = verdictOfModel(q, names, model);
    if (verdict.verdict !== 'sat') throw new Error(verdict.verdict);
    expect(replay(q, verdict.point)).toMatchObject({ inside: true, unsafe: true });
    return verdict.point;
  };

  it('on the sphere are rounded towards the centre, with few digits where that is enough', () => {
    const point = found(query([[constraint('1 1', '-7/5')]]), half);
    expect(point).toEqual([rational(181, 256), rational(181, 256)]);
  });

  it('in thin sets are rounded finely', () => {
    const bound = add(parseRational('1.41421356237309504880'), rational(0));
    expect(found(query([[constraint('1 1', `-${bound.n}/${bound.d}`, true)]]), half)[0]!.d).toBeGreaterThan(1n << 40n);
  });

  it('below the centre and in an open ball work too', () => {
    const region = ball('l2', vector('1 1'), rational(1), true);
    const low = query([[constraint('-1 -1', '3/5')]], identity, region);
    const shifted = (v: Z3Value): Z3Value => {
      if (!('algebraic' in v)) return v;
      const [lower, upper] = [v.algebraic.lower, v.algebraic.upper].map((t) => add(parseRational(t), rational(1)));
      return { algebraic: { lower: `${lower!.n}/${lower!.d}`, upper: `${upper!.n}/${upper!.d}` } };
    };
    const inside = { x0: shifted(root('49/100', -1)), x1: shifted(root('1/2', -1)) };
    expect(contains(region, found(low, inside))).toBe(true);
  });

  it('on a flat without neighbours outside it are moved along the flat', () => {
    // Unsafe exactly where relu(3 x0 − x1) + relu(x1 − 3 x0) ≤ 0: a line, which rounding misses.
    const line = networkOf(2, [
      ['relu', ['3 -1 | 0', '-3 1 | 0']],
      ['identity', ['-1 -1 | 0', '0 0 | 1', '0 0 | 0']],
    ]);
    const q = query([[{ columns: [0], weights: [rational(1)], bias: rational(0), strict: false }]], line);
    const [a, b] = found(q, { x0: root('1/10'), x1: root('9/10') });
    expect(b).toEqual(mul(rational(3), a!));
  });

  it('that touch a flat become the rational point where it touches', () => {
    const q = query([[constraint('3 4', '-5')]]);
    const around = (v: string): Z3Value => {
      const width = powerOfTwo(-99);
      const [lower, upper] = [sub(parseRational(v), width), add(parseRational(v), width)];
      return { algebraic: { lower: `${lower.n}/${lower.d}`, upper: `${upper.n}/${upper.d}` } };
    };
    expect(found(q, { x0: around('3/5'), x1: around('4/5') })).toEqual(vector('3/5 4/5'));
  });

  it('without a rational point nearby are unknown, with the place', () => {
    const verdict = verdictOfModel(query([[constraint('1 0', '-2')]]), names, half);
    expect(verdict).toEqual({
      verdict: 'unknown',
      reason: 'z3: no rational point near the algebraic model (0.707107, 0.707107) replays',
    });
  });
});

describe('localFace', () => {
  it('has the vanishing neurons and constraints as equations', () => {
    const network = networkOf(2, [
      ['relu', ['1 -1 | 0', '1 1 | -1', '1 0 | 1']],
      ['step', ['0 0 1 | -3/2', '0 0 1 | 0']],
      ['identity', ['1 2 | 0']],
    ]);
    const middle = vector('1/2 1/2');
    const flat = localFace(
      query([[{ columns: [0], weights: [rational(1)], bias: rational(0), strict: false }]], network),
      { lower: middle, upper: middle },
      middle,
    );
    expect(flat).toEqual({ normals: [vector('1 -1'), vector('1 1'), vector('1 0')], values: vector('0 1 1/2') });
    expect(projection(flat, vector('9 -4'))).toEqual(middle);
  });

  it('projects orthogonally, and finds empty flats', () => {
    expect(projection({ normals: [vector('1 2')], values: vector('5') }, vector('0 0'))).toEqual(vector('1 2'));
    expect(projection({ normals: [], values: [] }, vector('3 4'))).toEqual(vector('3 4'));
    expect(projection({ normals: [vector('1 0'), vector('2 0')], values: vector('1 3') }, vector('0 0'))).toBe(
      undefined,
    );
  });
});
