/**
 * X14: how the sizes of all memorizers grow with N and d.
 *
 * Main definition: `memorizerSizes`.
 *
 * Main statement. [YGZ] memorize robustly with O(Nd) nonzero weights at every ρ < 1, and with O(Nd log d) at a bounded Lipschitz
 * constant; [EYS] and [KMY] count all entries of the matrices. Here every theorem of the registry is built for random datasets of
 * two classes, in ℓ2 where it serves several norms, at ρ = 1/2 or at 0.99 of the largest ρ that it is about, and both counts are compared with N·d.
 *
 * Notes. Exponents are fitted along N at the largest d and along d at the largest N. Where a theorem's range of ρ shrinks with N or d, so does
 * the ρ of its row.
 */
import { type Theorem, theorems } from '../construction/index.js';
import { half, min, mul, type Rational, rational, rootBelow, toNumber } from '../exact/index.js';
import { AssumptionError, type Norm } from '../format/index.js';
import { type Dataset, separation } from '../geometry/index.js';
import { type Complexity, complexity } from '../network/index.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { fittedExponent } from './power-law.js';
import { randomData } from './random-data.js';

interface Measured {
  readonly theorem: Theorem;
  readonly N: number;
  readonly d: number;
  readonly rho: Rational;
  readonly size: Complexity;
}

export const memorizerSizes: Experiment = {
  name: 'X14',
  title: 'sizes of all memorizers against N·d',
  reference: '[YGZ, Thm 4.8 and 5.2], [EYS], [KMY, Thm 4.2]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const counts = quick ? [4, 8] : [16, 32, 64, 128];
    const dimensions = quick ? [2, 3] : [4, 8, 16, 32];
    const cases = counts.flatMap((N) => dimensions.map((d) => [N, d] as const));
    const found: Measured[] = [];
    const missing = new Set<string>();
    let done = 0;
    for (const [N, d] of cases) {
      const data = randomData(N, d, 1000 * seed + N + d);
      for (const theorem of theorems) {
        signal?.throwIfAborted();
        const one = measured(theorem, data, N, d);
        if (one === undefined) missing.add(theorem.name);
        else found.push(one);
        onProgress?.(++done, cases.length * theorems.length);
      }
    }
    const names = theorems.map(({ name }) => name).filter((name) => found.some(({ theorem }) => theorem.name === name));
    const [most, widest] = [counts.at(-1)!, dimensions.at(-1)!];
    const exponent = (name: string, along: 'N' | 'd', of: (size: Complexity) => number): Cell => {
      const fixed = along === 'N' ? ({ d }: Measured) => d === widest : ({ N }: Measured) => N === most;
      const line = found.filter((one) => one.theorem.name === name && fixed(one));
      return line.length < 2 ? '' : fittedExponent(line.map((one) => [one[along], of(one.size)]));
    };
    const perEntry = ({ N, d, size }: Measured): number => size.nonzero / (N * d);
    const nonzero = (size: Complexity): number => size.nonzero;
    const parameters = (size: Complexity): number => Number(size.parameters);
    const growth = names.map((name): Cell[] => {
      const ratios = found.filter(({ theorem }) => theorem.name === name).map(perEntry);
      return [
        name,
        ...[nonzero, parameters].flatMap((of) => (['N', 'd'] as const).map((along) => exponent(name, along, of))),
        Math.min(...ratios),
        Math.max(...ratios),
      ];
    });
    const linear = growth.filter(([, , , , , low, high]) => Number(high) <= 2 * Number(low)).map(([name]) => name);
    const last = found.filter(({ N, d }) => N === most && d === widest);
    const smallest = (of: (size: Complexity) => number): string => {
      const best = last.reduce((a, b) => (of(b.size) < of(a.size) ? b : a));
      return `${best.theorem.name} with ${of(best.size)}`;
    };
    const plot = (name: string) => ({
      name,
      title: `${name === 'nonzero' ? 'Nonzero weights' : 'Parameters'} of memorizers, two classes`,
      table: 'sizes',
      x: 'N·d',
      y: name,
      series: 'construction',
      logarithmic: { x: true, y: true },
      mark: 'point' as const,
    });
    return {
      tables: [
        {
          name: 'growth',
          caption: `exponents of N (d = ${widest}) and of d (N = ${most}), and the range of nonzero/(N·d) over all sizes`,
          columns: ['construction', 'nonzero, N', 'nonzero, d', 'parameters, N', 'parameters, d', 'least', 'most'],
          rows: growth,
        },
        {
          name: 'sizes',
          caption: 'networks for random datasets of two classes; parameters count zeros too',
          columns: ['construction', 'norm', 'N', 'd', 'N·d', 'ρ', 'width', 'depth', 'nonzero', 'parameters', 'bits'],
          rows: found.map(({ theorem, N, d, rho, size }) => [
            theorem.name,
            normOf(theorem),
            N,
            d,
            N * d,
            toNumber(rho),
            size.width,
            size.depth,
            size.nonzero,
            Number(size.parameters),
            size.bits,
          ]),
          onlyDrawn: true,
        },
      ],
      plots: [plot('nonzero'), plot('parameters')],
      findings: [
        `nonzero weights stay within a factor 2 of a multiple of N·d for ${linear.join(', ')}`,
        `at N = ${most}, d = ${widest} the fewest nonzero weights has ${smallest(nonzero)}, the fewest parameters ${smallest(parameters)}`,
        missing.size === 0
          ? 'every theorem has a network at every size'
          : `not at every size: ${[...missing].join(', ')}`,
      ],
    };
  },
};

/** ℓ2 where a theorem serves several norms: projections are found there without linear programs. */
const normOf = ({ norms }: Theorem): Norm => (norms.includes('l2') ? 'l2' : norms[0]!);

/** The sizes of a theorem's network; undefined where there is none. */
function measured(theorem: Theorem, data: Dataset, N: number, d: number): Measured | undefined {
  const norm = normOf(theorem);
  const { magnitude } = separation(data, norm)!;
  const delta = norm === 'l2' ? rootBelow(magnitude, 24).value : magnitude;
  const rho = theorem.range === undefined ? half : min(half, mul(rational(99, 100), theorem.range.end(data, norm)));
  try {
    const { network } = theorem.construct(data, { norm, radius: mul(mul(half, rho), delta) });
    return { theorem, N, d, rho, size: complexity(network) };
  } catch (error) {
    if (error instanceof AssumptionError) return undefined;
    throw error;
  }
}
