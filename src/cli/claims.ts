/**
 * A construction's claims with their values: measured, counted by formula, promised by the theorem; and what it promises
 * for most random choices.
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

export interface GuaranteeRow {
  readonly holds: string;
  /** 1 − η. */
  readonly probability: string;
  /** From this number on; formula and value. */
  readonly hyperplanesFormula: string;
  readonly hyperplanes: string;
  /** At most this many; formula and value. */
  readonly neuronsFormula: string;
  readonly neurons: string;
}

/** The value of a formula over the variables of a construction. */
function evaluator({ rationals, variables: whole }: Construction): (formula: string) => Promise<string> {
  const variables: Record<string, Rational> = { ...rationals };
  for (const [name, value] of Object.entries(whole)) variables[name] = rational(value);
  return async (formula) => formatRational(evaluateExpression(await parseExpression(formula, 'claim'), variables));
}

/** The guarantees of a random construction, evaluated exactly; none for others. */
export async function guaranteeRows(construction: Construction): Promise<GuaranteeRow[]> {
  const value = evaluator(construction);
  return await Promise.all(
    (construction.guarantees ?? []).map(async ({ holds, hyperplanes, neurons }) => ({
      holds,
      probability: await value('1 - eta'),
      hyperplanesFormula: hyperplanes,
      hyperplanes: await value(hyperplanes),
      neuronsFormula: neurons,
      neurons: await value(neurons),
    })),
  );
}

/** The claims of a construction, evaluated exactly. */
export async function claimRows(construction: Construction): Promise<ClaimRow[]> {
  const sizes = complexity(construction.network);
  const value = evaluator(construction);
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
