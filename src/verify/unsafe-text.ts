/**
 * Unsafe sets as people write them: `y0 <= 0`, `y0 >= y1 and y0 >= y2 or y3 > 1/2`.
 *
 * Main definition: `parseUnsafe`. Several texts are alternatives, and so are the parts of a text between `or`; `and`
 * binds closer. A comparison is one of `<=`, `<`, `>=`, `>` between two formulas that are affine in the outputs y0, y1, ….
 */
import { add, affineExpression, neg, parseExpression, type Rational, zero } from '../exact/index.js';
import { InputError, refuse } from '../format/index.js';
import { expectedFormula, inOrder, outputNamed } from './output-weights.js';
import type { Constraint, UnsafeSet } from './query.js';

/** Longest text of an unsafe set, in characters. */
const longestUnsafe = 100_000;

const grammar = 'comparisons such as "y0 <= 0", joined by and, or';

/**
 * The unsafe set that is the union of those of the texts, for a network of so many outputs.
 * @throws InputError naming the text for anything but the grammar above, outputs that are not there, and comparisons
 * without any output.
 */
export async function parseUnsafe(texts: readonly string[], outputs: number, where = '--unsafe'): Promise<UnsafeSet> {
  const unsafe: Constraint[][] = [];
  for (const text of texts) {
    if (text.length > longestUnsafe) refuse(where, `at most ${longestUnsafe} characters`, String(text.length));
    for (const alternative of text.split(/\bor\b/i)) {
      const parts = alternative.split(/\band\b/i);
      unsafe.push(await Promise.all(parts.map((part) => comparison(part.trim(), text, outputs, where))));
    }
  }
  return unsafe;
}

async function comparison(part: string, text: string, outputs: number, where: string): Promise<Constraint> {
  const found = /^([^<>=]+)(<=|>=|<|>)([^<>=]+)$/.exec(part);
  if (found === null)
    throw new InputError(`${where}: expected ${grammar}, got ${JSON.stringify(part)} in ${JSON.stringify(text)}`);
  const [, left, sign, right] = found;
  const side = async (formula: string) =>
    affineExpression(await parseExpression(formula, where), formula.trim(), () => true, {
      where,
      expected: expectedFormula,
    });
  // The larger side less the smaller one is ≥ 0, or > 0.
  const [large, small] = sign!.startsWith('>')
    ? [await side(left!), await side(right!)]
    : [await side(right!), await side(left!)];
  const weights = new Map<number, Rational>();
  const gather = (coefficients: ReadonlyMap<string, Rational>, change: (value: Rational) => Rational): void => {
    for (const [name, value] of coefficients) {
      const output = outputNamed(name, outputs, where);
      weights.set(output, add(weights.get(output) ?? zero, change(value)));
    }
  };
  gather(large.coefficients, (value) => value);
  gather(small.coefficients, neg);
  const kept = inOrder(weights);
  if (kept.columns.length === 0) refuse(where, 'a comparison about an output such as y0', JSON.stringify(part));
  return {
    ...kept,
    bias: add(large.constant, neg(small.constant)),
    strict: !sign!.endsWith('='),
  };
}
