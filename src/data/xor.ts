/** XOR: the corners of the unit square, where no line separates the classes. */
import type { Dataset } from '../geometry/index.js';
import { planeDataset } from './plane-dataset.js';

/** (0,0) and (1,1) in class 0, (0,1) and (1,0) in class 1. */
export function xor(): Dataset {
  const corners: [number, number, number][] = [
    [0, 0, 0],
    [0, 1000, 1],
    [1000, 0, 1],
    [1000, 1000, 0],
  ];
  return planeDataset(corners, 'xor');
}
