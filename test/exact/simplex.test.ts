import { describe, expect, it } from 'vitest';
import {
  type LinearProgram,
  type LinearRow,
  linearRow,
  one,
  outcomeHolds,
  parseRational,
  type Rational,
  type Relation,
  randomSource,
  rational,
  solveLinearProgram,
  zero,
} from '../../src/exact/index.js';

const vector = (text: string): Rational[] => text.split(' ').map((t) => parseRational(t));

/** `1 2 <= 3` as a row. */
function row(text: string): LinearRow {
  const [, left, relation, right] = /^(.*) (<=|=|>=) (\S+)$/.exec(text)!;
  return linearRow(vector(left!), relation as Relation, parseRational(right!));
}

const program = (objective: string, rows: string[], free: number[] = []): LinearProgram => ({
  objective: vector(objective),
  rows: rows.map(row),
  free,
});

describe('solveLinearProgram', () => {
  it.each([
    ['a vertex', program('-3 -5', ['1 0 <= 4', '0 2 <= 12', '3 2 <= 18']), '-36', '2 6'],
    ['an equation', program('1 1', ['1 -1 = 1/3', '1 1 >= 1']), '1', '2/3 1/3'],
    ['a free variable below 0', program('1', ['1 >= -7/2'], [0]), '-7/2', '-7/2'],
    [
      'two free variables, a diamond',
      program('1 2', ['1 1 >= -1', '1 -1 >= -1', '-1 1 >= -1', '-1 -1 >= -1'], [0, 1]),
      '-2',
      '0 -1',
    ],
    ['no rows', program('2 0', []), '0', '0 0'],
    ['no variables of use', program('0', ['0 <= 5', '0 = 0']), '0', '0'],
    ['redundant equations', program('1 0', ['1 1 = 2', '2 2 = 4', '0 1 <= 1/2']), '3/2', '3/2 1/2'],
    ['a feasible region of one point', program('5 -7', ['1 1 <= 0']), '0', '0 0'],
    ['fractions of many sizes', program('-1/7', ['3/11 <= 5/13']), '-55/273', '55/39'],
    [
      "Beale's example, on which the steepest rule cycles",
      program('-3/4 20 -1/2 6', ['1/4 -8 -1 9 <= 0', '1/2 -12 -1/2 3 <= 0', '0 0 1 0 <= 1']),
      '-5/4',
      '1 0 1 0',
    ],
  ])('finds the optimum: %s', (_, lp, value, point) => {
    const found = solveLinearProgram(lp);
    expect(found).toMatchObject({ status: 'optimal', value: parseRational(value), point: vector(point) });
    expect(outcomeHolds(lp, found)).toBe(true);
  });

  it('gives the multipliers of the textbook', () => {
    const found = solveLinearProgram(program('-3 -5', ['1 0 <= 4', '0 2 <= 12', '3 2 <= 18']));
    expect(found).toMatchObject({ multipliers: vector('0 -3/2 -1') });
    // The same rows as ≥: the signs turn.
    const turned = solveLinearProgram(program('-3 -5', ['-1 0 >= -4', '0 -2 >= -12', '-3 -2 >= -18']));
    expect(turned).toMatchObject({ multipliers: vector('0 3/2 1') });
  });

  it.each([
    ['parallel', program('0 0', ['1 1 <= 1', '1 1 >= 2'])],
    ['the signs alone', program('0', ['1 <= -1'])],
    ['equations', program('0 0', ['1 1 = 1', '2 2 = 3'], [0, 1])],
    ['an equation of nothing', program('1', ['0 = -2'])],
    ['a row of nothing', program('1', ['0 >= 1/9'])],
    ['three half-planes', program('0 0', ['1 0 >= 0', '0 1 >= 0', '1 1 <= -1/100'], [0, 1])],
    ['an equation against the signs', program('0 0', ['1 1 = -1'])],
  ])('refutes: %s', (_, lp) => {
    const found = solveLinearProgram(lp);
    expect(found.status).toBe('infeasible');
    expect(outcomeHolds(lp, found)).toBe(true);
  });

  it.each([
    ['a ray', program('-1 0', ['1 -1 <= 1'])],
    ['a free variable without rows', program('0 1', ['1 0 >= 2'], [1])],
    ['a line', program('1 1', ['1 -1 = 0'], [0, 1])],
    ['a free variable that only equations hold', program('0 0 -1', ['1 0 1 = 0', '0 1 0 >= 3'], [0, 2])],
  ])('sees that there is no bound: %s', (_, lp) => {
    const found = solveLinearProgram(lp);
    expect(found.status).toBe('unbounded');
    expect(outcomeHolds(lp, found)).toBe(true);
  });

  it('stops below a value, and after a number of pivots', () => {
    const lp = program('-1 -1', ['1 0 <= 5', '0 1 <= 5', '1 1 <= 8']);
    const found = solveLinearProgram(lp, { stopBelow: zero });
    expect(found).toMatchObject({ status: 'below', value: rational(-5) });
    expect(outcomeHolds(lp, found)).toBe(true);
    expect(solveLinearProgram(lp, { stopBelow: rational(-8) })).toMatchObject({
      status: 'optimal',
      value: rational(-8),
    });
    expect(solveLinearProgram(lp, { mostPivots: 1 })).toEqual({ status: 'unfinished' });
  });

  it('refuses a column outside the objective', () => {
    const rows: LinearRow[] = [{ columns: [2], values: [one], relation: '<=', bound: one }];
    expect(() => solveLinearProgram({ objective: [one], rows })).toThrow(
      new RangeError('solveLinearProgram: row 0: expected columns below 1, got 2'),
    );
  });

  it('proves its answer on random programs of every kind', () => {
    const random = randomSource(5);
    const seen = { optimal: 0, infeasible: 0, unbounded: 0, below: 0, unfinished: 0 };
    for (let run = 0; run < 1500; run++) {
      const lp = randomProgram(random.between(1, 5), random.between(0, 7), random);
      const found = solveLinearProgram(lp);
      expect(outcomeHolds(lp, found), JSON.stringify(lp, bigints)).toBe(true);
      seen[found.status]++;
      if (found.status !== 'optimal') continue;
      // The dual has the same value: Σ b·y, y within its signs, maximised as −min.
      expect(solveLinearProgram(dual(lp))).toMatchObject({
        status: 'optimal',
        value: { n: -found.value.n, d: found.value.d },
      });
    }
    expect(Math.min(seen.optimal, seen.infeasible, seen.unbounded)).toBeGreaterThan(150);
    expect(seen.below + seen.unfinished).toBe(0);
  });
});

describe('outcomeHolds', () => {
  const lp = program('-3 -5', ['1 0 <= 4', '0 2 <= 12', '3 2 <= 18']);
  const value = rational(-36);
  const point = vector('2 6');
  const multipliers = vector('0 -3/2 -1');
  it.each([
    ['a point outside', { status: 'optimal', value, point: vector('2 7'), multipliers }],
    ['a negative coordinate', { status: 'optimal', value: zero, point: vector('5 -3'), multipliers }],
    ['a wrong value', { status: 'optimal', value: rational(-35), point, multipliers }],
    ['a point that is not best', { status: 'optimal', value: rational(-17), point: vector('4 1'), multipliers }],
    ['a multiplier of the wrong sign', { status: 'optimal', value, point, multipliers: vector('-1 -3/2 1') }],
    ['multipliers of another value', { status: 'optimal', value, point, multipliers: vector('0 -3 -1') }],
    ['a missing multiplier', { status: 'optimal', value, point, multipliers: vector('0 -3/2') }],
    ['a refutation of what is feasible', { status: 'infeasible', multipliers }],
    ['no refutation', { status: 'infeasible', multipliers: vector('0 0 0') }],
    ['a direction that leaves', { status: 'unbounded', point, direction: vector('1 0') }],
    ['a direction that does not fall', { status: 'unbounded', point, direction: vector('0 0') }],
    ['an early stop outside', { status: 'below', value: rational(-40), point: vector('5 5') }],
  ] as const)('refuses %s', (_, outcome) => expect(outcomeHolds(lp, outcome)).toBe(false));

  it('accepts what is right', () => {
    expect(outcomeHolds(lp, { status: 'optimal', value, point, multipliers })).toBe(true);
    expect(outcomeHolds(lp, { status: 'below', value: rational(-5), point: vector('0 1') })).toBe(true);
    expect(outcomeHolds(lp, { status: 'unfinished' })).toBe(true);
  });
});

function randomProgram(columns: number, rows: number, random: ReturnType<typeof randomSource>): LinearProgram {
  const relations: Relation[] = ['<=', '<=', '>=', '='];
  // Many zeros: degenerate vertices, empty rows and columns.
  const value = () => (random.coin() ? zero : rational(random.between(-4, 4), random.between(1, 3)));
  const values = (count: number) => Array.from({ length: count }, value);
  return {
    objective: values(columns),
    rows: Array.from({ length: rows }, () => linearRow(values(columns), relations[random.below(4)]!, value())),
    free: Array.from({ length: columns }, (_, j) => j).filter(() => random.below(3) === 0),
  };
}

/** min −b·y over the dual: y ≤ 0 on ≤ is −y ≥ 0, rows Aᵀy ≤ c, with equality where x is free. */
function dual(lp: LinearProgram): LinearProgram {
  const turn = (r: number, v: Rational): Rational => (lp.rows[r]!.relation === '<=' ? { n: -v.n, d: v.d } : v);
  const entry = (r: number, j: number): Rational => {
    const k = lp.rows[r]!.columns.indexOf(j);
    return turn(r, k < 0 ? zero : lp.rows[r]!.values[k]!);
  };
  const minus = (v: Rational): Rational => ({ n: -v.n, d: v.d });
  return {
    objective: lp.rows.map((given, r) => minus(turn(r, given.bound))),
    rows: lp.objective.map((c, j) =>
      linearRow(
        lp.rows.map((_, r) => entry(r, j)),
        lp.free?.includes(j) ? '=' : '<=',
        c,
      ),
    ),
    free: lp.rows.map((_, r) => r).filter((r) => lp.rows[r]!.relation === '='),
  };
}

const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
