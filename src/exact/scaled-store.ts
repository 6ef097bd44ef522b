/**
 * A growing list of rationals over one denominator, for reading values one by one without knowing the denominator
 * beforehand.
 *
 * A value whose denominator does not divide the current one rescales the list. Each rescaling at least doubles the
 * denominator, so there are at most as many of them as the final denominator has bits.
 */
import { lcm } from './integer.js';
import { largestExactDouble, numerators, type ScaledVector } from './numerators.js';
import type { Rational } from './rational.js';

export interface ScaledStore {
  push(value: Rational): void;
  length(): number;
  finish(): ScaledVector;
}

/** An empty list. */
export function scaledStore(): ScaledStore {
  let denominator = 1n;
  let small: Float64Array | undefined = new Float64Array(64);
  let big: bigint[] = [];
  let length = 0;

  const rescale = (factor: bigint): void => {
    denominator *= factor;
    if (small !== undefined) {
      const f = Number(factor);
      let most = 0;
      for (let k = 0; k < length; k++) most = Math.max(most, Math.abs(small[k]!));
      if (f <= largestExactDouble && most * f <= largestExactDouble) {
        for (let k = 0; k < length; k++) small[k]! *= f;
        return;
      }
      toBig();
    }
    big = big.map((v) => v * factor);
  };
  const toBig = (): void => {
    big = Array.from(small!.subarray(0, length), BigInt);
    small = undefined;
  };

  return {
    push(value) {
      if (denominator % value.d !== 0n) rescale(lcm(denominator, value.d) / denominator);
      const n = value.n * (denominator / value.d);
      if (small !== undefined) {
        const x = Number(n);
        if (Number.isSafeInteger(x)) {
          if (length === small.length) {
            const wider = new Float64Array(2 * length);
            wider.set(small);
            small = wider;
          }
          small[length++] = x;
          return;
        }
        toBig();
      }
      big.push(n);
      length++;
    },
    length: () => length,
    finish: () => ({ numerators: small === undefined ? numerators(big) : small.slice(0, length), denominator }),
  };
}
