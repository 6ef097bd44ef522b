/**
 * X10: threshold networks that are right on whole balls: normal hyperplanes against axis-parallel ones.
 *
 * Main definition: `robustThreshold`.
 *
 * Main statement. Counting what fires somewhere and everywhere on a ball makes a threshold network right on closed balls of
 * radius μ. A hyperplane w helps a pair with difference v when w·v > 2μ‖w‖*; in ℓ∞ that is w·v > 2μ‖w‖₁, which a coordinate
 * does wherever |v_j| > 2μ, and which normal w do the more rarely the more dimensions there are.
 *
 * Notes. One round, no completion, so a run may fail; N − uncovered samples are then right on their balls all the same.
 *
 * Reference. Ours, after [F, Part I].
 */
import { fitThreshold, type HyperplaneFamily } from '../construction/index.js';
import { half, mul, parseRational } from '../exact/index.js';
import { type Dataset, separation } from '../geometry/index.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { noisyMoons } from './noisy-moons.js';
import { randomData } from './random-data.js';

const families: readonly HyperplaneFamily[] = ['gaussian', 'axis'];
const ratios = ['0.25', '0.5', '0.75', '0.9'];

export const robustThreshold: Experiment = {
  name: 'X10',
  title: 'threshold networks right on balls: normal against axis-parallel hyperplanes',
  reference: 'ours, after [F, Part I]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const runs = quick ? 2 : 5;
    const size = quick ? 200 : 1000;
    const widths = quick ? [1000] : [2000, 8000];
    const dimensions = quick ? [2, 8] : [2, 4, 8, 16];
    const [points, drawn] = quick ? [20, 2000] : [40, 4000];
    const total = families.length * (ratios.length * widths.length + dimensions.length);
    let done = 0;
    const measured = (make: (run: number) => Dataset, family: HyperplaneFamily, hyperplanes: number, ratio: string) => {
      let [successes, neurons, uncovered] = [0, 0, 0];
      for (let run = 0; run < runs; run++) {
        signal?.throwIfAborted();
        const data = make(run);
        const radius = mul(mul(parseRational(ratio), half), separation(data, 'linf')!.magnitude);
        const fit = fitThreshold(data, { family, hyperplanes, norm: 'linf', radius, base: 0, seed: 100 * seed + run });
        if (fit.success) successes++;
        neurons += fit.neurons.length;
        uncovered += fit.rounds[0]!.uncovered;
      }
      onProgress?.(++done, total);
      return { successes, width: neurons / runs, uncovered: uncovered / runs };
    };
    const moons: Cell[][] = [];
    for (const ratio of ratios) {
      for (const n1 of widths) {
        for (const family of families) {
          const made = measured((run) => noisyMoons(size, 1000 * seed + run), family, n1, ratio);
          moons.push([Number(ratio), n1, family, made.successes, made.width, made.uncovered]);
        }
      }
    }
    const higher: Cell[][] = [];
    for (const d of dimensions) {
      for (const family of families) {
        const made = measured((run) => randomData(points, d, 1000 * seed + 10 * d + run), family, drawn, '0.75');
        higher.push([d, family, made.successes, made.width, made.uncovered]);
      }
    }
    const wins = (rows: readonly Cell[][], family: HyperplaneFamily, column: number): string => {
      const own = rows.filter((row) => row.includes(family));
      return `${own.reduce((sum, row) => sum + Number(row[column]), 0)} of ${own.length * runs}`;
    };
    return {
      tables: [
        {
          name: 'moons',
          caption: `two moons, N = ${size}, ℓ∞: runs of ${runs} that cover every sample with its ball, mean width n₂, mean samples left`,
          columns: ['ρ', 'n₁', 'hyperplanes', 'successes', 'n₂', 'uncovered'],
          rows: moons,
        },
        {
          name: 'dimensions',
          caption: `uniform random points, N = ${points}, ℓ∞ at ρ = 0.75, n₁ = ${drawn}: the same`,
          columns: ['d', 'hyperplanes', 'successes', 'n₂', 'uncovered'],
          rows: higher,
        },
      ],
      plots: [
        {
          name: 'uncovered',
          title: `Samples that no neuron covers with their balls, of ${points / 2}`,
          table: 'dimensions',
          x: 'd',
          y: 'uncovered',
          series: 'hyperplanes',
        },
      ],
      findings: [
        `on moons ${wins(moons, 'axis', 3)} runs succeed with axis-parallel hyperplanes, ${wins(moons, 'gaussian', 3)} with normal ones`,
        `on random points ${wins(higher, 'axis', 2)} and ${wins(higher, 'gaussian', 2)}`,
      ],
    };
  },
};
