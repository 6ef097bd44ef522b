/**
 * X1: the ball-indicator networks on random data: width d + O(1), exact labels up to the limit of what is possible.
 *
 * Main definition: `sanity`. All sizes of networks are exact; labels are exact evaluations at sampled points of the closed balls.
 * References. [EYS, Thm 4.2].
 */
import { eysBall, eysBallL1, eysBallL2, type Theorem } from '../construction/index.js';
import { mul, parseRational, randomSource, rootBelow } from '../exact/index.js';
import { type Norm, normSymbol } from '../format/index.js';
import { separation } from '../geometry/index.js';
import { complexity } from '../network/index.js';
import { exactPoints } from './ball-points.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { randomData } from './random-data.js';

const theorems: readonly (readonly [Norm, Theorem])[] = [
  ['l1', eysBallL1],
  ['l2', eysBallL2],
  ['linf', eysBall],
];

export const sanity: Experiment = {
  name: 'X1',
  title: 'ball-indicator networks: sizes, and exact labels on the balls',
  reference: '[EYS, Thm 4.2]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const sizes = quick ? [4, 8] : [4, 8, 16, 32];
    const dimensions = quick ? [2, 4] : [2, 4, 8, 16];
    const ratios = ['0', '1/4', '9/20', '49/100'];
    const total = sizes.length * dimensions.length * theorems.length * ratios.length;
    const rows: Cell[][] = [];
    for (const d of dimensions) {
      for (const N of sizes) {
        const data = randomData(N, d, 1000 * seed + 10 * N + d, { classes: 3, most: 40 });
        for (const [norm, { construct }] of theorems) {
          const { magnitude } = separation(data, norm)!;
          const delta = norm === 'l2' ? rootBelow(magnitude, 24).value : magnitude;
          for (const ratio of ratios) {
            signal?.throwIfAborted();
            const radius = mul(parseRational(ratio), delta);
            const { network } = construct(data, { norm, radius });
            const { width, depth, parameters, nonzero, bits } = complexity(network);
            const found = exactPoints(network, data, { norm, radius, random: 1, source: randomSource(seed) });
            rows.push([
              normSymbol[norm],
              N,
              d,
              ratio,
              width,
              depth,
              Number(parameters),
              nonzero,
              bits,
              found.points,
              found.exact,
            ]);
            onProgress?.(rows.length, total);
          }
        }
      }
    }
    const wrong = rows.filter((row) => row[9] !== row[10]);
    const wide = rows.filter((row) => Number(row[4]) > Number(row[2]) + 6);
    return {
      tables: [
        {
          name: 'networks',
          caption:
            'ball-indicator networks of random data with three classes; exact: sampled points of the balls with exactly their label',
          columns: ['norm', 'N', 'd', 'μ/δ', 'width', 'depth', 'parameters', 'nonzero', 'bits', 'points', 'exact'],
          rows,
        },
      ],
      plots: [
        {
          name: 'depth',
          title: 'Depth against the number of samples, all dimensions and radii',
          table: 'networks',
          x: 'N',
          y: 'depth',
          series: 'norm',
          logarithmic: { x: true, y: true },
          mark: 'point',
        },
      ],
      findings: [
        `every sampled point has exactly its label in ${rows.length - wrong.length} of ${rows.length} networks`,
        `the width is at most d + 6 in ${rows.length - wide.length} of ${rows.length} networks`,
      ],
    };
  },
};
