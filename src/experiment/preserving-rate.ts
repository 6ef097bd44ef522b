/**
 * X4: how many random linear maps keep differently labelled balls apart, and how large the balls may be.
 *
 * Main definition: `preservingRate`.
 *
 * Main statement. A map T keeps the closed ℓ2 balls of radius μ apart iff dist₂(x_i − x_j, ker T) > 2μ for all
 * differently labelled pairs; so one exact minimum per map answers the question for all radii at once. For a uniformly
 * random k-dimensional row space, P(‖T v‖² ≤ β k/d) < (e β)^{k/2}, hence with P pairs at least 1 − P·(e β)^{k/2} of the
 * maps preserve μ = (δ/2)·√(β k/d).
 *
 * Notes. Rows have entries that are sums of twelve uniform integers, close to Gaussian, so that their span is close to
 * uniform; the data is a uniform integer grid. Fractions are of maps drawn, and so estimates of probabilities.
 *
 * References. [EYS], the projection step of Theorem 4.5; S. Dasgupta, A. Gupta, An elementary proof of a theorem of
 * Johnson and Lindenstrauss, Random Structures & Algorithms 22 (2003), Lemma 2.2.
 */
import {
  compare,
  mul,
  type RandomSource,
  type Rational,
  randomSource,
  rational,
  square,
  toNumber,
} from '../exact/index.js';
import { datasetOf, type LinearMap, orthogonalRows, separation, separationUnderMap } from '../geometry/index.js';
import type { Experiment, ExperimentResult } from './experiment.js';

const samples = 50;
const dimension = 5;
/** μ/δ, as in the papers' table. */
const ratios = ['1/1000', '1/100', '1/20', '1/10', '1/5', '3/10'].map((text) => {
  const [n, d] = text.split('/').map(Number);
  return rational(n!, d!);
});

export const preservingRate: Experiment = {
  name: 'X4',
  title: 'random maps that keep balls apart: the share of maps against the radius',
  reference: '[EYS, Thm 4.5]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const maps = quick ? 60 : 1000;
    const random = randomSource(seed);
    const rows = Array.from({ length: samples }, () =>
      Array.from({ length: dimension }, () => rational(random.between(-10_000, 10_000))),
    );
    const data = datasetOf(
      rows,
      rows.map((_, i) => i % 2),
    );
    const squaredDelta = separation(data, 'l2')!.magnitude;
    const pairs = (samples / 2) ** 2;
    const dimensions = Array.from({ length: dimension - 1 }, (_, k) => k + 1);

    const rates: (string | number)[][] = [];
    const best: (string | number)[][] = [];
    for (const k of dimensions) {
      const found: Rational[] = [];
      for (let t = 0; t < maps; t++) {
        signal?.throwIfAborted();
        found.push(separationUnderMap(orthogonalRows(gaussianMap(random, k)), data)!.magnitude);
        onProgress?.((k - 1) * maps + t + 1, dimensions.length * maps);
      }
      for (const ratio of ratios) {
        // dist² > (2μ)² with μ = ratio·δ
        const needed = mul(square(mul(rational(2), ratio)), squaredDelta);
        const share = found.filter((size) => compare(size, needed) > 0).length / maps;
        const beta = ((2 * toNumber(ratio)) ** 2 * dimension) / k;
        rates.push([k, toNumber(ratio), share, Math.max(0, 1 - pairs * (Math.E * beta) ** (k / 2))]);
      }
      const largest = found.reduce((a, b) => (compare(a, b) > 0 ? a : b));
      best.push([k, Math.sqrt(toNumber(largest) / toNumber(squaredDelta)) / 2]);
    }
    const below = rates.filter(([, , share, promised]) => Number(share) < Number(promised));
    return {
      tables: [
        {
          name: 'rates',
          caption: `share of ${maps} random maps that keep ${pairs} pairs of balls of radius μ apart; N = ${samples}, d = ${dimension}`,
          columns: ['k', 'μ/δ', 'share of maps', 'promised share'],
          rows: rates,
        },
        {
          name: 'best',
          caption: 'the largest μ/δ that any of these maps preserves; 0.5 is the limit for k = d',
          columns: ['k', 'μ/δ'],
          rows: best,
        },
      ],
      plots: [
        {
          name: 'rates',
          title: `Share of random maps ℚ⁵ → ℚᵏ that keep balls apart (N = ${samples})`,
          table: 'rates',
          x: 'μ/δ',
          y: 'share of maps',
          series: 'k',
          logarithmic: { x: true },
        },
      ],
      findings: [
        `the share is at least what the lemma promises in ${rates.length - below.length} of ${rates.length} cells`,
        `the best radius of ${maps} maps grows with k: ${best.map(([k, ratio]) => `${Number(ratio).toFixed(3)} at k = ${k}`).join(', ')}`,
      ],
    };
  },
};

/** A k × d map whose entries are sums of twelve uniform integers. */
function gaussianMap(random: RandomSource, k: number): LinearMap {
  const entry = (): bigint => {
    let sum = 0;
    for (let n = 0; n < 12; n++) sum += random.between(-1000, 1000);
    return BigInt(sum);
  };
  const rows = Array.from({ length: k }, () => Array.from({ length: dimension }, entry));
  return { rows, columns: dimension };
}
