/**
 * Subgradient steps on the tilts of a relaxation.
 *
 * Main definition: `climb`.
 *
 * The slope of the value by the tilt of a neuron with a > 0 has the sign of z at the minimiser, measured by the end on
 * that side; steps shrink like 1/√. The best tilts met are kept.
 */
import { backward, forwardLines, type Passes } from './backward.js';
import type { Cone } from './cone.js';
import type { Functional } from './problem.js';

const rate = 0.4;

/**
 * Improves the tilts in place and leaves the multipliers of the best value in the work space.
 * @returns the best value; steps end early once it reaches `enough`.
 */
export function climb(
  w: Passes,
  goal: Functional,
  cone: Cone,
  l: Float64Array,
  u: Float64Array,
  tilt: Float64Array,
  steps: number,
  enough = Number.POSITIVE_INFINITY,
): number {
  const { neurons, starts } = cone;
  let best = backward(w, goal, cone, l, u, tilt);
  let kept: Float64Array | undefined;
  let latest = best;
  for (let step = 0; step < steps && best < enough; step++) {
    forwardLines(w, cone, l, u, tilt);
    kept ??= tilt.slice();
    const { a, z } = w;
    const length = (rate * 2) / Math.sqrt(1 + step / 2);
    let moved = false;
    for (let i = 0; i <= cone.level; i++) {
      const { activation } = w.problem.layers[i]!;
      if (activation === 'identity') continue;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) {
        const n = neurons[k]!;
        const c = a[n]!;
        const low = l[n]!;
        const high = u[n]!;
        if (c === 0 || low >= 0 || high <= 0 || (c < 0 && activation === 'relu')) continue;
        const value = z[n]!;
        const change = (Math.sign(c) * length * value) / (value > 0 ? high : -low);
        const next = Math.min(1, Math.max(0, tilt[k]! + change));
        if (next === tilt[k]) continue;
        moved = true;
        tilt[k] = next;
      }
    }
    if (!moved) break;
    latest = backward(w, goal, cone, l, u, tilt);
    if (latest > best) {
      best = latest;
      kept.set(tilt);
    }
  }
  if (kept !== undefined && latest < best) {
    tilt.set(kept);
    backward(w, goal, cone, l, u, tilt);
  }
  return best;
}

/** The tilts of a cone, out of those of all neurons. */
export const tiltsOn = (cone: Cone, tilts: Float64Array): Float64Array =>
  Float64Array.from(cone.neurons, (n) => tilts[n]!);
