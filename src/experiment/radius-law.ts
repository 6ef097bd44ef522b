/**
 * X2: the largest radius that k dimensions preserve, against the number of samples: the law N^(−2/k).
 *
 * Main definition: `radiusLaw`.
 *
 * Main statement. Among N² pairs of random differences some fall close to the kernel of every map to k dimensions: the best μ/δ is of
 * the order √(k/d)·N^(−2/k). In the worst case nothing better exists (radius-bounds.ts); the hard datasets are such cases.
 *
 * Notes. Every radius is exact for its map: min dist₂(x_i − x_j, ker T)/2 over differently labelled pairs. The maps are the best
 * of a dozen, so the radii are lower bounds of what k dimensions can do. d is large against k, so that δ hardly depends on N.
 *
 * References. [EYS, Thm 4.5]; [KMY, Prop. 3.2].
 */
import { toNumber } from '../exact/index.js';
import { bestMap, type Dataset, type MapFamily, preservedRadius, separation } from '../geometry/index.js';
import { collisionBound, hardDataset, radiusGuarantee, radiusUpperBound } from '../theory/index.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { fittedExponent } from './power-law.js';
import { randomData } from './random-data.js';

const dimension = 64;
const widths = [2, 3, 4, 5, 6, 7, 8];
/** The k of the picture with bounds. */
const shown = 4;
/** k and grid steps of the hard datasets. */
const hardCases = [
  [2, 2],
  [2, 4],
  [2, 8],
  [4, 2],
  [4, 4],
  [6, 2],
] as const;

export const radiusLaw: Experiment = {
  name: 'X2',
  title: 'the largest preserved radius against the number of samples',
  reference: '[EYS, Thm 4.5]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const sizes = quick ? [16, 32, 64, 128, 256] : [16, 32, 64, 128, 256, 512, 1024];
    const repetitions = quick ? 2 : 4;
    const hard = quick ? hardCases.slice(0, 2) : hardCases;
    const steps = widths.length * sizes.length + hard.length;
    let done = 0;
    const step = (): void => {
      signal?.throwIfAborted();
      onProgress?.(++done, steps);
    };
    const radii: Cell[][] = [];
    const slopes: Cell[][] = [];
    for (const k of widths) {
      const points: [number, number][] = [];
      for (const N of sizes) {
        let logs = 0;
        for (let r = 0; r < repetitions; r++) {
          const data = randomData(N, dimension, 10_000 * seed + 1000 * r + N);
          logs += Math.log(bestRatio(data, k, { families: ['hadamard', 'signs'], attempts: 6, seed: seed + r }));
        }
        const ratio = Math.exp(logs / repetitions);
        const given = { samples: N, dimension, width: k, norm: 'l2' } as const;
        points.push([N, ratio]);
        radii.push([
          k,
          N,
          ratio,
          ratio / (Math.sqrt(k / dimension) * N ** (-2 / k)),
          Math.sqrt(toNumber(radiusGuarantee(given))),
          Math.sqrt(toNumber(radiusUpperBound(given).squared)),
        ]);
        step();
      }
      const slope = fittedExponent(points);
      slopes.push([k, slope, -2 / k, slope / (-2 / k)]);
    }
    const worst = hard.map(([k, q]): Cell[] => {
      const { data } = hardDataset(k, q);
      const found = bestRatio(data, k, { families: ['small', 'cayley'], attempts: 20, improvements: 150, seed });
      step();
      return [k, q, data.size, found, Math.sqrt(toNumber(collisionBound('l2', k, q))) / 2];
    });
    return {
      tables: [
        {
          name: 'radii',
          caption: `largest μ/δ that the best of 12 maps to k dimensions preserves; d = ${dimension}, geometric mean of ${repetitions} random datasets`,
          columns: ['k', 'N', 'μ/δ', 'c in c·√(k/d)·N^(−2/k)', 'guaranteed', 'worst case at most'],
          rows: radii,
        },
        {
          name: 'slopes',
          caption: 'fitted exponent of N',
          columns: ['k', 'exponent', '−2/k', 'ratio'],
          rows: slopes,
        },
        {
          name: 'overlay',
          onlyDrawn: true,
          caption: `the same for k = ${shown}, as curves`,
          columns: ['N', 'μ/δ', 'curve'],
          rows: radii
            .filter(([k]) => k === shown)
            .flatMap(([, N, ratio, , least, most]) => curvesAt(N!, [ratio!, least!, most!])),
        },
        {
          name: 'hard',
          caption: 'hard datasets: the best map found, and what no map reaches',
          columns: ['k', 'steps', 'N', 'μ/δ found', 'bound √k/(2q)'],
          rows: worst,
        },
      ],
      plots: [
        {
          name: 'radii',
          title: `Largest preserved radius, ℓ2, d = ${dimension}`,
          table: 'radii',
          x: 'N',
          y: 'μ/δ',
          series: 'k',
          logarithmic: { x: true, y: true },
        },
        {
          name: 'overlay',
          title: `Measured, and what is guaranteed and possible for all datasets, k = ${shown}`,
          table: 'overlay',
          x: 'N',
          y: 'μ/δ',
          series: 'curve',
          logarithmic: { x: true, y: true },
        },
      ],
      findings: [
        `the exponent is within ${percent(Math.max(...slopes.map(([, , , ratio]) => Math.abs(Number(ratio) - 1))))} of −2/k for k = ${widths[0]} to ${widths.at(-1)}`,
        `every radius is above what is guaranteed: ${radii.filter(([, , ratio, , least]) => Number(ratio) > Number(least)).length} of ${radii.length}`,
        `no map found reaches the bound of its hard dataset: ${worst.filter(([, , , found, bound]) => Number(found) < Number(bound)).length} of ${worst.length}`,
      ],
    };
  },
};

const curvesAt = (N: Cell, values: readonly Cell[]): Cell[][] =>
  ['measured', 'guaranteed', 'worst case at most'].map((curve, c) => [N, values[c]!, curve]);

interface Tried {
  readonly families: readonly MapFamily[];
  readonly attempts: number;
  readonly improvements?: number;
  readonly seed: number;
}

/** μ/δ of the best map tried. */
function bestRatio(data: Dataset, k: number, tried: Tried): number {
  const radius = preservedRadius(bestMap(data, k, tried)!);
  return Math.sqrt(toNumber(radius) / toNumber(separation(data, 'l2')!.magnitude));
}

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
