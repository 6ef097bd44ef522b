/**
 * X9: threshold networks on two moons: how often they interpolate, and how wide their second layer is, beside [DFG].
 *
 * Main definition: `moonsTable`.
 *
 * Main statement. The algorithm of [DFG] is run in exact integers, one round and no completion, for widths n₁ of the
 * first layer and bias bounds Λ. Shares of successful restarts are compared with the published ones by Fisher's exact
 * test in each cell. With Λ = 0 every hyperplane runs through the origin and cannot tell two samples on a ray apart.
 *
 * Notes. A restart draws moons and hyperplanes anew; [DFG] have one dataset, normal noise 0.05 as here. A restart
 * succeeds when every sample is covered, which is when the network has every label.
 *
 * Reference. [DFG, Section 5]; [F, Part I].
 */
import { fitThreshold } from '../construction/index.js';
import { parseRational } from '../exact/index.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { fisherTest } from './fisher-test.js';
import {
  type PublishedCell,
  publishedAccuracy,
  publishedMoons,
  publishedRestarts,
  publishedWidths,
} from './moons-published.js';
import { noisyMoons } from './noisy-moons.js';

const samples = 1000;
const biases = ['0', '0.25', '0.5', '0.75', '1', '1.5', '2', '2.5'];

/** Below it two shares are called different: with some thirty cells, one false alarm in thirty runs. */
export const alarm = 0.001;

export interface Restarts {
  readonly restarts: number;
  readonly successes: number;
  /** Mean width of the second layer. */
  readonly width: number;
  /** Largest share of samples with their label. */
  readonly accuracy: number;
}

export const moonsTable: Experiment = {
  name: 'X9',
  title: 'threshold networks on two moons, beside the published numbers',
  reference: '[DFG, Section 5]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const restarts = quick ? 8 : 50;
    const widths = [50, 100, 200, 300, 500];
    const isUsed = (n1: number, bias: string): boolean => !quick || publishedAt(n1, bias) !== undefined;
    const grid = widths.flatMap((n1) => biases.filter((bias) => isUsed(n1, bias)).map((bias) => [n1, bias] as const));
    const sizes = quick ? [1000] : [1000, 10_000, 100_000];
    const total = grid.length + 2 * sizes.length;
    let done = 0;
    const rows: Cell[][] = [];
    const tested: number[] = [];
    const cells: Cell[][] = [];
    let bestAtZero = 0;
    let successesAtZero = 0;
    for (const [n1, bias] of grid) {
      const found = moonsRestarts(samples, n1, bias, restarts, seed, signal);
      const published = publishedAt(n1, bias);
      const agreement = published === undefined ? undefined : agreementOf(found, published);
      if (agreement !== undefined) tested.push(agreement);
      if (bias === '0') {
        bestAtZero = Math.max(bestAtZero, found.accuracy);
        successesAtZero += found.successes;
      }
      const share = found.successes / restarts;
      rows.push([
        n1,
        bias,
        share,
        published?.share ?? '',
        agreement ?? '',
        found.width,
        published === undefined ? '' : widthText(published),
        found.accuracy,
      ]);
      cells.push([n1, Number(bias), share, found.width]);
      onProgress?.(++done, total);
    }
    const growth: Cell[][] = [];
    for (const size of sizes) {
      for (const n1 of [200, 2000]) {
        const repeats = quick ? 2 : size > 10_000 ? 10 : 20;
        const found = moonsRestarts(size, n1, '1', repeats, seed, signal);
        growth.push([size, n1, repeats, found.successes / repeats, found.width]);
        onProgress?.(++done, total);
      }
    }
    const ends = [growth[1]!, growth.at(-1)!].map((row) => `${Number(row[4]).toFixed(1)} at N = ${row[0]}`);
    return {
      tables: [
        {
          name: 'moons',
          caption: `share of ${restarts} restarts in which all of N = ${samples} samples get their label, mean width n₂, best accuracy; published: of ${publishedRestarts} restarts`,
          columns: ['n₁', 'Λ', 'share', 'published share', 'p', 'n₂', 'published n₂', 'best accuracy'],
          rows,
        },
        {
          name: 'shares',
          caption: 'the same shares and widths as numbers',
          columns: ['n₁', 'Λ', 'share', 'n₂'],
          rows: cells,
          onlyDrawn: true,
        },
        {
          name: 'size',
          caption: 'more samples, Λ = 1',
          columns: ['N', 'n₁', 'restarts', 'share', 'n₂'],
          rows: growth,
        },
      ],
      plots: [
        {
          name: 'shares',
          title: 'Share of restarts that interpolate two moons, N = 1000',
          table: 'shares',
          x: 'Λ',
          y: 'share',
          series: 'n₁',
        },
        {
          name: 'widths',
          title: 'Mean width of the second layer, N = 1000',
          table: 'shares',
          x: 'Λ',
          y: 'n₂',
          series: 'n₁',
        },
      ],
      findings: [
        `the shares agree with the published ones in ${tested.filter((p) => p > alarm).length} of ${tested.length} cells: p > ${alarm}, the smallest p is ${Math.min(...tested).toPrecision(2)}`,
        `Λ = 0 succeeds in ${successesAtZero} of ${widths.length * restarts} restarts; its best accuracy is ${bestAtZero.toFixed(3)}, published ${publishedAccuracy}`,
        `with n₁ = 2000 the mean width n₂ is ${[...new Set(ends)].join(' and ')}`,
      ],
    };
  },
};

const publishedAt = (n1: number, bias: string): PublishedCell | undefined =>
  publishedMoons.find((cell) => cell.hyperplanes === n1 && cell.bias === bias);

/** What becomes of restarts on moons drawn anew, N samples, n₁ hyperplanes and a bias bound. Deterministic in the seed. */
export function moonsRestarts(
  N: number,
  n1: number,
  bias: string,
  restarts: number,
  seed: number,
  signal?: AbortSignal,
): Restarts {
  const biasBound = parseRational(bias);
  let successes = 0;
  let neurons = 0;
  let accuracy = 0;
  for (let restart = 0; restart < restarts; restart++) {
    signal?.throwIfAborted();
    // The same moons in all cells; other hyperplanes in each, as their number and bias bound change what is drawn.
    const data = noisyMoons(N, 10_000 * seed + restart);
    const fit = fitThreshold(data, { hyperplanes: n1, biasBound, base: 0, seed: 10_000 * seed + 5000 + restart });
    if (fit.success) successes++;
    neurons += fit.neurons.length;
    accuracy = Math.max(accuracy, 1 - fit.rounds[0]!.uncovered / N);
  }
  return { restarts, successes, width: neurons / restarts, accuracy };
}

/** The p-value that the restarts and the published ones have one probability of success. */
export const agreementOf = ({ successes, restarts }: Restarts, { share }: Pick<PublishedCell, 'share'>): number =>
  fisherTest(successes, restarts, Math.round(share * publishedRestarts), publishedRestarts);

function widthText({ hyperplanes, bias, width }: PublishedCell): string {
  if (width !== undefined) return String(width);
  return Number(bias) >= 0.5 && Number(bias) <= 1.5 ? (publishedWidths[hyperplanes] ?? '') : '';
}
