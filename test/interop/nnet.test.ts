import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../src/data/index.js';
import { formatRational, parseRational, rational, type Vector } from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';
import { nnetFromLines, readNetworkFile, readNnet } from '../../src/interop/index.js';
import { complexity, evaluate, outputDimension } from '../../src/network/index.js';

const coav = join(import.meta.dirname, '..', '..', 'bench', 'data', 'coav');
const files = readdirSync(coav).filter((file) => file.endsWith('.nnet'));

/** Decimal places that all numbers of the files fit in. */
const places = 32;
const scale = 10n ** BigInt(places);

/** Decimal text times 10^places, by moving the point in the text. */
function fixedPoint(text: string): bigint {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]\d+))?$/.exec(text)!;
  const zeros = places + Number(exponent) - fraction.length;
  if (zeros < 0) throw new Error(`${text} has more than ${places} places`);
  return BigInt(`${sign}${whole}${fraction}${'0'.repeat(zeros)}`);
}

/** The file as lists of integers over 10^places, by splitting lines at commas and nothing else. */
function plainly(file: string) {
  const lines = readFileSync(join(coav, file), 'utf8').trimEnd().split('\n');
  const numbers = lines.map((line) => line.split(',').filter((text) => text.trim() !== ''));
  const sizes = numbers[1]!.map(Number);
  let at = 7;
  const layers = sizes.slice(1).map((size) => {
    const weights = numbers.slice(at, at + size).map((row) => row.map(fixedPoint));
    const biases = numbers.slice(at + size, at + 2 * size).map(([bias]) => fixedPoint(bias!));
    at += 2 * size;
    return { weights, biases };
  });
  return { lower: numbers[3]!.map(fixedPoint), upper: numbers[4]!.map(fixedPoint), layers };
}

/** The output at a point over 10^places, as integers over growing powers of 10. */
function outputAt({ layers }: ReturnType<typeof plainly>, x: readonly bigint[]) {
  let [values, denominator] = [x, scale];
  for (const [k, { weights, biases }] of layers.entries()) {
    const sums = weights.map((row, r) => row.reduce((sum, w, j) => sum + w * values[j]!, biases[r]! * denominator));
    denominator *= scale;
    values = k === layers.length - 1 ? sums : sums.map((sum) => (sum > 0n ? sum : 0n));
  }
  return rational(values[0]!, denominator);
}

describe('the 24 collision-avoidance networks', () => {
  test('are 24, half of them said to be SAT', () => {
    expect(files).toHaveLength(24);
    expect(files.filter((file) => file.endsWith('_SAT.nnet'))).toHaveLength(12);
  });

  test.each(files)('%s is read and evaluated exactly', async (file) => {
    const { network, box } = await readNnet(join(coav, file));
    const plain = plainly(file);
    expect(network.layers.map((layer) => [layer.inputs, layer.biases.length, layer.activation])).toEqual([
      [6, 40, 'relu'],
      [40, 40, 'relu'],
      [40, 38, 'relu'],
      [38, 19, 'relu'],
      [19, 1, 'identity'],
    ]);
    expect(complexity(network).width).toBe(40);
    const rationals = (values: readonly bigint[]): Vector => values.map((v) => rational(v, scale));
    expect([box.lower, box.upper]).toEqual([rationals(plain.lower), rationals(plain.upper)]);
    const quarter = (j: number, t: bigint): bigint => (plain.lower[j]! * (4n - t) + plain.upper[j]! * t) / 4n;
    const points = [0n, 1n, 2n, 3n, 4n].map((t) => plain.lower.map((_, j) => quarter(j, (t + BigInt(j)) % 5n)));
    const outputs = points.map((x) => formatRational(evaluate(network, rationals(x))[0]!));
    expect(outputs).toEqual(points.map((x) => formatRational(outputAt(plain, x))));
    expect(new Set(outputs).size).toBe(5);
  });
});

/** y = 3·(2·relu(x0' − 2 x1' + 1) − relu(x1')) + 5·3 + 7 with x0' = (x0 − 1)/2, x1' = (x1 + 3)/4. */
const tiny = `// a comment
// another
2,2,1,2,
2,2,1,
0,
-1,-2.5e-1,
1,0.25,
1.0,-3,7
2,4,3
1,-2,
0,1,
1,
0
2.0,-1,
5,
`;
const fromText = (text: string) => nnetFromLines(linesOf([text], 'f.nnet'), 'f.nnet');

describe('normalisation', () => {
  test('is worked into the network, exactly', async () => {
    const { network, box } = await fromText(tiny);
    expect([box.lower, box.upper].map((end) => end.map(formatRational))).toEqual([
      ['-1', '-1/4'],
      ['1', '1/4'],
    ]);
    const relu = (v: number): number => Math.max(v, 0);
    // Quarters are exact in doubles.
    for (const [x0, x1] of [
      [1, -3],
      [9, -3],
      [-1, 1],
      [5, 5],
      [0.5, -7.25],
    ] as const) {
      const [a, b] = [(x0 - 1) / 2, (x1 + 3) / 4];
      const y = 3 * (2 * relu(a - 2 * b + 1) - relu(b) + 5) + 7;
      const x = [x0, x1].map((v) => parseRational(String(v)));
      expect(formatRational(evaluate(network, x)[0]!)).toBe(formatRational(parseRational(String(y))));
    }
  });

  test('weights 0 are not stored, no comma and a blank end are fine', async () => {
    const { network } = await fromText(`${tiny.replaceAll(/,$/gm, '')}\n  \n`);
    expect(Array.from(network.layers[0]!.rowStart)).toEqual([0, 2, 3]);
    expect(outputDimension(network)).toBe(1);
  });
});

describe('refusals name the line', () => {
  const lines = tiny.split('\n');
  const changed = (line: number, text: string): string =>
    lines.map((old, k) => (k + 1 === line ? text : old)).join('\n');
  test.each<[string, string, string]>([
    ['an empty file', '', 'f.nnet: expected layers, inputs, outputs and largest layer, got the end of the file'],
    [
      'too few in the first line',
      changed(3, '2,2,1'),
      'f.nnet:3: expected 4 numbers, layers, inputs, outputs and largest layer, got 3',
    ],
    ['a size that is no number', changed(4, '2,two,1'), 'f.nnet:4, value 2: expected a whole number ≥ 1, got "two"'],
    ['another number of inputs', changed(4, '3,2,1'), 'f.nnet:4, size 1: expected 2, got 3'],
    ['another number of outputs', changed(4, '2,2,2'), 'f.nnet:4, size 3: expected 1, got 2'],
    ['a layer larger than the largest', changed(4, '2,3,1'), 'f.nnet:4, size 2: expected at most 2, got 3'],
    [
      'an empty box',
      changed(7, '1,-1'),
      'f.nnet:7, value 2: expected a maximum at or above the minimum, got a smaller one',
    ],
    ['no mean of the outputs', changed(8, '1,-3'), 'f.nnet:8: expected 3 numbers, means of inputs and outputs, got 2'],
    ['a range 0', changed(9, '2,0,3'), 'f.nnet:9, value 2: expected a range other than 0, got 0'],
    ['a weight too much', changed(10, '1,-2,3'), 'f.nnet:10: expected 2 numbers, weights of layer 1, got 3'],
    [
      'a weight that is none',
      changed(10, '1,nan'),
      'f.nnet:10, value 2: expected rational text such as "3/8", got "nan"',
    ],
    ['a gap', changed(10, '1,,2'), 'f.nnet:10: expected 2 numbers, weights of layer 1, got 3'],
    ['two biases in a line', changed(12, '1,1'), 'f.nnet:12: expected 1 numbers, bias of layer 1, got 2'],
    ['a missing end', lines.slice(0, 14).join('\n'), 'f.nnet: expected bias of layer 2, got the end of the file'],
    ['a line too much', `${tiny}1\n`, 'f.nnet:16: expected the end of the file, got another line'],
  ])('%s', async (_, text, message) => {
    const refused = await fromText(text).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as InputError).message).toBe(message);
  });

  test('a file that is not there', async () => {
    await expect(readNetworkFile('/nowhere/f.NNET')).rejects.toThrow('/nowhere/f.NNET: cannot be read (ENOENT)');
  });
});
