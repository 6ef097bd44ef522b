import { describe, expect, test } from 'vitest';
import { max, parseRational, type Rational, rational, zero } from '../../../src/exact/index.js';
import { evaluate, neuronForm, runningMaximum, scaleForm, sequentialBuilder } from '../../../src/network/index.js';

/** max_k values[k]·relu(x_k), built one argument per layer with `idle` layers between. */
function network(values: readonly Rational[], idle: number) {
  const builder = sequentialBuilder(values.length);
  let x = builder.layer('relu', builder.inputs);
  const maximum = runningMaximum();
  const step = (): void => {
    const rows = maximum.rows();
    const out = builder.layer('relu', [...x, ...rows]);
    x = out.slice(0, values.length);
    maximum.advance(out.slice(values.length));
  };
  values.forEach((value, k) => {
    maximum.offer(x[k]!, value);
    for (let t = 0; t <= idle; t++) step();
  });
  while (maximum.pending()) step();
  return builder.network([maximum.value()!]);
}

describe.each([0, 1, 3])('with %d idle layers between arguments', (idle) => {
  test.each([
    [
      ['1', '2', '3'],
      ['1', '1', '1'],
    ],
    [
      ['3', '2', '1'],
      ['1', '1', '1'],
    ],
    [
      ['5', '5', '5'],
      ['1/2', '0', '1/2'],
    ],
    [
      ['1', '7', '2'],
      ['-3', '1/7', '1'],
    ],
    [['2'], ['3/4']],
  ])('values %o at %o', (values, at) => {
    const v = values.map((t) => parseRational(t));
    const x = at.map((t) => parseRational(t));
    const wanted = v
      .map((value, k) => rational(value.n * (x[k]!.n > 0n ? x[k]!.n : 0n), value.d * x[k]!.d))
      .reduce(max, zero);
    expect(evaluate(network(v, idle), x)).toEqual([wanted]);
  });
});

test('two offers in one layer are refused', () => {
  const maximum = runningMaximum();
  maximum.offer(neuronForm(0, rational(1)), rational(1));
  expect(() => maximum.offer(scaleForm(neuronForm(0, rational(1)), rational(2)), rational(1))).toThrow(
    'expected one offer per layer, got two',
  );
});
