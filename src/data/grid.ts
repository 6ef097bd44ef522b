/** A chessboard: neighbours on the integer grid differ in class. */
import type { Dataset } from '../geometry/index.js';
import { planeDataset } from './plane-dataset.js';
import { wholeOption } from './whole-option.js';

export interface GridOptions {
  /** Number of samples, which fill a square row by row. @defaultValue 16 */
  readonly size?: number;
  /** Number of classes, at least 2. @defaultValue 2 */
  readonly classes?: number;
}

/**
 * Sample i at column i mod s and row ⌊i/s⌋, s = ⌈√size⌉, in class (column + row) mod classes.
 * @throws InputError for options out of range.
 */
export function grid(options: GridOptions = {}): Dataset {
  const size = wholeOption(options.size, 'grid.size', 16, 1);
  const classes = wholeOption(options.classes, 'grid.classes', 2, 2);
  let side = 1;
  while (side * side < size) side++;
  const samples = Array.from({ length: size }, (_, i): [number, number, number] => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return [1000 * x, 1000 * y, (x + y) % classes];
  });
  return planeDataset(samples, 'grid');
}
