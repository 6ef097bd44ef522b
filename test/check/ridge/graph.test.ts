/** Piecewise linear functions of one variable, corner by corner. */
import { describe, expect, test } from 'vitest';
import { orRefusal } from '../../../src/check/refusal.js';
import type { Fraction } from '../../../src/check/ridge/fraction.js';
import {
  type Graph,
  greatest,
  isLine,
  lineAt0,
  nearest0,
  positivePart,
  raised,
  segment,
  slopeOf,
  stretched,
  sumOf,
  valueAt,
} from '../../../src/check/ridge/graph.js';

const at = (text: string): Fraction => {
  const [n, d = '1'] = text.split('/');
  return { n: BigInt(n!), d: BigInt(d) };
};
/** `-1:0 1/2:3` is the function with the corners (-1, 0) and (1/2, 3). */
const graph = (text: string): Graph =>
  text.split(' ').map((corner) => {
    const [t, v] = corner.split(':');
    return { t: at(t!), v: at(v!) };
  });
const words = ({ n, d }: Fraction): string => (d === 1n ? `${n}` : `${n}/${d}`);
const textOf = (f: Graph): string => f.map(({ t, v }) => `${words(t)}:${words(v)}`).join(' ');

test('lines', () => {
  const line = segment(at('2/3'), at('-1'), at('-3'), at('6'));
  expect(textOf(line)).toBe('-3:-3 6:3');
  expect(isLine(line)).toBe(true);
  expect(isLine(graph('-3:1 0:0 6:3'))).toBe(false);
  expect([words(slopeOf(line)), words(lineAt0(line))]).toEqual(['2/3', '-1']);
  expect([words(slopeOf(graph('1:4 2:1'))), words(lineAt0(graph('1:4 2:1')))]).toEqual(['-3', '7']);
});

test.each([
  ['-1:0 2:0', '0'],
  ['1/2:0 2:0', '1/2'],
  ['-2:0 -1/2:0', '-1/2'],
  ['0:0 1:0', '0'],
  ['-1:5 0:0', '0'],
  ['-3:0 -2:1 1:0', '0'],
  ['-3:0 -2:1 -1:0', '-1'],
])('the point of %s nearest to 0 is %s', (f, t) => expect(words(nearest0(graph(f)))).toBe(t));

test('values, at corners and between them', () => {
  const f = graph('-2:1 0:-1 1:3 4:0');
  const points = ['-2', '-1', '-1/2', '0', '1/4', '1', '2', '7/2', '4'];
  expect(points.map((t) => words(valueAt(f, at(t))))).toEqual(['1', '0', '-1/2', '-1', '0', '3', '2', '1/2', '0']);
});

test('multiples and shifts', () => {
  expect(textOf(stretched(graph('-1:2 0:0 1:3'), at('-1/2')))).toBe('-1:-1 0:0 1:-3/2');
  expect(textOf(raised(graph('-1:2 0:0 1:3'), at('-1/2')))).toBe('-1:3/2 0:-1/2 1:5/2');
});

describe('sums', () => {
  test.each([
    ['the corners of both', '-2:2 0:0 2:2', '-2:0 1:0 2:5', '-2:2 0:0 1:1 2:7'],
    ['corners of the second first', '-2:0 1:0 2:5', '-2:2 0:0 2:2', '-2:2 0:0 1:1 2:7'],
    ['a corner of both', '-1:0 0:0 1:1', '-1:1 0:0 1:0', '-1:1 0:0 1:1'],
    ['a bend that goes away', '-1:0 0:0 1:1', '-1:-1 0:0 1:0', '-1:-1 1:1'],
    ['all of them', '-1:0 0:3 1/2:1 1:1', '-1:0 0:-3 1/2:-1 1:-1', '-1:0 1:0'],
    ['two corners between two', '0:0 3:3', '0:0 1:1 2:0 3:0', '0:0 1:2 2:2 3:3'],
    ['three lines in one', '0:0 1:1 2:3 3:3', '0:0 1:1 2:1 3:3', '0:0 3:6'],
  ])('%s', (_, f, g, sum) => expect(textOf(sumOf(graph(f), graph(g)))).toBe(sum));
});

describe('positive parts', () => {
  test.each([
    ['from below to above', '-1:-1 1:1', '-1:0 0:0 1:1'],
    ['from above to below', '-1:2 2:-1', '-1:2 1:0 2:0'],
    ['both', '-2:1 0:-1 4:1', '-2:1 -1:0 2:0 4:1'],
    ['only touching', '-1:1 0:0 1:1', '-1:1 0:0 1:1'],
    ['touching from below', '-1:-1 0:0 1:-1', '-1:0 1:0'],
    ['above', '0:1 1:2 2:2', '0:1 1:2 2:2'],
    ['below', '0:-1 1:-2 2:-2', '0:0 2:0'],
    ['starting at 0', '0:0 1:-1 3:1', '0:0 2:0 3:1'],
    ['a quarter of the way', '0:-1 4:3', '0:0 1:0 4:3'],
  ])('%s', (_, f, part) => expect(textOf(positivePart(graph(f)))).toBe(part));
});

describe('the greatest value', () => {
  test.each([
    ['at a corner', '-1:0 0:2 1:1', '0', 1, '2'],
    ['at the left end', '-1:3 0:2 1:1', '0', 2, '3'],
    ['at the right end', '-1:3 0:2 1:4', '0', 2, '4'],
    ['less |t| at the ends', '-1:3 0:2 1:4', '2', 1, '2'],
    ['less |t| at a corner', '-1:3 0:2 1:4', '1', 1, '3'],
    ['less |t| at 0, which is no corner', '-1:5 3:5', '1', 1, '5'],
    ['less |t| away from 0', '1:-1 3:-3', '1', 1, '-2'],
    ['less |t| beyond 1', '0:0 2:6', '1', 1, '4'],
    ['less |t| below 0', '-3:1 -1:0', '1', 1, '-1'],
    ['less t² inside a piece', '-2:-2 3:3', '1', 2, '1/4'],
    ['less t² inside the other', '-2:2 0:0 3:0', '1', 2, '1/4'],
    ['less t² at an end', '-2:-2 3:3', '1/10', 2, '21/10'],
    ['less t² at the other', '-3:3 2:-2', '1/10', 2, '21/10'],
    ['less t² at 0', '-1:1 1:1', '7', 2, '1'],
    ['less t² at a corner', '0:0 1:9 2:0', '1', 2, '8'],
    ['less t² on the second piece', '0:0 1:0 5:12', '1/2', 2, '3/2'],
    ['less t² exactly at an end', '-1:-2 1:2', '1', 2, '1'],
  ] as const)('%s', (_, f, penalty, power, most) => {
    expect(words(greatest(graph(f), at(penalty), power))).toBe(most);
  });
});

test('more than 2^16 corners are refused', () => {
  const zigzag = (corners: number): Graph =>
    Array.from({ length: corners }, (_, k) => ({ t: { n: BigInt(k), d: 1n }, v: { n: BigInt(k % 2), d: 1n } }));
  expect(orRefusal(() => positivePart(zigzag(65_537)))).toEqual({
    outcome: 'invalid',
    where: 'certificate.ridges',
    why: 'too large: a function of 65537 corners',
  });
});
