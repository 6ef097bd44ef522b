/**
 * Continuous piecewise linear functions of one variable on an interval, exactly.
 *
 * Main definitions: `Piecewise`, `linearPiece`, `combination`, `positivePart`, `maximumMinus`.
 *
 * Notation. A function is its values at increasing breakpoints, both ends of the interval among them; no interior
 * breakpoint is superfluous, so that a linear function has two.
 */
import {
  abs,
  add,
  compare,
  div,
  equal,
  max,
  min,
  mul,
  neg,
  type Rational,
  sign,
  square,
  sub,
  zero,
} from '../../exact/index.js';

export interface Piecewise {
  /** Strictly increasing, at least two. */
  readonly at: readonly Rational[];
  readonly values: readonly Rational[];
}

/** t ↦ slope·t on [low, high]. */
export const linearPiece = (low: Rational, high: Rational, slope: Rational): Piecewise => ({
  at: [low, high],
  values: [mul(slope, low), mul(slope, high)],
});

export const isLinear = (f: Piecewise): boolean => f.at.length === 2;

/** The slope of piece k. */
export const slopeOf = (f: Piecewise, k: number): Rational =>
  div(sub(f.values[k + 1]!, f.values[k]!), sub(f.at[k + 1]!, f.at[k]!));

/** Σ factor·f for functions on one interval. @throws RangeError for none. */
export function combination(terms: readonly (readonly [Rational, Piecewise])[]): Piecewise {
  const [first, ...rest] = terms.map(
    ([factor, f]): Piecewise => ({ at: f.at, values: f.values.map((v) => mul(factor, v)) }),
  );
  if (first === undefined) throw new RangeError('combination: expected at least one function, got none');
  return simplified(rest.reduce(sum, first));
}

/** f + c. */
export const shifted = (f: Piecewise, c: Rational): Piecewise =>
  c.n === 0n ? f : { at: f.at, values: f.values.map((v) => add(v, c)) };

/** max(f, 0). */
export function positivePart(f: Piecewise): Piecewise {
  const at: Rational[] = [];
  const values: Rational[] = [];
  for (const [k, v] of f.values.entries()) {
    const before = f.values[k - 1];
    if (before !== undefined && sign(before) * sign(v) < 0) {
      // The zero between two values of different signs.
      at.push(add(f.at[k - 1]!, div(mul(before, sub(f.at[k]!, f.at[k - 1]!)), sub(before, v))));
      values.push(zero);
    }
    at.push(f.at[k]!);
    values.push(max(v, zero));
  }
  return simplified({ at, values });
}

/** f at the point of its interval that is nearest to 0. */
export const nearZero = (f: Piecewise): Rational => valueAt(f, min(max(zero, f.at[0]!), f.at.at(-1)!));

/** The value at 0 of the line that a linear f lies on; its interval need not hold 0. */
export const lineAt0 = (f: Piecewise): Rational => sub(f.values[0]!, mul(slopeOf(f, 0), f.at[0]!));

/** The largest value of f. */
export const maximum = (f: Piecewise): Rational => f.values.reduce(max);

/**
 * max over the interval of f(t) − λ·|t|ᵖ, λ ≥ 0, p = 1 or 2: at a breakpoint, at 0, or for p = 2 at the vertex s/(2λ) of
 * the parabola over a piece of slope s.
 */
export function maximumMinus(f: Piecewise, lambda: Rational, p: 1 | 2): Rational {
  if (lambda.n === 0n) return maximum(f);
  const penalty = (t: Rational): Rational => mul(lambda, p === 1 ? abs(t) : square(t));
  const candidates = f.at.map((t, k) => sub(f.values[k]!, penalty(t)));
  if (sign(f.at[0]!) < 0 && sign(f.at.at(-1)!) > 0) candidates.push(valueAt(f, zero));
  let most = candidates.reduce(max);
  if (p === 1) return most;
  for (let k = 0; k + 1 < f.at.length; k++) {
    const slope = slopeOf(f, k);
    const vertex = div(slope, add(lambda, lambda));
    if (compare(f.at[k]!, vertex) >= 0 || compare(vertex, f.at[k + 1]!) >= 0) continue;
    const value = add(f.values[k]!, mul(slope, sub(vertex, f.at[k]!)));
    most = max(most, sub(value, penalty(vertex)));
  }
  return most;
}

/** f at a point of its interval. */
export function valueAt(f: Piecewise, t: Rational): Rational {
  const k = f.at.findIndex((end, m) => m > 0 && compare(t, end) <= 0) - 1;
  return add(f.values[k]!, mul(slopeOf(f, k), sub(t, f.at[k]!)));
}

function sum(f: Piecewise, g: Piecewise): Piecewise {
  if (f.at.length === 2 && g.at.length === 2) {
    return { at: f.at, values: [add(f.values[0]!, g.values[0]!), add(f.values[1]!, g.values[1]!)] };
  }
  const at: Rational[] = [];
  const values: Rational[] = [];
  let [i, k] = [0, 0];
  while (i < f.at.length && k < g.at.length) {
    const side = compare(f.at[i]!, g.at[k]!);
    at.push(side <= 0 ? f.at[i]! : g.at[k]!);
    values.push(
      add(side <= 0 ? f.values[i]! : between(f, i, g.at[k]!), side >= 0 ? g.values[k]! : between(g, k, f.at[i]!)),
    );
    if (side <= 0) i++;
    if (side >= 0) k++;
  }
  return { at, values };
}

/** f at a point of the piece that ends at breakpoint k > 0. */
const between = (f: Piecewise, k: number, t: Rational): Rational =>
  add(f.values[k - 1]!, mul(slopeOf(f, k - 1), sub(t, f.at[k - 1]!)));

/** The function without breakpoints at which it does not bend. */
function simplified(f: Piecewise): Piecewise {
  if (f.at.length === 2) return f;
  const at = [f.at[0]!];
  const values = [f.values[0]!];
  let before = slopeOf(f, 0);
  for (let k = 1; k + 1 < f.at.length; k++) {
    const after = slopeOf(f, k);
    if (equal(before, after)) continue;
    at.push(f.at[k]!);
    values.push(f.values[k]!);
    before = after;
  }
  at.push(f.at.at(-1)!);
  values.push(f.values.at(-1)!);
  return { at, values };
}

/** −f. */
export const opposite = (f: Piecewise): Piecewise => ({ at: f.at, values: f.values.map(neg) });
