/** Functionals of outputs as people write them: `y1 - y0`, `2*y0`. */
import { affineExpression, parseExpression, type Rational } from '../../exact/index.js';
import { refuse } from '../../format/index.js';
import { expectedFormula, inOrder, outputNamed } from '../output-weights.js';
import type { OutputFunctional } from './functional.js';

/**
 * The functional of a formula, for a network of so many outputs; its constant does not matter.
 * @throws InputError for other formulas, outputs that are not there, and formulas without any.
 */
export async function parseFunctional(text: string, outputs: number, where = '--output'): Promise<OutputFunctional> {
  const expected = { where, expected: expectedFormula };
  const { coefficients } = affineExpression(await parseExpression(text, where), text.trim(), () => true, expected);
  const weights = new Map<number, Rational>();
  for (const [name, value] of coefficients) weights.set(outputNamed(name, outputs, where), value);
  const functional = inOrder(weights);
  if (functional.columns.length === 0) refuse(where, 'a formula with an output such as y0', JSON.stringify(text));
  return functional;
}
