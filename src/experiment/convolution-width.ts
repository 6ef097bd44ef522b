/**
 * X12: the second layer of convolutional and of dense threshold networks, on signals that come in all shifts.
 *
 * Main definition: `convolutionWidth`.
 *
 * Main statement. Four noisy prototypes, two of each class, come in random cyclic shifts of D places, 25·D samples. One
 * counting neuron can cover all shifts of a prototype when filters are shared by shifts, so the convolutional network
 * needs as many as the covered class has prototypes, whatever D; the dense one sees D different points for each.
 *
 * Notes. One round, no completion, balls of radius 0. Widths are means over restarts, each with other prototypes.
 *
 * Reference. [F, Part I] on convolutional networks.
 */
import {
  fitThreshold,
  sharedParameters,
  signalWindows,
  type ThresholdFit,
  windowViews,
} from '../construction/index.js';
import type { Dataset } from '../geometry/index.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { turnedSignals } from './turned-signals.js';

const prototypes = 4;
/** Samples for each shift. */
const perShift = 25;

export const convolutionWidth: Experiment = {
  name: 'X12',
  title: 'convolutional against dense threshold networks: the second layer against the number of shifts',
  reference: '[F, Part I]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const places = quick ? [4, 8, 16] : [8, 16, 32, 64];
    const widths = quick ? [200] : [100, 200, 400];
    const restarts = quick ? 3 : 5;
    const rows: Cell[][] = [];
    const drawn: Cell[][] = [];
    const widest = new Map<number, number>();
    for (const D of places) {
      const windows = signalWindows(D);
      for (const n1 of widths) {
        const convolutional: ThresholdFit[] = [];
        const dense: ThresholdFit[] = [];
        for (let restart = 0; restart < restarts; restart++) {
          signal?.throwIfAborted();
          const data = turnedSignals(perShift * D, D, 1000 * seed + restart, { prototypes });
          convolutional.push(fitted(data, n1, restart, { views: windowViews(data, windows) }));
          dense.push(fitted(data, n1, restart));
        }
        const [c, f] = [convolutional, dense].map((fits) => ({
          width: fits.reduce((sum, { neurons }) => sum + neurons.length, 0) / restarts,
          most: Math.max(...fits.map(({ neurons }) => neurons.length)),
          share: fits.filter(({ success }) => success).length / restarts,
          parameters: Math.max(...fits.map((fit) => sharedParameters(fit, windows))),
        })) as [Summary, Summary];
        widest.set(D, Math.max(c.most, widest.get(D) ?? 0));
        rows.push([D, perShift * D, n1, c.width, c.most, c.share, f.width, f.share, c.parameters, f.parameters]);
        drawn.push([D, `convolutional, n₁ = ${n1}`, c.width], [D, `dense, n₁ = ${n1}`, f.width]);
        onProgress?.(rows.length, places.length * widths.length);
      }
    }
    const [first, last] = [places[0]!, places.at(-1)!];
    const denseAt = (D: number): string => Number(rows.filter((row) => row[0] === D).at(-1)![6]).toFixed(1);
    return {
      tables: [
        {
          name: 'widths',
          caption: `second-layer widths n₂, mean of ${restarts} restarts, for ${prototypes} prototypes in D shifts; parameters: of the first two layers at most, shared weights once`,
          columns: [
            'D',
            'N',
            'n₁',
            'n₂ conv.',
            'at most',
            'share',
            'n₂ dense',
            'share dense',
            'parameters conv.',
            'parameters dense',
          ],
          rows,
        },
        {
          name: 'drawn',
          caption: 'the same widths, a line for each kind of network',
          columns: ['D', 'network', 'n₂'],
          rows: drawn,
          onlyDrawn: true,
        },
      ],
      plots: [
        {
          name: 'widths',
          title: 'Width of the second layer against the number of shifts',
          table: 'drawn',
          x: 'D',
          y: 'n₂',
          series: 'network',
          logarithmic: { x: true, y: true },
        },
      ],
      findings: [
        `the convolutional n₂ is at most ${[...widest].map(([D, n2]) => `${n2} at D = ${D}`).join(', ')}; the covered class has ${prototypes / 2} prototypes`,
        `the dense n₂ grows with the number of shifts, from ${denseAt(first)} at D = ${first} to ${denseAt(last)} at D = ${last}, with n₁ = ${widths.at(-1)}`,
      ],
    };
  },
};

interface Summary {
  readonly width: number;
  readonly most: number;
  readonly share: number;
  readonly parameters: number;
}

const fitted = (
  data: Dataset,
  hyperplanes: number,
  restart: number,
  more: Pick<Parameters<typeof fitThreshold>[1], 'views'> = {},
): ThresholdFit => fitThreshold(data, { hyperplanes, base: 0, seed: 100 + restart, ...more });
