import { describe, expect, test } from 'vitest';
import { mul, type RandomSource, randomSource, rational, sumOfAbs } from '../../../src/exact/index.js';
import type { OutputReading } from '../../../src/format/index.js';
import { datasetOf } from '../../../src/geometry/index.js';
import { evaluate, layerBuilder, type Network, readLabel } from '../../../src/network/index.js';
import { affineAt, convexSide, shownBySupports, twoNeurons, twoNeuronsAt } from '../../../src/theory/index.js';

const values = (random: RandomSource, n: number, most = 4) =>
  Array.from({ length: n }, () => rational(random.between(-most, most), 1n + BigInt(random.below(2))));

/** A network of d inputs, `width` neurons and `outputs` outputs. */
function network(random: RandomSource, d: number, width: number, outputs: number): Network {
  const all = (n: number) => Array.from({ length: n }, (_, j) => j);
  const hidden = layerBuilder(d, 'relu', { merge: false });
  for (let k = 0; k < width; k++) hidden.neuron(all(d), values(random, d), values(random, 1)[0]!);
  const output = layerBuilder(width, 'identity', { merge: false });
  for (let k = 0; k < outputs; k++) output.neuron(all(width), values(random, width, 2), values(random, 1)[0]!);
  return { layers: [hidden.build(), output.build()] };
}

const readings: readonly (readonly [OutputReading, number])[] = [
  [{ notion: 'sign', negative: 0, positive: 1 }, 1],
  [{ notion: 'sign', negative: 1, positive: 0 }, 1],
  [{ notion: 'round', labels: ['-2', '3'] }, 1],
  [{ notion: 'exact', labels: ['1', '-1'] }, 1],
  [{ notion: 'argmax', classes: 2 }, 2],
  [{ notion: 'argmax', classes: 3 }, 3],
];

describe.each(readings)('%j', (reading, outputs) => {
  test('g has the sign of the class that is read, and the polyhedron is where it says', () => {
    const random = randomSource(9);
    const seen = new Set<string>();
    for (let t = 0; t < 150; t++) {
      const d = random.between(1, 3);
      const net = network(random, d, random.between(1, 2), outputs);
      const g = twoNeurons(net, reading);
      const side = convexSide(g);
      for (let p = 0; p < 12; p++) {
        const x = values(random, d, 9);
        const value = twoNeuronsAt(g, x);
        const label = readLabel(reading, evaluate(net, x));
        if (label === 1) expect(value.n > 0n).toBe(true);
        if (label === 0) expect(value.n < 0n).toBe(true);
        if (side === undefined) continue;
        const cuts = side.cuts.map((h) => affineAt(h, x).n);
        const towards = side.label === 1 ? value.n : -value.n;
        expect(towards > 0n).toBe(cuts.every((h) => h < 0n));
        if (cuts.some((h) => h > 0n)) expect(towards < 0n).toBe(true);
        seen.add(`${side.cuts.length} ${side.label} ${towards > 0n}`);
      }
    }
    // Both shapes, either class in the polyhedron, points on both sides.
    expect([...seen].sort()).toEqual(
      [2, 3].flatMap((cuts) => [0, 1].flatMap((label) => [false, true].map((inside) => `${cuts} ${label} ${inside}`))),
    );
  });
});

describe('other networks are refused', () => {
  const random = randomSource(1);
  const sign: OutputReading = { notion: 'sign', negative: 0, positive: 1 };
  const good = network(random, 2, 2, 1);
  test.each<[string, Network, OutputReading, string]>([
    ['three layers', { layers: [...good.layers, good.layers[1]!] }, sign, 'f.json: expected depth 2, got depth 3'],
    ['three neurons', network(random, 2, 3, 1), sign, 'f.json: expected width 2, got width 3'],
    [
      'steps',
      { layers: [{ ...good.layers[0]!, activation: 'step' }, good.layers[1]!] },
      sign,
      'expected a relu layer and an affine one, got step and identity',
    ],
    ['other classes', good, { notion: 'sign', negative: 0, positive: 2 }, 'expected outputs that mean class 0 or 1'],
    ['one label', good, { notion: 'exact', labels: ['1'] }, 'expected outputs that mean class 0 or 1, got exact'],
    ['one output for two classes', good, { notion: 'argmax', classes: 2 }, 'expected outputs that mean class 0 or 1'],
  ])('%s', (_, net, reading, message) => {
    expect(() => twoNeurons(net, reading, 'f.json')).toThrow(message);
  });
});

test('support functions: right up to the radius where the ball touches a face, and not from there on', () => {
  // g = 1 − relu(2x − y) − relu(y): class 1 where 2x − y < 1, y < 1, 2x < 1.
  const hidden = layerBuilder(2, 'relu');
  hidden.neuron([0, 1], [rational(2), rational(-1)], rational(0));
  hidden.neuron([1], [rational(1)], rational(0));
  const output = layerBuilder(2, 'identity');
  output.neuron([0, 1], [rational(-1), rational(-1)], rational(1));
  const net: Network = { layers: [hidden.build(), output.build()] };
  const sign: OutputReading = { notion: 'sign', negative: 0, positive: 1 };
  const data = datasetOf(
    [
      [rational(0), rational(0)],
      [rational(2), rational(0)],
    ],
    [1, 0],
  );
  // The nearest faces: 2x − y = 1 at ℓ∞ distance 1/3 from 0; 2x = 1 at distance 3/2 from (2, 0).
  const [third, threeHalves] = [rational(1, 3), rational(3, 2)];
  const less = rational(999, 1000);
  expect(shownBySupports(net, sign, data, mul(third, less))).toEqual([0, 1]);
  expect(shownBySupports(net, sign, data, third)).toEqual([1]);
  expect(shownBySupports(net, sign, data, mul(threeHalves, less))).toEqual([1]);
  expect(shownBySupports(net, sign, data, threeHalves)).toEqual([]);
  expect(sumOfAbs([rational(2), rational(-1)])).toEqual(rational(3));
});
