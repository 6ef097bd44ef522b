/**
 * `.nnet` files: dense ReLU networks as lines of decimal text, with the box that they are meant for.
 *
 * Main definitions: `readNnet`, `nnetFromLines`, `NnetFile`.
 *
 * Lines that begin with `//` come first and are dropped. Then: numbers of layers, inputs, outputs and of neurons in the
 * largest layer; the sizes of all layers, inputs first; a flag that means nothing; the minima and the maxima of the
 * inputs; means, then ranges, of each input and of the outputs; and for each layer its weights, a line per neuron, and
 * its biases, a line per neuron. A comma may end a line.
 *
 * Main statement. With inputs x, means m, ranges r and layers f the file stands for y = r'·f((x − m)/r) + m', where m'
 * and r' are the last mean and range. The network computes this y from this x: normalisation is worked into the first and
 * the last layer, exactly, as decimal text is the rational that it names. The box is that of x, before normalisation. Other
 * programs clip inputs to the box first; on the box this makes no difference.
 *
 * Reference. K. Julian, NNet file format, Stanford Intelligent Systems Laboratory.
 */
import { fileText, type Line, linesOf } from '../data/index.js';
import { add, compare, div, equal, mul, one, parseRational, type Rational, sub } from '../exact/index.js';
import { InputError, refuse } from '../format/index.js';
import type { Box } from '../geometry/index.js';
import { type Layer, layerOf, type Network, type Row } from '../network/index.js';

export interface NnetFile {
  readonly network: Network;
  /** The inputs that the network is meant for. */
  readonly box: Box;
}

/** Reads a `.nnet` file. @throws InputError naming the file and the line. */
export const readNnet = (path: string): Promise<NnetFile> => nnetFromLines(linesOf(fileText(path), path), path);

/** The network and box of the lines of a file. @throws InputError naming the line, `source` first. */
export async function nnetFromLines(lines: AsyncIterable<Line> | Iterable<Line>, source: string): Promise<NnetFile> {
  const reader = await numberLines(lines, source);
  const [depth, inputs, outputs, largest] = await reader.counts(4, 'layers, inputs, outputs and largest layer');
  const sizes = await reader.counts(depth! + 1, 'sizes of layers');
  const expected = { 0: inputs!, [depth!]: outputs! };
  for (const [k, size] of sizes.entries()) {
    const least = expected[k] ?? size;
    if (size !== least) refuse(`${reader.place()}, size ${k + 1}`, String(least), String(size));
    if (size > largest!) refuse(`${reader.place()}, size ${k + 1}`, `at most ${largest}`, String(size));
  }
  await reader.any('a flag');
  const lower = await reader.values(inputs!, 'minima of inputs');
  const upper = await reader.values(inputs!, 'maxima of inputs');
  const empty = lower.findIndex((low, j) => compare(low, upper[j]!) > 0);
  if (empty >= 0) refuse(`${reader.place()}, value ${empty + 1}`, 'a maximum at or above the minimum', 'a smaller one');
  const means = await reader.values(inputs! + 1, 'means of inputs and outputs');
  const ranges = await reader.values(inputs! + 1, 'ranges of inputs and outputs');
  const flat = ranges.findIndex((range) => range.n === 0n);
  if (flat >= 0) refuse(`${reader.place()}, value ${flat + 1}`, 'a range other than 0', '0');

  const layers: Layer[] = [];
  for (let k = 0; k < depth!; k++) {
    const weights: Rational[][] = [];
    for (let r = 0; r < sizes[k + 1]!; r++) weights.push(await reader.values(sizes[k]!, `weights of layer ${k + 1}`));
    const biases: Rational[] = [];
    for (let r = 0; r < sizes[k + 1]!; r++) biases.push((await reader.values(1, `bias of layer ${k + 1}`))[0]!);
    let rows: DenseRow[] = weights.map((row, r) => ({ weights: row, bias: biases[r]! }));
    if (k === 0) rows = rows.map((row) => afterNormalisation(row, means, ranges));
    if (k === depth! - 1) rows = rows.map((row) => backToUnits(row, means.at(-1)!, ranges.at(-1)!));
    layers.push(layerOf(sizes[k]!, k === depth! - 1 ? 'identity' : 'relu', rows.map(sparse)));
  }
  await reader.end();
  return { network: { layers }, box: { kind: 'box', lower, upper } };
}

interface DenseRow {
  readonly weights: readonly Rational[];
  readonly bias: Rational;
}

/** w·x + b after x ↦ (x − means)/ranges. */
function afterNormalisation(
  { weights, bias }: DenseRow,
  means: readonly Rational[],
  ranges: readonly Rational[],
): DenseRow {
  const scaled = weights.map((w, j) => (equal(ranges[j]!, one) ? w : div(w, ranges[j]!)));
  return { weights: scaled, bias: scaled.reduce((sum, w, j) => sub(sum, mul(w, means[j]!)), bias) };
}

/** range·(w·x + b) + mean. */
const backToUnits = ({ weights, bias }: DenseRow, mean: Rational, range: Rational): DenseRow => ({
  weights: weights.map((w) => mul(w, range)),
  bias: add(mul(bias, range), mean),
});

/** The row without weights 0. */
function sparse({ weights, bias }: DenseRow): Row {
  const columns = weights.flatMap((w, j) => (w.n === 0n ? [] : [j]));
  return { columns, weights: columns.map((j) => weights[j]!), bias };
}

interface NumberLines {
  /** The next line, whatever it holds. */
  any(what: string): Promise<string>;
  /** The numbers of the next line, which are `count`. */
  values(count: number, what: string): Promise<Rational[]>;
  /** Whole numbers ≥ 1. */
  counts(count: number, what: string): Promise<number[]>;
  /** Refuses a line that is not blank. */
  end(): Promise<void>;
  /** Where the last line stood. */
  place(): string;
}

/** The lines after those that begin with `//`. */
async function numberLines(lines: AsyncIterable<Line> | Iterable<Line>, source: string): Promise<NumberLines> {
  const all = (async function* () {
    yield* lines;
  })();
  let at: Line = { text: '', number: 0 };
  let begun = false;
  const next = async (): Promise<Line | undefined> => {
    for (;;) {
      const { value, done } = await all.next();
      if (done === true) return undefined;
      at = value;
      if (begun || !value.text.trimStart().startsWith('//')) return value;
    }
  };
  const place = (): string => `${source}:${at.number}`;
  const any = async (what: string): Promise<string> => {
    const line = await next();
    if (line === undefined) throw new InputError(`${source}: expected ${what}, got the end of the file`);
    begun = true;
    return line.text;
  };
  const fields = async (count: number, what: string): Promise<string[]> => {
    const found = (await any(what)).replace(/,\s*$/, '').split(',');
    if (found.length !== count) refuse(place(), `${count} numbers, ${what}`, String(found.length));
    return found.map((text) => text.trim());
  };
  return {
    any,
    place,
    async values(count, what) {
      return (await fields(count, what)).map((text, j) => parseRational(text, `${place()}, value ${j + 1}`));
    },
    async counts(count, what) {
      return (await fields(count, what)).map((text, j) => {
        if (!/^[1-9]\d{0,6}$/.test(text))
          refuse(`${place()}, value ${j + 1}`, 'a whole number ≥ 1', JSON.stringify(text));
        return Number(text);
      });
    },
    async end() {
      for (let line = await next(); line !== undefined; line = await next()) {
        if (line.text.trim() !== '') refuse(place(), 'the end of the file', 'another line');
      }
    },
  };
}
