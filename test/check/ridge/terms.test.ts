/** What is known of neurons on a ball, one operation at a time. */
import { describe, expect, test } from 'vitest';
import { type Fraction, fraction, isBelow, times } from '../../../src/check/ridge/fraction.js';
import {
  constantTerm,
  dualNorm,
  inputTerm,
  type Limits,
  nameOf,
  negative,
  normalized,
  type Place,
  ridgeTerm,
  sumOfTerms,
  type Term,
  within,
} from '../../../src/check/ridge/terms.js';

const at = (text: string | number): Fraction => {
  const [n, d = '1'] = `${text}`.split('/');
  return { n: BigInt(n!), d: BigInt(d) };
};
const words = ({ n, d }: Fraction): string => (d === 1n ? `${n}` : `${n}/${d}`);
const place = (radius: string, limits: ReadonlyMap<string, Limits> = new Map()): Place => ({
  norm: 'linf',
  centre: [at(0), at(0)],
  radius: at(radius),
  limits,
  atoms: new Map(),
});
const row = (bias: string, ...weights: string[]) => ({
  columns: weights.map((_, j) => j),
  weights: weights.map(at),
  bias: at(bias),
});
const interval = (term: Term) => `${words(term.low)} ${words(term.high)}`;
const directions = (term: Term) => [...term.ridges.values()].map(({ direction }) => direction.map(words).join(' '));

describe('dual norms', () => {
  test.each([
    ['l1', ['3', '-4'], '4'],
    ['l1', ['-4', '3'], '4'],
    ['l2', ['3', '-4'], '5'],
    ['l2', ['1', '4/3'], '5/3'],
    ['linf', ['3', '-4'], '7'],
    ['linf', ['1/2', '-1/3'], '5/6'],
    ['l2', [], '0'],
  ] as const)('of %s: %j has %s', (norm, direction, size) => {
    expect(words(dualNorm(norm, direction.map(at)))).toBe(size);
  });

  test.each([
    [['1', '1'], '2'],
    [['1', '1/3'], '10/9'],
    [['1', '1/1000000007'], '1000000014000000050/1000000014000000049'],
    [['1/3', '2/7', '1'], '526/441'],
    [['1/1000000007', '1/1000000007'], '2/1000000014000000049'],
  ])('irrational ones are rounded up, by little: %j', (direction, square) => {
    const found = dualNorm('l2', direction.map(at));
    expect(isBelow(at(square), times(found, found))).toBe(true);
    // 96 significant bits.
    const less = times(found, fraction(2n ** 94n - 1n, 2n ** 94n));
    expect(isBelow(times(less, less), at(square))).toBe(true);
  });
});

test('directions are divided by their first entry other than 0', () => {
  const found = normalized(['0', '-2/3', '4'].map(at))!;
  expect([words(found.factor), nameOf(found.unit)]).toEqual(['-2/3', '0/1,1/1,-6/1']);
  expect(normalized(['0', '0'].map(at))).toBeUndefined();
});

describe('functions of one direction', () => {
  const graph = (...corners: [string, string][]) => corners.map(([t, v]) => ({ t: at(t), v: at(v) }));
  test('have their constant taken out', () => {
    const term = ridgeTerm([at(1)], graph(['-1', '5'], ['0', '2'], ['3', '4']));
    expect([words(term.constant), interval(term)]).toEqual(['2', '2 5']);
    expect([...term.ridges.values()][0]!.graph.map(({ v }) => words(v))).toEqual(['3', '0', '2']);
  });
  test('that are constant have no direction', () => {
    const term = ridgeTerm([at(1)], graph(['-1', '7'], ['1', '7']));
    expect(term).toEqual(constantTerm(at(7)));
  });
});

describe('rows of the first layer', () => {
  test('are affine functions of one direction', () => {
    const term = inputTerm(place('2'), row('1', '-3', '6'));
    expect([interval(term), directions(term)]).toEqual(['-17 19', ['1 -2']]);
  });
  test('are constants at a point, and without weights', () => {
    expect(inputTerm(place('0'), row('1', '2', '3'))).toEqual(constantTerm(at(1)));
    expect(inputTerm(place('2'), row('1', '0', '0'))).toEqual(constantTerm(at(1)));
  });
  test.each([
    [{ low: at('-1/2') }, '-1/2 1'],
    [{ high: at('1/3') }, '-1 1/3'],
    [{ low: at('-1/2'), high: at('1/3') }, '-1/2 1/3'],
    [{ low: at(-5), high: at(5) }, '-1 1'],
  ])('keep to the limits of a case', (limits, ends) => {
    const term = inputTerm(place('1', new Map([['1/1,0/1', limits]])), row('0', '1', '0'));
    expect(interval(term)).toBe(ends);
  });
  test('are constants in a case of one value', () => {
    const limits = new Map([['1/1,0/1', { low: at(1) }]]);
    expect(inputTerm(place('1', limits), row('3', '2', '0'))).toEqual(constantTerm(at(5)));
  });
});

describe('sums', () => {
  const whole = place('1');
  const inputs = () => [inputTerm(whole, row('0', '1', '0')), inputTerm(whole, row('0', '0', '1'))] as const;
  test('of affine functions are affine', () => {
    const [x, y] = inputs();
    const term = sumOfTerms(whole, row('4', '2', '-1'), [x, y]);
    expect([interval(term), directions(term)]).toEqual(['1 7', ['1 -1/2']]);
  });
  test('lose what cancels out', () => {
    const [x, y] = inputs();
    const term = sumOfTerms(whole, row('4', '2', '-2', '1'), [x, x, y]);
    expect([interval(term), directions(term)]).toEqual(['3 5', ['0 1']]);
    expect(sumOfTerms(whole, row('4', '1', '-1'), [x, x])).toEqual(constantTerm(at(4)));
  });
  test('stay within the sum of the intervals', () => {
    const [x, y] = inputs();
    const [a, b] = [within(x, { high: at('1/2') }), within(y, { low: at('-1/4') })];
    expect(interval(sumOfTerms(whole, row('0', '1', '1'), [a, b]))).toBe('-5/4 3/2');
    expect(interval(sumOfTerms(whole, row('0', '-1', '1'), [a, b]))).toBe('-3/4 2');
  });
  test('the opposite has the opposite interval', () => {
    const [x] = inputs();
    const term = within(x, { low: at('-1/4'), high: at('1/2') });
    expect([interval(negative(whole, term)), directions(negative(whole, term))]).toEqual(['-1/2 1/4', ['1 0']]);
  });
});

describe('smaller intervals', () => {
  const input = () => inputTerm(place('1'), row('0', '1', '0'));
  test.each([
    [undefined, '-1 1'],
    [{}, '-1 1'],
    [{ low: at('-1/2') }, '-1/2 1'],
    [{ high: at('1/2') }, '-1 1/2'],
    [{ low: at(-2), high: at(2) }, '-1 1'],
    [{ low: at('1/3'), high: at('1/2') }, '1/3 1/2'],
    [{ low: at('1/2'), high: at('3/2') }, '1/2 1'],
  ])('never larger ones', (known, ends) => expect(interval(within(input(), known))).toBe(ends));
  test('of one value are constants', () => {
    const x = input();
    expect(within(x, { low: at('1/2'), high: at('1/2') })).toEqual(constantTerm(at('1/2')));
    expect(within(x, { low: at('1/3'), high: at('1/2') }).ridges.size).toBe(1);
    expect(within(x, { low: at('1/3'), high: at('2/3') }).ridges.size).toBe(1);
  });
});
