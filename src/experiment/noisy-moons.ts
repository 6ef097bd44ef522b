/**
 * Two moons as [DFG] draw them: evenly spaced on two half circles, each coordinate moved by normal noise.
 */
import { randomSource, roundedNormals } from '../exact/index.js';
import type { Dataset } from '../geometry/index.js';

/** Coordinates are whole numbers of 1/2¹⁴. */
const scale = 2 ** 14;

/**
 * N samples, class 0 on (cos t, sin t), class 1 on (1 − cos t, 1/2 − sin t), 0 ≤ t ≤ π; half of each, class 0 first.
 * Deterministic in the seed.
 */
export function noisyMoons(N: number, seed: number, { noise = 0.05 } = {}): Dataset {
  const outer = Math.floor(N / 2);
  const numerators = roundedNormals(randomSource(seed), 2 * N, noise * scale);
  const labels: number[] = [];
  for (let i = 0; i < N; i++) {
    const label = i < outer ? 0 : 1;
    const [k, count] = label === 0 ? [i, outer] : [i - outer, N - outer];
    const t = (Math.PI * k) / Math.max(1, count - 1);
    const [x, y] = label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 1 / 2 - Math.sin(t)];
    numerators[2 * i]! += Math.round(scale * x);
    numerators[2 * i + 1]! += Math.round(scale * y);
    labels.push(label);
  }
  return { size: N, dimension: 2, coordinates: { numerators, denominator: BigInt(scale) }, labels, name: 'moons' };
}
