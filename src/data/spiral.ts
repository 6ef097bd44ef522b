/** Spiral: arms that wind around one centre, one class each. */
import type { Dataset } from '../geometry/index.js';
import { planeDataset } from './plane-dataset.js';
import { wholeOption } from './whole-option.js';

export interface SpiralOptions {
  /** Number of samples, dealt to the arms in turn. @defaultValue 60 */
  readonly size?: number;
  /** Number of arms, at least 2; arm c is class c. @defaultValue 3 */
  readonly arms?: number;
}

/**
 * Each arm turns once while its radius grows from 1/5 to 1, evenly spaced, rounded to thousandths.
 * @throws InputError for options out of range, and when so many samples fall on one point.
 */
export function spiral(options: SpiralOptions = {}): Dataset {
  const size = wholeOption(options.size, 'spiral.size', 60, 2);
  const arms = wholeOption(options.arms, 'spiral.arms', 3, 2, size);
  const turns = Math.ceil(size / arms);
  const samples = Array.from({ length: size }, (_, i): [number, number, number] => {
    const label = i % arms;
    const part = turns === 1 ? 1 : Math.floor(i / arms) / (turns - 1);
    const radius = 200 + 800 * part;
    const angle = 2 * Math.PI * (part + label / arms);
    return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle)), label];
  });
  return planeDataset(samples, 'spiral');
}
