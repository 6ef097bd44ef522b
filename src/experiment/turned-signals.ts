/**
 * Noisy prototypes in random cyclic shifts: signals that only a shift-invariant network labels with few neurons.
 */
import { randomSource, roundedNormals } from '../exact/index.js';
import type { Dataset } from '../geometry/index.js';

/** Coordinates are whole numbers of 1/2¹⁴. */
const scale = 2 ** 14;

export interface TurnedSignalsOptions {
  /** Prototypes, of class 0 and 1 in turn. @defaultValue 4 */
  readonly prototypes?: number;
  /** Length of the noise, roughly: each place has normal noise of this over √D. @defaultValue 0.02 */
  readonly noise?: number;
}

/** N signals with D places: random prototypes of length 1, each signal one of them, shifted and with noise. */
export function turnedSignals(N: number, D: number, seed: number, options: TurnedSignalsOptions = {}): Dataset {
  const { prototypes: count = 4, noise = 0.02 } = options;
  const random = randomSource(seed);
  const prototypes = Array.from({ length: count }, () => {
    const drawn = roundedNormals(random, D, scale);
    const length = Math.hypot(...drawn);
    return drawn.map((v) => Math.round((scale * v) / length));
  });
  const numerators = roundedNormals(random, N * D, (noise * scale) / Math.sqrt(D));
  const labels: number[] = [];
  for (let i = 0; i < N; i++) {
    const which = i % count;
    const t = random.below(D);
    for (let p = 0; p < D; p++) numerators[i * D + p]! += prototypes[which]![(p + t) % D]!;
    labels.push(which % 2);
  }
  return { size: N, dimension: D, coordinates: { numerators, denominator: BigInt(scale) }, labels, name: 'signals' };
}
