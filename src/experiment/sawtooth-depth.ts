/**
 * X6: accuracy of the ℓ2 ball-indicator network against the levels of its sawtooth: it jumps to 1 at the predicted depth.
 *
 * Main definition: `sawtoothDepth`.
 *
 * Main statement. With m levels each square is too large by at most 4^−(m+1); labels are exact on the balls as soon as the sum of
 * these errors fits between the own ball and the others, which square-scales.ts predicts from the data. With fewer levels the
 * threshold is put where half of that room ends, and points near the spheres are wrong.
 *
 * References. [EYS, Thm 4.2] for p = 2, where the depth is that of squaring.
 */
import { prepare, squareBalls, squareScales } from '../construction/index.js';
import { mul, parseRational, randomSource, rootBelow } from '../exact/index.js';
import { identityMap, imagesUnder, separation } from '../geometry/index.js';
import { complexity } from '../network/index.js';
import { exactPoints } from './ball-points.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { randomData } from './random-data.js';

/** N, d, classes and μ/δ. */
const cases = [
  [12, 4, 3, '9/20'],
  [16, 8, 2, '1/4'],
  [24, 3, 4, '49/100'],
] as const;

export const sawtoothDepth: Experiment = {
  name: 'X6',
  title: 'accuracy against the levels of the sawtooth: it jumps to 1 at the predicted number',
  reference: '[EYS, Thm 4.2]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const used = quick ? cases.slice(0, 2) : cases;
    const random = quick ? 4 : 30;
    const rows: Cell[][] = [];
    const jumps: { readonly predicted: number; readonly seen: number | undefined }[] = [];
    for (const [at, [N, d, classes, ratio]] of used.entries()) {
      const data = randomData(N, d, 100 * seed + at, { classes });
      const { magnitude } = separation(data, 'l2')!;
      const radius = mul(parseRational(ratio), rootBelow(magnitude, 24).value);
      const map = identityMap(d);
      const predicted = squareScales(map, imagesUnder(map, data), magnitude, radius, { dyadic: false }).levels;
      const prepared = prepare(data, 'l2', radius);
      const last = predicted + 2;
      let seen: number | undefined;
      for (let levels = 1; levels <= last; levels++) {
        signal?.throwIfAborted();
        const options = { norm: 'l2', radius, dyadic: false } as const;
        const { network } = squareBalls('eys-ball-l2', prepared, map, magnitude, options, { levels });
        const source = randomSource(seed);
        const { points, exact } = exactPoints(network, data, { norm: 'l2', radius, random, source });
        if (exact < points) seen = undefined;
        else seen ??= levels;
        rows.push([
          `N = ${N}, d = ${d}, μ/δ = ${ratio}`,
          levels,
          predicted,
          complexity(network).depth,
          points,
          exact / points,
        ]);
        onProgress?.(100 * at + Math.round((100 * levels) / last), 100 * used.length);
      }
      jumps.push({ predicted, seen });
    }
    return {
      tables: [
        {
          name: 'accuracy',
          caption: 'share of points of the balls, sampled, at which the output is exactly the label',
          columns: ['case', 'levels', 'predicted', 'depth', 'points', 'exact share'],
          rows,
        },
      ],
      plots: [
        {
          name: 'accuracy',
          title: 'Exact labels against the levels of the sawtooth',
          table: 'accuracy',
          x: 'levels',
          y: 'exact share',
          series: 'case',
        },
      ],
      findings: jumps.map(
        ({ predicted, seen }, at) =>
          `${rows.find(([name]) => String(name).startsWith(`N = ${used[at]![0]},`))![0]}: predicted ${predicted} levels, all points are exact ${seen === undefined ? 'nowhere' : `from ${seen} on`}`,
      ),
    };
  },
};
