/**
 * Formulas that are affine in some of their variables.
 *
 * Main definition: `affineExpression`. Whether a formula is affine is decided on its tree: a product needs a factor, a
 * quotient a divisor, without these variables. 0·x counts as affine in x, with coefficient 0.
 */
import { refuse } from '../format/index.js';
import { evaluateExpression, type Variables } from './evaluate-expression.js';
import type { BinaryKind, Expression } from './expression.js';
import { equal, neg, one, type Rational, zero } from './rational.js';

/** constant + Σ coefficients(x)·x. */
export interface AffineExpression {
  readonly coefficients: ReadonlyMap<string, Rational>;
  readonly constant: Rational;
}

export interface AffineExpressionOptions {
  /** Values of the other variables. @defaultValue none */
  readonly values?: Variables;
  /** How messages name the place. @defaultValue 'formula' */
  readonly where?: string;
  /** What is expected, when the formula is not affine. @defaultValue 'a formula that is affine in its variables' */
  readonly expected?: string;
}

/**
 * The formula `text` as an affine function of the variables that `isFree` names.
 * @throws InputError naming the place when it is none, for unknown variables, and as `evaluateExpression`.
 */
export function affineExpression(
  expression: Expression,
  text: string,
  isFree: (name: string) => boolean,
  options: AffineExpressionOptions = {},
): AffineExpression {
  const { values = {}, where = 'formula', expected = 'a formula that is affine in its variables' } = options;
  const notAffine = (): never => refuse(where, expected, text);
  const constant = (e: Expression): Rational => evaluateExpression(e, values, where);
  // Arithmetic goes through the evaluator, which stops values from growing without bound.
  const apply = (kind: BinaryKind, left: Rational, right: Expression): Rational =>
    constant({ kind, left: literal(left), right });
  const mentions = (e: Expression): boolean => {
    switch (e.kind) {
      case 'constant':
        return false;
      case 'variable':
        return isFree(e.name);
      case 'max':
      case 'min':
        return e.of.some(mentions);
      case 'sum':
      case 'difference':
      case 'product':
      case 'quotient':
      case 'power':
        return mentions(e.left) || mentions(e.right);
      default:
        return mentions(e.of);
    }
  };
  const mapped = (form: AffineExpression, change: (value: Rational) => Rational): AffineExpression => ({
    coefficients: new Map([...form.coefficients].map(([name, value]) => [name, change(value)])),
    constant: change(form.constant),
  });
  const form = (e: Expression): AffineExpression => {
    if (!mentions(e)) return { coefficients: new Map(), constant: constant(e) };
    switch (e.kind) {
      case 'variable':
        return { coefficients: new Map([[e.name, one]]), constant: zero };
      case 'negative':
        return mapped(form(e.of), neg);
      case 'sum':
      case 'difference': {
        const [x, y] = [form(e.left), form(e.right)];
        const coefficients = new Map(x.coefficients);
        for (const [name, value] of y.coefficients)
          coefficients.set(name, apply(e.kind, coefficients.get(name) ?? zero, literal(value)));
        return { coefficients, constant: apply(e.kind, x.constant, literal(y.constant)) };
      }
      case 'product':
      case 'quotient':
      case 'power': {
        const swapped = e.kind === 'product' && mentions(e.right);
        const [inner, other] = swapped ? [e.right, e.left] : [e.left, e.right];
        if (mentions(other)) return notAffine();
        const of = form(inner);
        if (e.kind !== 'power') return mapped(of, (value) => apply(e.kind as BinaryKind, value, other));
        if ([...of.coefficients.values()].every(({ n }) => n === 0n))
          return { ...of, constant: apply('power', of.constant, other) };
        return equal(constant(other), one) ? of : notAffine();
      }
      default:
        return notAffine();
    }
  };
  return form(expression);
}

const literal = (value: Rational): Expression => ({ kind: 'constant', value });
