/**
 * Exact sizes of the ball-indicator network, as formulas over d, T (samples not of the smallest class), Z (nonzero
 * biases among the shifts lo_j and the thresholds) and Zo (nonzero output bias).
 *
 * The pipeline starts and ends with layers of its own widths, so the formulas come in cases for small T and d. Each
 * formula is a sum over runs of equally wide layers.
 */
import type { Quantity } from '../theorem.js';

/** `times` consecutive layers of `width` neurons, both as formulas. */
interface Run {
  readonly width: string;
  readonly times: string;
}

const run = (width: string, times = '1'): Run => ({ width, times });

/** The counting formulas for T samples in d dimensions, T ≥ 1. */
export function ballIndicatorCounts(d: number, samples: number): Record<Quantity, string> {
  return {
    width: d === 1 ? 'd + min(T + 1, 5)' : 'd + min(T + 2, 5)',
    depth: 'T*d + 4',
    nonzero: d === 1 ? 'd + Z + 6*T + max(5*T - 4, 2) + Zo' : 'T*(d^2 + 6*d + 3) - 1 + Z + Zo',
    parameters: d === 1 ? parametersOnLine(samples) : parametersInSpace(d, samples),
  };
}

function parametersOnLine(samples: number): string {
  const start = [run('d'), run('d + 2'), run('d + 3'), run('d + 4')].slice(0, Math.min(samples, 3) + 1);
  const rest = samples > 3 ? [run('d + 5', 'T - 3')] : [];
  const tail = [run(String(Math.min(samples, 3))), run(String(Math.min(samples, 2))), run('1')];
  return total([...start, ...rest, ...tail]);
}

function parametersInSpace(d: number, samples: number): string {
  const carried = (width: string): Run[] => (d > 2 ? [run(width, 'd - 2')] : []);
  const first = [run('d + 2'), run('d + 3', 'd - 1')];
  const second = samples > 1 ? [run('d + 3'), run('d + 4', 'd - 1')] : [];
  const later = [run('d + 4'), run('d + 5'), ...carried('d + 4')];
  const tail = [run(samples > 1 ? '2' : '1'), run(samples > 1 ? '2' : '1'), run('1')];
  const start = [run('d'), ...first, ...second];
  if (samples < 3) return total([...start, ...tail]);
  // The third sample's block follows d + 4 neurons, later ones follow their own last layer, as the tail does.
  const last = later.at(-1)!.width;
  return `${total([...start, ...later])} + (T - 3)*(${total(later, last)}) + ${total(tail, last)}`;
}

/** Σ (width before + 1)·width over the layers of the runs; `before` is the width of the layer that they follow. */
function total(runs: readonly Run[], before = 'd'): string {
  let previous = before;
  const terms: string[] = [];
  for (const { width, times } of runs) {
    terms.push(`(${previous} + 1)*(${width})`);
    if (times !== '1') terms.push(`(${times} - 1)*(${width} + 1)*(${width})`);
    previous = width;
  }
  return terms.join(' + ');
}
