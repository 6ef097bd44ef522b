/** Affine formulas in the outputs y0, y1, … as weights of the outputs. */
import type { Rational } from '../exact/index.js';
import { refuse } from '../format/index.js';

/** The output that a name means, of so many. @throws InputError for other names. */
export function outputNamed(name: string, outputs: number, where: string): number {
  const output = /^y(0|[1-9]\d*)$/.exec(name)?.[1];
  if (output === undefined || Number(output) >= outputs) {
    refuse(where, outputs === 1 ? 'the output y0' : `an output from y0 to y${outputs - 1}`, name);
  }
  return Number(output);
}

/** What `affineExpression` expects of such formulas. */
export const expectedFormula = 'a formula that is affine in the outputs y0, y1, …';

/** The weights that are not 0, in the order of the outputs. */
export function inOrder(weights: ReadonlyMap<number, Rational>): { columns: number[]; weights: Rational[] } {
  const kept = [...weights].filter(([, value]) => value.n !== 0n).sort(([a], [b]) => a - b);
  return { columns: kept.map(([output]) => output), weights: kept.map(([, value]) => value) };
}
