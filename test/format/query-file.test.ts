import { describe, expect, it } from 'vitest';
import { InputError, queryFileAt, regionAt, unsafeAt } from '../../src/format/index.js';

const hash = '0123456789abcdef'.repeat(4);
const ball = { kind: 'ball', norm: 'l2', centre: ['1/2', '0'], radius: '1/4' };
const box = { kind: 'box', lower: ['0', '0'], upper: ['1', '1'] };
const constraint = { columns: [0, 2], weights: ['1', '-1'], bias: '0' };
const good = {
  format: 'muball-query',
  version: 1,
  network: { sha256: hash },
  region: ball,
  unsafe: [[constraint], []],
};
const inline = {
  format: 'muball-network',
  version: 1,
  layers: [{ activation: 'identity', inputs: 2, rows: [{ bias: '0', columns: [0], weights: ['1'] }] }],
};

describe('queryFileAt', () => {
  it('gives back what it has checked', () => {
    expect(queryFileAt(good)).toEqual(good);
    expect(queryFileAt({ ...good, network: inline, region: box, unsafe: [] })).toEqual({
      ...good,
      network: inline,
      region: box,
      unsafe: [],
    });
  });

  it.each<[unknown, string]>([
    [null, 'query: expected an object, got null'],
    [{ ...good, radius: '1' }, 'query.radius: unknown field, expected format, version, network, region, unsafe'],
    [{ ...good, format: 'q' }, 'query.format: expected "muball-query", got "q"'],
    [{ ...good, version: 9 }, 'query.version: expected 1, got 9'],
    [{ ...good, network: { sha256: 'abc' } }, 'query.network.sha256: expected 64 hexadecimal digits, got "abc"'],
    [
      { ...good, network: { sha256: hash.toUpperCase() } },
      `query.network.sha256: expected 64 hexadecimal digits, got "${hash.toUpperCase()}"`,
    ],
    [{ ...good, network: { sha256: 5 } }, 'query.network.sha256: expected a string, got 5'],
    [{ ...good, network: { sha256: hash, layers: [] } }, 'query.network.layers: unknown field, expected sha256'],
    [{ ...good, network: { ...inline, version: 9 } }, 'query.network.version: expected 1, got 9'],
    [{ ...good, region: undefined }, 'query.region: expected an object, got nothing'],
    [{ ...good, unsafe: {} }, 'query.unsafe: expected an array, got {}'],
  ])('refuses %j', (value, message) => expect(() => queryFileAt(value)).toThrow(new InputError(message)));
});

describe('regionAt', () => {
  it('writes open only when it is', () => {
    expect(regionAt({ ...ball, open: false }, 'r')).toEqual(ball);
    expect(regionAt({ ...ball, open: true }, 'r')).toEqual({ ...ball, open: true });
    expect(regionAt(box, 'r')).toEqual(box);
  });

  it.each<[unknown, string]>([
    [{ ...ball, kind: 'cube' }, 'r.kind: expected ball or box, got "cube"'],
    [{ ...ball, norm: 'l3' }, 'r.norm: expected l1, l2 or linf, got "l3"'],
    [{ ...ball, lower: [] }, 'r.lower: unknown field, expected kind, norm, centre, radius, open'],
    [{ ...ball, shape: 1 }, 'r.shape: unknown field, expected kind, norm, centre, radius, open, lower, upper'],
    [{ ...ball, centre: '0' }, 'r.centre: expected an array, got "0"'],
    [{ ...ball, centre: ['a'] }, 'r.centre[0]: expected rational text such as "3/8", got "a"'],
    [{ ...ball, radius: 0.5 }, 'r.radius: write "0.5" as text, a JSON number is not exact'],
    [{ ...ball, open: 1 }, 'r.open: expected true or false, got 1'],
    [{ ...box, upper: ['1'] }, 'r.upper: expected 2 entries, got 1'],
    [{ ...box, lower: ['1', 'x'] }, 'r.lower[1]: expected rational text such as "3/8", got "x"'],
    [{ ...box, open: true }, 'r.open: unknown field, expected kind, lower, upper'],
  ])('refuses %j', (value, message) => expect(() => regionAt(value, 'r')).toThrow(new InputError(message)));
});

describe('unsafeAt', () => {
  it('writes strict only when it is', () => {
    expect(unsafeAt([[{ ...constraint, strict: false }]], 'u')).toEqual([[constraint]]);
    expect(unsafeAt([[{ ...constraint, strict: true }]], 'u')).toEqual([[{ ...constraint, strict: true }]]);
    expect(unsafeAt([], 'u')).toEqual([]);
    expect(unsafeAt([[]], 'u')).toEqual([[]]);
  });

  it.each<[object, string]>([
    [{ sense: '>' }, 'u[0][0].sense: unknown field, expected columns, weights, bias, strict'],
    [{ columns: [2, 0] }, 'u[0][0].columns[1]: expected a column above 2 (strictly increasing), got 0'],
    [{ columns: [0, 0] }, 'u[0][0].columns[1]: expected a column above 0 (strictly increasing), got 0'],
    [{ columns: [0, 1.5] }, 'u[0][0].columns[1]: expected a whole number ≥ 0, got 1.5'],
    [{ weights: ['1'] }, 'u[0][0].weights: expected 2 entries, got 1'],
    [{ bias: '1/0' }, 'u[0][0].bias: expected a denominator other than 0, got "1/0"'],
    [{ strict: 'yes' }, 'u[0][0].strict: expected true or false, got "yes"'],
  ])('refuses %j', (change, message) => {
    expect(() => unsafeAt([[{ ...constraint, ...change }]], 'u')).toThrow(new InputError(message));
  });

  it('refuses a constraint where a conjunction belongs', () => {
    expect(() => unsafeAt([{}], 'u')).toThrow(new InputError('u[0]: expected an array, got {}'));
    expect(() => unsafeAt([[3]], 'u')).toThrow(new InputError('u[0][0]: expected an object, got 3'));
  });
});
