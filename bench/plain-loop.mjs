/**
 * The yardstick: multiply-adds per second of a plain loop over two Float64Arrays, in one thread.
 */

/** Entries of each array: 256 KB in all, so that the loop and not the memory is measured. */
const entries = 1 << 14;

/** Does `count` multiply-adds and returns how many a second. */
export function multiplyAddsPerSecond(count) {
  const a = Float64Array.from({ length: entries }, (_, k) => (k % 7) - 3);
  const b = Float64Array.from({ length: entries }, (_, k) => (k % 5) - 2);
  let total = 0;
  const start = performance.now();
  for (let done = 0; done < count; done += entries) total += dot(a, b);
  const seconds = (performance.now() - start) / 1000;
  if (!Number.isFinite(total)) throw new Error(`plain loop: expected a finite sum, got ${total}`);
  return count / seconds;
}

function dot(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
