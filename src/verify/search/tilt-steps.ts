/**
 * Subgradient steps on the tilts of a relaxation.
 *
 * Main definition: `climb`.
 *
 * The slope of the value by the tilt of a neuron with a > 0 has the sign of z at the minimiser, measured by the end on
 * that side; steps shrink like 1/√. The best tilts met are kept.
 */
import { backward, forwardLines, type Passes } from './backward.js';
import type { Functional } from './problem.js';

const rate = 0.4;

/**
 * Improves the tilts in place and leaves the multipliers of the best value in the work space.
 * @returns the best value; steps end early once it reaches `enough`.
 */
export function climb(
  w: Passes,
  goal: Functional,
  l: Float64Array,
  u: Float64Array,
  tilt: Float64Array,
  steps: number,
  enough = Number.POSITIVE_INFINITY,
): number {
  const size = w.problem.offsets[goal.level + 1] ?? 0;
  let best = backward(w, goal, l, u, tilt);
  let kept: Float64Array | undefined;
  let latest = best;
  for (let step = 0; step < steps && best < enough; step++) {
    forwardLines(w, goal.level, l, u, tilt);
    kept ??= tilt.slice(0, size);
    const { a, z } = w;
    const length = (rate * 2) / Math.sqrt(1 + step / 2);
    let moved = false;
    for (let n = 0; n < size; n++) {
      const c = a[n]!;
      const low = l[n]!;
      const high = u[n]!;
      if (c === 0 || low >= 0 || high <= 0) continue;
      const { activation } = w.problem.layers[w.problem.layerOf[n]!]!;
      if (activation === 'identity' || (activation === 'relu' && c < 0)) continue;
      const value = z[n]!;
      const change = (Math.sign(c) * length * value) / (value > 0 ? high : -low);
      const next = Math.min(1, Math.max(0, tilt[n]! + change));
      if (next !== tilt[n]) moved = true;
      tilt[n] = next;
    }
    if (!moved) break;
    latest = backward(w, goal, l, u, tilt);
    if (latest > best) {
      best = latest;
      kept.set(tilt.subarray(0, size));
    }
  }
  if (kept !== undefined && latest < best) {
    tilt.set(kept);
    backward(w, goal, l, u, tilt);
  }
  return best;
}
