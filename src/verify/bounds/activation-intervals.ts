/**
 * Intervals through the activations: relu(t) = max(t, 0), step(t) = 1 if t > 0 else 0, identity.
 */

import type { Numerators } from '../../exact/index.js';
import type { Activation } from '../../format/index.js';
import type { Intervals } from './intervals.js';

/** Intervals of act(z) for z in the given intervals; exact, end by end. */
export function activationIntervals(activation: Activation, z: Intervals): Intervals {
  switch (activation) {
    case 'identity':
      return z;
    case 'relu':
      return relu(z);
    case 'step':
      return step(z);
  }
}

function relu(z: Intervals): Intervals {
  const { lowerAttained, upperAttained } = z;
  return {
    lower: clipped(z.lower),
    upper: clipped(z.upper),
    denominator: z.denominator,
    // An end clipped to 0 counts as attained; "not attained" must stay a fact. A row whose upper end is ≤ 0 is 0.
    ...(lowerAttained === undefined
      ? {}
      : { lowerAttained: lowerAttained.map((a, r) => (z.lower[r]! < 0 || z.upper[r]! <= 0 ? 1 : a)) }),
    ...(upperAttained === undefined ? {} : { upperAttained: upperAttained.map((a, r) => (z.upper[r]! <= 0 ? 1 : a)) }),
  };
}

function clipped(ends: Numerators): Numerators {
  if (!(ends instanceof Float64Array)) return ends.map((v) => (v > 0n ? v : 0n));
  let r = 0;
  while (r < ends.length && ends[r]! >= 0) r++;
  if (r === ends.length) return ends;
  const out = ends.slice();
  for (; r < out.length; r++) if (out[r]! < 0) out[r] = 0;
  return out;
}

/** A step's interval has ends in {0, 1}, always attained. */
function step(z: Intervals): Intervals {
  const size = z.lower.length;
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  for (let r = 0; r < size; r++) {
    // A row that stopped early stands as [0, 0] for "somewhere ≤ 0", so its lower end says nothing: it is off.
    if (z.upper[r]! <= 0) continue;
    upper[r] = 1;
    const l = z.lower[r]!;
    if (l > 0 || (Number(l) === 0 && z.lowerAttained?.[r] === 0)) lower[r] = 1;
  }
  return { lower, upper, denominator: 1n };
}
