import { describe, expect, it } from 'vitest';
import {
  InputError,
  networkFileAt,
  networkLinesHeaderAt,
  networkRowAt,
  outputReadingAt,
} from '../../src/format/index.js';

const row = { bias: '-11/4', columns: [0, 2], weights: ['1', '-1/2'] };
const first = { activation: 'relu', inputs: 3, rows: [row, { bias: '0', columns: [], weights: [] }] };
const last = { activation: 'identity', inputs: 2, rows: [{ bias: '1', columns: [1], weights: ['2'] }] };
const good = { format: 'muball-network', version: 1, layers: [first, last] };
const withFirst = (change: object) => ({ ...good, layers: [{ ...first, ...change }, last] });
const withRow = (change: object) => withFirst({ rows: [{ ...row, ...change }, row] });

describe('networkFileAt', () => {
  it('gives back what it has checked', () => {
    expect(networkFileAt(good)).toEqual(good);
    const whole = { ...good, output: { notion: 'exact', labels: ['0', '1'] }, provenance: { seed: 7 } };
    expect(networkFileAt(whole)).toEqual(whole);
    expect(networkFileAt({ ...good, output: { notion: 'sign', negative: 0, positive: 1 } }).output?.notion).toBe(
      'sign',
    );
    expect(networkFileAt({ ...good, layers: [first], output: { notion: 'argmax', classes: 2 } }).layers).toHaveLength(
      1,
    );
  });

  it.each<[string, unknown, string]>([
    ['no object', 3, 'network: expected an object, got 3'],
    [
      'unknown field',
      { ...good, name: 'n' },
      'network.name: unknown field, expected format, version, output, provenance, layers',
    ],
    ['other format', { ...good, format: 'x' }, 'network.format: expected "muball-network", got "x"'],
    ['version 9', { ...good, version: 9 }, 'network.version: expected 1, got 9'],
    ['no layers', { ...good, layers: [] }, 'network.layers: expected at least one layer, got none'],
    [
      'unknown field of a layer',
      withFirst({ name: 'n' }),
      'network.layers[0].name: unknown field, expected activation, inputs, rows',
    ],
    [
      'unknown activation',
      withFirst({ activation: 'tanh' }),
      'network.layers[0].activation: expected relu or step or identity, got "tanh"',
    ],
    ['no inputs', withFirst({ inputs: 0 }), 'network.layers[0].inputs: expected at least one input, got 0'],
    [
      'half an input',
      withFirst({ inputs: 2.5 }),
      'network.layers[0].inputs: expected a whole number from 0 to 4294967295, got 2.5',
    ],
    ['no rows', withFirst({ rows: [] }), 'network.layers[0].rows: expected at least one row, got none'],
    [
      'a skipped layer',
      { ...good, layers: [first, { ...last, inputs: 5 }] },
      'network.layers[1].inputs: expected 2, the rows of the layer before, got 5',
    ],
    [
      'unknown field of a row',
      withRow({ note: 1 }),
      'network.layers[0].rows[0].note: unknown field, expected bias, columns, weights',
    ],
    [
      'no bias',
      withRow({ bias: undefined }),
      'network.layers[0].rows[0].bias: expected rational text such as "3/8", got nothing',
    ],
    [
      'a double as weight',
      withRow({ weights: ['1', 0.5] }),
      'network.layers[0].rows[0].weights[1]: write "0.5" as text, a JSON number is not exact',
    ],
    ['1/0', withRow({ bias: '1/0' }), 'network.layers[0].rows[0].bias: expected a denominator other than 0, got "1/0"'],
    [
      'decreasing columns',
      withRow({ columns: [2, 0] }),
      'network.layers[0].rows[0].columns[1]: expected a column above 2 (strictly increasing), got 0',
    ],
    [
      'a repeated column',
      withRow({ columns: [1, 1] }),
      'network.layers[0].rows[0].columns[1]: expected a column above 1 (strictly increasing), got 1',
    ],
    [
      'a column too large',
      withRow({ columns: [0, 3] }),
      'network.layers[0].rows[0].columns[1]: expected a column below 3, got 3',
    ],
    [
      'a negative column',
      withRow({ columns: [-1, 0] }),
      'network.layers[0].rows[0].columns[0]: expected a whole number ≥ 0, got -1',
    ],
    ['too few weights', withRow({ weights: ['1'] }), 'network.layers[0].rows[0].weights: expected 2 entries, got 1'],
    [
      'weight 0',
      withRow({ weights: ['1', '0'] }),
      'network.layers[0].rows[0].weights[1]: expected a weight other than 0 (zeros are not stored), got "0"',
    ],
    [
      'weight 0/5',
      withRow({ weights: ['0/5', '1'] }),
      'network.layers[0].rows[0].weights[0]: expected a weight other than 0 (zeros are not stored), got "0/5"',
    ],
    [
      'weight -0.00e7',
      withRow({ weights: ['-0.00e7', '1'] }),
      'network.layers[0].rows[0].weights[0]: expected a weight other than 0 (zeros are not stored), got "-0.00e7"',
    ],
    ['provenance that is no object', { ...good, provenance: [1] }, 'network.provenance: expected an object, got [1]'],
    [
      'argmax over other outputs',
      { ...good, output: { notion: 'argmax', classes: 3 } },
      'network.output: expected 3 outputs for the notion argmax, got 1',
    ],
    [
      'exact over two outputs',
      { ...good, layers: [first], output: { notion: 'exact', labels: ['0'] } },
      'network.output: expected 1 outputs for the notion exact, got 2',
    ],
  ])('refuses %s', (_, value, message) => expect(() => networkFileAt(value)).toThrow(new InputError(message)));

  it.each(['10', '0.5', '1/10', '-0.010', '00.1', '1e0'])('takes the weight %s for what it is', (weight) => {
    expect(networkRowAt({ bias: '0', columns: [0], weights: [weight] }, 'r', 1).weights).toEqual([weight]);
  });
});

describe('outputReadingAt', () => {
  it.each([
    { notion: 'exact', labels: ['0', '1/2'] },
    { notion: 'round', labels: ['0'] },
    { notion: 'sign', negative: 1, positive: 0 },
    { notion: 'argmax', classes: 3 },
  ])('accepts %j', (reading) => expect(outputReadingAt(reading, 'o')).toEqual(reading));

  it.each<[unknown, string]>([
    [{ notion: 'best' }, 'o.notion: expected exact or round or sign or argmax, got "best"'],
    [{ notion: 'exact', classes: 3 }, 'o.classes: unknown field, expected notion, labels'],
    [{ notion: 'exact' }, 'o.labels: expected an array, got nothing'],
    [{ notion: 'round', labels: ['x'] }, 'o.labels[0]: expected rational text such as "3/8", got "x"'],
    [{ notion: 'sign', negative: 0 }, 'o.positive: expected a whole number ≥ 0, got nothing'],
    [{ notion: 'sign', negative: 1, positive: 1 }, 'o.positive: expected a class other than 1, got 1'],
    [{ notion: 'argmax', labels: ['0'] }, 'o.labels: unknown field, expected notion, classes'],
    [{ notion: 'argmax', classes: -1 }, 'o.classes: expected a whole number ≥ 0, got -1'],
    ['exact', 'o: expected an object, got "exact"'],
  ])('refuses %j', (value, message) => expect(() => outputReadingAt(value, 'o')).toThrow(new InputError(message)));
});

describe('networkLinesHeaderAt', () => {
  const header = {
    format: 'muball-network',
    version: 1,
    form: 'lines',
    layers: [
      { activation: 'relu', inputs: 3, rows: 2 },
      { activation: 'identity', inputs: 2, rows: 1 },
    ],
  };
  const layer = (change: object) => ({ ...header, layers: [{ ...header.layers[0], ...change }, header.layers[1]] });

  it('gives back what it has checked', () => {
    const whole = { ...header, output: { notion: 'round', labels: ['0'] }, provenance: {} };
    expect(networkLinesHeaderAt(whole)).toEqual(whole);
  });

  it.each<[unknown, string]>([
    [{ ...header, form: 'whole' }, 'network.form: expected lines, got "whole"'],
    [{ ...header, version: 9 }, 'network.version: expected 1, got 9'],
    [{ ...header, rows: 1 }, 'network.rows: unknown field, expected format, version, form, output, provenance, layers'],
    [{ ...header, layers: [] }, 'network.layers: expected at least one layer, got none'],
    [layer({ rows: [] }), 'network.layers[0].rows: expected a whole number from 0 to 4294967295, got []'],
    [layer({ rows: 0 }), 'network.layers[0].rows: expected at least one row, got 0'],
    [layer({ rows: 4 }), 'network.layers[1].inputs: expected 4, the rows of the layer before, got 2'],
    [
      layer({ activation: 'sigmoid' }),
      'network.layers[0].activation: expected relu or step or identity, got "sigmoid"',
    ],
    [
      { ...header, output: { notion: 'argmax', classes: 2 } },
      'network.output: expected 2 outputs for the notion argmax, got 1',
    ],
  ])('refuses %j', (value, message) => expect(() => networkLinesHeaderAt(value)).toThrow(new InputError(message)));
});
