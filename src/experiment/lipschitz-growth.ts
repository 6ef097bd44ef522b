/**
 * X13: Lipschitz constants of random networks against inputs, width and depth, for ℓ1, ℓ2 and ℓ∞.
 *
 * Main definition: `lipschitzGrowth`.
 *
 * Main statement. At He initialisation the constant of a network of one wide hidden layer behaves like D_p, which is
 * d^(1 − 1/p) for p ≥ 2 and √d for p < 2, up to constants; with L layers lower and upper bounds are a factor of order L apart, and
 * one logarithmic in the width. Small networks have exact constants here; of large ones the largest gradient found is a lower
 * bound, where neurons are made to agree (`witnessGradient`) or at random points, and intervals of gradients an upper bound.
 *
 * Notes. Random points show almost no growth with d in ℓ1, so exponents are those of aligned points; aligned points have about √(d/π)
 * plus a constant there, so their exponent rises with d. Upper bounds by intervals grow with √N, the constants do not.
 * References. [F, Part II].
 */
import { compare, max, type Rational, rational, toNumber } from '../exact/index.js';
import { type Norm, normSymbol, norms } from '../format/index.js';
import { type HeNetworkOptions, heNetwork, type Network } from '../network/index.js';
import { exactLipschitz, lipschitzBound, sampledGradients, witnessGradient } from '../verify/lipschitz/index.js';
import type { Cell, Experiment, ExperimentOptions, ExperimentResult } from './experiment.js';
import { fittedExponent } from './power-law.js';

/** The theory's exponent of d. */
const exponents: Readonly<Record<Norm, number>> = { linf: 1, l2: 1 / 2, l1: 1 / 2 };

interface Sweep {
  readonly name: 'dimension' | 'width' | 'depth';
  /** What changes, for plots. */
  readonly axis: 'd' | 'N' | 'L';
  readonly sizes: readonly HeNetworkOptions[];
}

const sized = (inputs: number, width: number, layers = 1): HeNetworkOptions => ({ inputs, width, layers });

/** Networks with exact constants. */
const small = [
  ...[2, 3, 4, 5, 6].map((d) => sized(d, 16)),
  ...[8, 12, 24, 32].map((n) => sized(3, n)),
  ...[2, 3].map((l) => sized(3, 8, l)),
];
const quickSmall = [sized(2, 8), sized(3, 8), sized(4, 8), sized(2, 5, 2)];

const sweeps: readonly Sweep[] = [
  { name: 'dimension', axis: 'd', sizes: [8, 16, 32, 64, 128, 256].map((d) => sized(d, 1024)) },
  { name: 'width', axis: 'N', sizes: [64, 128, 256, 512, 1024, 2048].map((n) => sized(16, n)) },
  { name: 'depth', axis: 'L', sizes: [1, 2, 3, 4, 6].map((l) => sized(32, 128, l)) },
];
const quickSweeps: readonly Sweep[] = [
  { name: 'dimension', axis: 'd', sizes: [4, 8, 16, 32].map((d) => sized(d, 128)) },
  { name: 'width', axis: 'N', sizes: [32, 64].map((n) => sized(8, n)) },
  { name: 'depth', axis: 'L', sizes: [1, 2, 3].map((l) => sized(8, 16, l)) },
];

const constantNumber = (norm: Norm, magnitude: Rational): number =>
  norm === 'l2' ? Math.sqrt(toNumber(magnitude)) : toNumber(magnitude);

export const lipschitzGrowth: Experiment = {
  name: 'X13',
  title: 'Lipschitz constants of random networks against inputs, width and depth',
  reference: '[F, Part II]',
  async run(options: ExperimentOptions = {}): Promise<ExperimentResult> {
    const { quick = false, seed = 1, onProgress, signal } = options;
    const [exactSizes, used, draws] = quick ? [quickSmall, quickSweeps, 2] : [small, sweeps, 3];
    const total = norms.length * (exactSizes.length + used.reduce((sum, { sizes }) => sum + sizes.length, 0));
    let done = 0;
    const step = async (): Promise<void> => {
      onProgress?.(++done, total);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    };
    const drawn = (size: HeNetworkOptions): Network[] =>
      Array.from({ length: draws }, (_, k) => heNetwork({ ...size, seed: 1000 * seed + k }));

    const exact: Cell[][] = [];
    let isOrdered = true;
    for (const size of exactSizes) {
      for (const norm of norms) {
        const found = await Promise.all(drawn(size).map((network) => exactly(network, norm, signal)));
        isOrdered &&= found.every(({ ordered }) => ordered);
        const { inputs: d, width, layers = 1 } = size;
        const means = (['lower', 'exact', 'upper'] as const).map((key) =>
          mean(found.map((f) => constantNumber(norm, f[key]))),
        );
        exact.push([
          d,
          width,
          layers,
          normSymbol[norm],
          ...means,
          means[1]! / d ** exponents[norm],
          mean(found.map(({ cells }) => cells)),
        ]);
        await step();
      }
    }

    const tables = [];
    for (const { name, axis, sizes } of used) {
      const rows: Cell[][] = [];
      for (const size of sizes) {
        for (const norm of norms) {
          const found = drawn(size).map((network) => estimated(network, norm, quick ? 20 : 40));
          const { inputs: d, width, layers = 1 } = size;
          const means = (['sampled', 'witness', 'upper'] as const).map((key) =>
            mean(found.map((f) => constantNumber(norm, f[key]))),
          );
          rows.push([
            d,
            width,
            layers,
            normSymbol[norm],
            ...means,
            Math.max(means[0]!, means[1]!) / d ** exponents[norm],
          ]);
          await step();
        }
      }
      tables.push({ name, axis, rows });
    }

    return {
      tables: [
        {
          name: 'exact',
          caption: `exact constants, with the largest gradient found and the least upper bound; means of ${draws} networks`,
          columns: ['d', 'N', 'L', 'p', 'lower', 'exact', 'upper', 'exact / D_p', 'cells'],
          rows: exact,
        },
        ...tables.map(({ name, rows }) => ({
          name,
          caption: `lower bounds from random points (sampled) and from aligned ones, upper bounds; means of ${draws} networks`,
          columns: ['d', 'N', 'L', 'p', 'sampled', 'aligned', 'upper', 'lower / D_p'],
          rows,
        })),
      ],
      plots: tables.map(({ name, axis }) => ({
        name,
        title: `The lower bound over D_p against ${axis}`,
        table: name,
        x: axis,
        y: 'lower / D_p',
        series: 'p',
        logarithmic: { x: true, y: true },
      })),
      findings: [
        `lower bound ≤ exact ≤ upper bound in ${isOrdered ? 'every' : 'not every'} network`,
        ...exactFindings(exact),
        ...tables.flatMap(({ rows, ...sweep }) => norms.map((norm) => exponentFinding(sweep, norm, rows))),
      ],
    };
  },
};

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

async function exactly(network: Network, norm: Norm, signal: AbortSignal | undefined) {
  const {
    lower: exact,
    isComplete,
    cells,
  } = await exactLipschitz(network, norm, signal === undefined ? {} : { signal });
  signal?.throwIfAborted();
  const { witness, sampled, upper } = estimated(network, norm, 40);
  const lower = max(witness, sampled);
  const ordered = isComplete && compare(lower, exact) <= 0 && compare(exact, upper) <= 0;
  return { lower, exact, upper, cells, ordered };
}

/** Bounds from below and above. */
function estimated(network: Network, norm: Norm, points: number) {
  const witness = witnessGradient(network, norm, { starts: 4, steps: 3 }).magnitude;
  const sampled = sampledGradients(network, norm, { points }).magnitude ?? rational(0);
  // Relu networks have finite bounds.
  const upper = lipschitzBound(network, norm).magnitude!;
  return { witness, sampled, upper };
}

/** How the exact constants of one hidden layer grow with d, at the width that has the most sizes. */
function exactFindings(rows: readonly (readonly Cell[])[]): string[] {
  const shallow = rows.filter(([, , layers]) => layers === 1);
  const width = shallow[0]![1];
  return norms.map((norm) => {
    const own = shallow.filter(([, n, , p]) => n === width && p === normSymbol[norm]);
    const [first, last] = [own[0]![0], own.at(-1)![0]];
    const exponent = fittedExponent(own.map((row) => [Number(row[0]), Number(row[5])] as const)).toFixed(2);
    return `${normSymbol[norm]}: exact constants at N = ${width}, d = ${first} to ${last}, grow like d^${exponent}; the theory has ${exponents[norm]}`;
  });
}

/** How the bounds grow along the axis, as exponents of it. */
function exponentFinding(
  { name, axis }: Pick<Sweep, 'name' | 'axis'>,
  norm: Norm,
  rows: readonly (readonly Cell[])[],
): string {
  const at = ['d', 'N', 'L'].indexOf(axis);
  const own = rows.filter(([, , , p]) => p === normSymbol[norm]);
  const grows = (column: number, some = own): string =>
    `${axis}^${fittedExponent(some.map((row) => [Number(row[at]), Number(row[column])] as const)).toFixed(2)}`;
  const end = name === 'dimension' ? ` (${grows(5, own.slice(-2))} between the largest two)` : '';
  const expected = name === 'dimension' ? exponents[norm] : name === 'width' ? '0' : 'bounds a factor of order L apart';
  return `${normSymbol[norm]}: aligned points grow like ${grows(5)}${end}, random points like ${grows(4)}, upper bounds like ${grows(6)}; the theory has ${expected}`;
}
