/**
 * A short rational below an ℓ2 separation that still leaves room between balls.
 */
import {
  compare,
  constructionRootBits,
  formatRational,
  mul,
  type Rational,
  rational,
  rootAbove,
  rootBelow,
  sub,
} from '../exact/index.js';
import { AssumptionError } from '../format/index.js';

/**
 * A short rational ℓ with 2μ < ℓ ≤ √square and ℓ − 2μ at least half of √square − 2μ.
 * @throws AssumptionError when 64 significant bits do not suffice, μ being that close to δ/2.
 */
export function separationBelow(squared: Rational, mu: Rational): Rational {
  const twice = mul(rational(2), mu);
  for (let bits = 4; bits <= constructionRootBits; bits *= 2) {
    const low = rootBelow(squared, bits).value;
    const high = rootAbove(squared, constructionRootBits).value;
    if (compare(mul(rational(2), sub(low, twice)), sub(high, twice)) >= 0 && compare(low, twice) > 0) return low;
  }
  throw new AssumptionError(
    `needs 2μ < δ by more than ${constructionRootBits} significant bits can tell: got μ = ${formatRational(mu)} with δ² = ${formatRational(squared)}`,
  );
}
