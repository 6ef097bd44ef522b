/** Two moons: two half circles that reach into each other. */
import { randomSource } from '../exact/index.js';
import type { Dataset } from '../geometry/index.js';
import { planeDataset } from './plane-dataset.js';
import { wholeOption } from './whole-option.js';

export interface MoonsOptions {
  /** Number of samples, at least 2; the outer moon has the odd one. @defaultValue 40 */
  readonly size?: number;
  /** Each coordinate is moved by up to this many thousandths. @defaultValue 100 */
  readonly noise?: number;
  /** @defaultValue 1 */
  readonly seed?: number;
}

/**
 * Class 0 on (cos t, sin t), class 1 on (1 − cos t, 1/2 − sin t), 0 ≤ t ≤ π, evenly spaced, rounded to thousandths and
 * then moved by whole thousandths, uniformly. @throws InputError for options out of range.
 */
export function moons(options: MoonsOptions = {}): Dataset {
  const size = wholeOption(options.size, 'moons.size', 40, 2);
  const noise = wholeOption(options.noise, 'moons.noise', 100, 0);
  const random = randomSource(wholeOption(options.seed, 'moons.seed', 1, 0, Number.MAX_SAFE_INTEGER));
  const outer = Math.ceil(size / 2);
  const samples = Array.from({ length: size }, (_, i): [number, number, number] => {
    const label = i < outer ? 0 : 1;
    const [k, count] = label === 0 ? [i, outer] : [i - outer, size - outer];
    const t = count === 1 ? Math.PI / 2 : (Math.PI * k) / (count - 1);
    const [x, y] = label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 1 / 2 - Math.sin(t)];
    const moved = (v: number): number => Math.round(1000 * v) + random.between(-noise, noise);
    return [moved(x), moved(y), label];
  });
  return planeDataset(samples, 'moons');
}
