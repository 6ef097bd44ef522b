/**
 * Sizes: measured ≤ what is promised for every dataset, and = what the construction counts.
 *
 * Main definition: `requireClaims`.
 */
import { type Claim, quantities } from '../construction/index.js';
import {
  compare,
  type Expression,
  equal,
  evaluateExpression,
  formatRational,
  parseExpression,
  type Rational,
  rational,
} from '../exact/index.js';
import { complexity } from '../network/index.js';
import type { Built } from './tested-construction.js';

const formulas = new Map<string, Expression>();

/** The formulas of claims are few, and parsing one costs more than evaluating it. */
async function formula(text: string): Promise<Expression> {
  const known = formulas.get(text) ?? (await parseExpression(text, 'claim'));
  formulas.set(text, known);
  return known;
}

/** Demands one claim for each quantity, and that all hold. @throws Error naming the claim that does not. */
export async function requireClaims({ network, claims = [], variables = {}, rationals }: Built): Promise<void> {
  const sizes = complexity(network);
  const values: Record<string, Rational> = { ...rationals };
  for (const [name, value] of Object.entries(variables)) values[name] = rational(value);
  for (const quantity of quantities) {
    const own = claims.filter((claim) => claim.quantity === quantity);
    if (own.length !== 1) throw new Error(`claims: expected one for ${quantity}, got ${own.length}`);
    await requireClaim(own[0]!, rational(BigInt(sizes[quantity])), values);
  }
}

async function requireClaim(
  { quantity, theorem, count }: Claim,
  measured: Rational,
  values: Readonly<Record<string, Rational>>,
): Promise<void> {
  const promised = evaluateExpression(await formula(theorem), values);
  if (compare(measured, promised) > 0) {
    throw new Error(
      `${quantity}: expected at most ${theorem} = ${formatRational(promised)}, got ${formatRational(measured)}`,
    );
  }
  if (count === undefined) return;
  const counted = evaluateExpression(await formula(count), values);
  if (!equal(measured, counted)) {
    throw new Error(`${quantity}: expected ${count} = ${formatRational(counted)}, got ${formatRational(measured)}`);
  }
}
