/** What a claimed outcome has to be: each of its parts, changed alone, is noticed. */
import { describe, expect, it } from 'vitest';
import {
  isFeasible,
  type LinearOutcome,
  type LinearProgram,
  linearRow,
  outcomeHolds,
  parseRational,
  type Rational,
} from '../../src/exact/index.js';

const vector = (text: string): Rational[] => text.split(' ').map((t) => parseRational(t));
const at = parseRational;

/** Minimise −3x − 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: −36 at (2, 6), multipliers 0, −3/2, −1. */
const textbook: LinearProgram = {
  objective: vector('-3 -5'),
  rows: [
    linearRow(vector('1 0'), '<=', at('4')),
    linearRow(vector('0 2'), '<=', at('12')),
    linearRow(vector('3 2'), '<=', at('18')),
  ],
};
const optimal: LinearOutcome = {
  status: 'optimal',
  value: at('-36'),
  point: vector('2 6'),
  multipliers: vector('0 -3/2 -1'),
};

describe('rows', () => {
  it('keep the entries other than 0', () => {
    expect(linearRow(vector('0 2 0 -1'), '>=', at('1'))).toEqual({
      columns: [1, 3],
      values: vector('2 -1'),
      relation: '>=',
      bound: at('1'),
    });
  });

  it('say which points are feasible, boundary among them', () => {
    for (const x of ['2 6', '0 0', '4 3']) expect(isFeasible(textbook, vector(x)), x).toBe(true);
    for (const x of ['5 0', '0 7', '4 4', '-1 0', '0 -1']) expect(isFeasible(textbook, vector(x)), x).toBe(false);
    expect(isFeasible(textbook, vector('1'))).toBe(false);
    expect(isFeasible(textbook, vector('1 1 1'))).toBe(false);
    expect(isFeasible({ ...textbook, free: [0] }, vector('-1 0'))).toBe(true);
    expect(isFeasible({ ...textbook, free: [0] }, vector('0 -1'))).toBe(false);
    const equation = { ...textbook, rows: [linearRow(vector('1 1'), '=', at('3'))] };
    expect(isFeasible(equation, vector('1 2'))).toBe(true);
    expect(isFeasible(equation, vector('1 1'))).toBe(false);
    expect(isFeasible(equation, vector('2 2'))).toBe(false);
    const least = { ...textbook, rows: [linearRow(vector('1 1'), '>=', at('3'))] };
    expect(isFeasible(least, vector('2 2'))).toBe(true);
    expect(isFeasible(least, vector('1 1'))).toBe(false);
  });
});

describe('an optimum', () => {
  it('holds with its multipliers', () => expect(outcomeHolds(textbook, optimal)).toBe(true));

  it.each([
    ['another value', { value: at('-35') }],
    ['a point that is not feasible', { point: vector('3 6'), value: at('-39') }],
    ['a point with another value', { point: vector('4 3') }],
    ['a feasible point that is worse, with its value', { point: vector('0 0'), value: at('0') }],
    ['multipliers of the wrong sign', { multipliers: vector('1 -3/2 -4/3') }],
    ['multipliers that do not bound the first variable', { multipliers: vector('0 -3 0') }],
    ['multipliers that bound less', { multipliers: vector('-1 -2 -1') }],
    ['multipliers of 0', { multipliers: vector('0 0 0') }],
  ])('not with %s', (_, changed) => {
    expect(outcomeHolds(textbook, { ...optimal, ...changed } as LinearOutcome)).toBe(false);
  });

  it('has multipliers of any sign on equations, and exact ones for free variables', () => {
    const equation: LinearProgram = {
      objective: vector('-2 -2'),
      rows: [linearRow(vector('1 1'), '=', at('3'))],
      free: [0, 1],
    };
    const found: LinearOutcome = {
      status: 'optimal',
      value: at('-6'),
      point: vector('5 -2'),
      multipliers: vector('-2'),
    };
    expect(outcomeHolds(equation, found)).toBe(true);
    expect(outcomeHolds({ ...equation, objective: vector('-2 -1') }, { ...found, value: at('-8') })).toBe(false);
  });
});

describe('an infeasible program', () => {
  const empty: LinearProgram = {
    objective: vector('0 0'),
    rows: [linearRow(vector('1 1'), '<=', at('1')), linearRow(vector('1 1'), '>=', at('2'))],
  };

  it('is refuted by multipliers, of the right sign, that add up to a contradiction', () => {
    const by = (multipliers: string): boolean =>
      outcomeHolds(empty, { status: 'infeasible', multipliers: vector(multipliers) });
    expect(by('-1 1')).toBe(true);
    for (const multipliers of ['1 -1', '0 0', '-2 1', '-1 2', '0 1']) expect(by(multipliers), multipliers).toBe(false);
  });

  it('not when rows only touch', () => {
    const rows = [linearRow(vector('1 1'), '<=', at('2')), linearRow(vector('1 1'), '>=', at('2'))];
    expect(outcomeHolds({ ...empty, rows }, { status: 'infeasible', multipliers: vector('-1 1') })).toBe(false);
  });
});

describe('an unbounded program', () => {
  const open: LinearProgram = { objective: vector('-1 0'), rows: [linearRow(vector('1 -1'), '<=', at('1'))] };
  const found = (point: string, direction: string): boolean =>
    outcomeHolds(open, { status: 'unbounded', point: vector(point), direction: vector(direction) });

  it('has a feasible point and a direction that stays feasible and falls', () => {
    expect(found('0 0', '1 1')).toBe(true);
    expect(found('2 0', '1 1')).toBe(false);
    expect(found('0 0', '1 0')).toBe(false);
    expect(found('0 0', '0 1')).toBe(false);
    expect(found('0 0', '0 0')).toBe(false);
  });
});
