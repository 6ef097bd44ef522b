/**
 * X3: a projection that is good enough for small balls and fails for large ones, with the two inputs that it merges.
 *
 * Main definition: `failingProjection`.
 *
 * Main statement. A map T of ℚ³ to the plane keeps the balls of radius μ apart iff dist₂(x_i − x_j, ker T) > 2μ for all
 * differently labelled pairs. The memorizer built for a radius that T preserves is right there; at μ the images of two balls
 * overlap, and it has one output at two inputs that need different ones.
 *
 * Notes. The numbers of the tables are exact; outlines of the images are drawn in floating point.
 * References. [EYS, Thm 4.4], the projection step and its converse.
 */
import { eysProjectedPair } from '../construction/index.js';
import {
  compare,
  formatRational,
  mul,
  parseRational,
  rational,
  rootBelow,
  square,
  subVectors,
  toNumber,
  type Vector,
} from '../exact/index.js';
import {
  bestMap,
  type Dataset,
  image,
  kernelDistance,
  type LinearMap,
  labelledPairs,
  point,
  preservedRadius,
  separation,
} from '../geometry/index.js';
import { evaluate, readLabel } from '../network/index.js';
import { breakNetwork, firstLayer } from '../theory/index.js';
import type { Cell, Experiment, ExperimentResult } from './experiment.js';
import { randomData } from './random-data.js';

const samples = 12;

export const failingProjection: Experiment = {
  name: 'X3',
  title: 'a failing projection, with the two inputs that it merges',
  reference: '[EYS, Thm 4.4]',
  run({ seed = 1, quick = false, onProgress, signal } = {}): ExperimentResult {
    signal?.throwIfAborted();
    const data = randomData(samples, 3, seed, { most: 20 });
    const { magnitude } = separation(data, 'l2')!;
    const delta = rootBelow(magnitude, 16).value;
    // Nine tenths of what the best map preserves, and nine tenths of what is possible at all.
    const best = bestMap(data, 2, { attempts: 12, seed: 1 })!;
    const small = mul(parseRational('9/10'), rootBelow(preservedRadius(best), 16).value);
    const mu = mul(parseRational('9/20'), delta);
    const { network } = eysProjectedPair.construct(data, { norm: 'l2', radius: small, projected: 2 });
    const map = firstLayer(network);
    const twice = square(mul(rational(2), mu));
    const distances = [...labelledPairs(data)]
      .map(([i, k]) => ({
        i,
        k,
        size: kernelDistance(map, subVectors(point(data, i), point(data, k)), 'l2').magnitude,
      }))
      .sort((a, b) => compare(a.size, b.size));
    const broken = breakNetwork(network, data, 'l2')!;
    const [i, k] = broken.samples;
    const inputs = [
      [i, broken.x],
      [k, broken.other],
    ] as const;
    const label = readLabel(network.output!, broken.outputs);
    onProgress?.(1, 1);
    return {
      tables: [
        {
          name: 'pairs',
          caption: `dist₂(x_i − x_k, ker T)² of the closest pairs against (2μ)² = ${formatRational(twice)}; μ/δ = 9/20`,
          columns: ['i', 'k', 'dist²', 'dist', '2μ', 'kept apart'],
          rows: distances
            .slice(0, quick ? 4 : 8)
            .map(({ i, k, size }) => [
              i,
              k,
              formatRational(size),
              Math.sqrt(toNumber(size)),
              2 * toNumber(mu),
              compare(size, twice) > 0 ? 'yes' : 'no',
            ]),
        },
        {
          name: 'inputs',
          caption: 'two inputs with one image under T, and so with one output, exactly',
          columns: ['ball', 'label', 'input', 'image', 'output'],
          rows: inputs.map(([sample, x]) => [
            sample,
            data.labels[sample]!,
            tuple(x),
            tuple(image(map, x)),
            tuple(evaluate(network, x)),
          ]),
        },
        {
          name: 'picture',
          onlyDrawn: true,
          caption: 'outlines of the images of both balls, and the common image of the two inputs',
          columns: ['t1·x', 't2·x', 'curve', 'step'],
          rows: [
            ...outline(map, data, i, toNumber(mu)),
            ...outline(map, data, k, toNumber(mu)),
            [...image(map, broken.x).map(toNumber), 'T x = T x′', 0],
          ],
        },
      ],
      plots: [
        {
          name: 'picture',
          title: `Images of the balls of samples ${i} and ${k} under a map of ℚ³ to the plane`,
          table: 'picture',
          x: 't1·x',
          y: 't2·x',
          series: 'curve',
          order: 'step',
        },
      ],
      findings: [
        `T keeps balls of radius ${toNumber(small).toFixed(3)} apart and fails at ${toNumber(mu).toFixed(3)}: ${distances.filter(({ size }) => compare(size, twice) <= 0).length} of ${distances.length} pairs are too close modulo its kernel`,
        `the inputs lie ${Math.sqrt(toNumber(broken.radiusMagnitude)).toFixed(3)} from samples ${i} and ${k}, of classes ${data.labels[i]} and ${data.labels[k]}; the network has ${label === undefined ? 'no class' : `class ${label}`} at both`,
      ],
    };
  },
};

const tuple = (x: Vector): string => `(${x.map(formatRational).join(', ')})`;

/** The outline of T(ball): T c + μ (T Tᵀ)^½ u over unit vectors u of the plane, for a picture. */
function outline(map: LinearMap, data: Dataset, i: number, mu: number): Cell[][] {
  const gram = (r: number, s: number): number =>
    Number(map.rows[r]!.reduce((sum, t, j) => sum + t * map.rows[s]![j]!, 0n));
  const [p, q, r] = [gram(0, 0), gram(0, 1), gram(1, 1)];
  // Cholesky: T Tᵀ = L Lᵀ has the same image of the unit circle.
  const l = Math.sqrt(p);
  const m = q / l;
  const n = Math.sqrt(r - m * m);
  const [u, v] = image(map, point(data, i)).map(toNumber) as [number, number];
  const steps = 72;
  return Array.from({ length: steps + 1 }, (_, s): Cell[] => {
    const angle = (2 * Math.PI * s) / steps;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return [u + mu * l * x, v + mu * (m * x + n * y), `sample ${i}, class ${data.labels[i]}`, s];
  });
}
