/**
 * A construction's claims with their values: measured, counted by formula, promised by the theorem.
 */
import type { Claim, Construction } from '../construction/index.js';
import { evaluateExpression, formatRational, parseExpression, type Rational, rational } from '../exact/index.js';
import { complexity } from '../network/index.js';

export interface ClaimRow {
  readonly quantity: Claim['quantity'];
  readonly measured: string;
  /** Value of the counting formula, where there is one. */
  readonly count?: string;
  readonly countFormula?: string;
  /** The theorem's bound as a formula, and its value here. */
  readonly theorem: string;
  readonly promised: string;
}

/** The claims of a construction, evaluated exactly. */
export async function claimRows(construction: Construction): Promise<ClaimRow[]> {
  const sizes = complexity(construction.network);
  const variables: Record<string, Rational> = { ...construction.rationals };
  for (const [name, value] of Object.entries(construction.variables)) variables[name] = rational(value);
  const value = async (formula: string): Promise<string> =>
    formatRational(evaluateExpression(await parseExpression(formula, 'claim'), variables));
  return await Promise.all(
    construction.claims.map(async (claim) => ({
      quantity: claim.quantity,
      measured: String(sizes[claim.quantity]),
      ...(claim.count === undefined ? {} : { count: await value(claim.count), countFormula: claim.count }),
      theorem: claim.theorem,
      promised: await value(claim.theorem),
    })),
  );
}
