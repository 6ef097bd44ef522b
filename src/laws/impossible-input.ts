/**
 * What no network can do, no construction may pretend to do.
 *
 * Main definition: `requireRefused`.
 */
import type { MemorizationInstance } from '../arbitrary/index.js';
import { formatRational, half, mul, neg, one, type Rational, rational, rootAbove } from '../exact/index.js';
import { AssumptionError, InputError } from '../format/index.js';
import { type Dataset, datasetOf, points, separation } from '../geometry/index.js';
import { shownValue } from '../regression/encoded-value.js';

/**
 * Demands an error for 2μ ≥ δ, for a negative radius, and for a point with two labels.
 * `strict` accepts no other error than InputError and AssumptionError.
 * @throws Error naming what was accepted.
 */
export function requireRefused(
  { data, norm, radius }: MemorizationInstance,
  build: (data: Dataset, radius: Rational) => unknown,
  strict: boolean,
): void {
  const refused = (what: string, given: Dataset, mu: Rational): void => {
    let made: unknown;
    try {
      made = build(given, mu);
    } catch (error) {
      if (!(error instanceof Error)) throw new Error(`${what}: expected an Error, got ${String(error)}`);
      if (!strict || error instanceof InputError || error instanceof AssumptionError) return;
      throw new Error(`${what}: expected an InputError or AssumptionError, got ${error.name}: ${error.message}`, {
        cause: error,
      });
    }
    if (made instanceof Promise) void made.catch(() => undefined);
    throw new Error(`${what}: expected an error, got a network for μ = ${formatRational(mu)} and ${shownValue(given)}`);
  };
  const found = separation(data, norm);
  if (found !== undefined) {
    // In ℓ2 the root is rounded up, so 2μ ≥ δ holds exactly.
    const delta = norm === 'l2' ? rootAbove(found.magnitude).value : found.magnitude;
    refused('2μ ≥ δ', data, mul(half, delta));
    refused('2μ ≥ δ', data, mul(rational(3, 2), delta));
  }
  refused('a radius below 0', data, radius.n === 0n ? neg(one) : neg(radius));
  const other = data.labels[0] === 0 ? 1 : 0;
  refused('a point with two labels', datasetOf([...points(data), points(data)[0]!], [...data.labels, other]), radius);
}
