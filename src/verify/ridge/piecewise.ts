/**
 * Continuous piecewise linear functions of one variable on an interval, exactly.
 *
 * Main definitions: `Piecewise`, `linearPiece`, `combination`, `positivePart`, `maximumMinus`.
 *
 * Notation. A function is its values at increasing breakpoints, both ends of the interval among them; no interior
 * breakpoint is superfluous, so that a linear function has two.
 */
import {
  absInt,
  add,
  compare,
  div,
  equal,
  max,
  min,
  mul,
  neg,
  type Rational,
  rational,
  sign,
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
 * the parabola over a piece of slope s. Candidates are compared as quotients, because reducing each would take most of the time.
 */
export function maximumMinus(f: Piecewise, lambda: Rational, p: 1 | 2): Rational {
  if (lambda.n === 0n) return maximum(f);
  let [most, unit] = [0n, 0n];
  const offer = (n: bigint, d: bigint): void => {
    if (unit === 0n || n * unit > most * d) [most, unit] = [n, d];
  };
  const offerAt = (v: Rational, t: Rational): void => {
    const [power, d] = p === 1 ? [absInt(t.n), t.d] : [t.n * t.n, t.d * t.d];
    offer(v.n * lambda.d * d - lambda.n * power * v.d, v.d * lambda.d * d);
  };
  for (const [k, t] of f.at.entries()) offerAt(f.values[k]!, t);
  if (sign(f.at[0]!) < 0 && sign(f.at.at(-1)!) > 0) offerAt(valueAt(f, zero), zero);
  for (let k = 0; p === 2 && k + 1 < f.at.length; k++) {
    const [a, b, v, w] = [f.at[k]!, f.at[k + 1]!, f.values[k]!, f.values[k + 1]!];
    // The slope n/d, and the vertex x/y.
    const n = (w.n * v.d - v.n * w.d) * a.d * b.d;
    const d = (b.n * a.d - a.n * b.d) * v.d * w.d;
    const [x, y] = [n * lambda.d, 2n * d * lambda.n];
    if (a.n * y >= x * a.d || x * b.d >= b.n * y) continue;
    // v − slope·a + slope²/(4λ).
    const quarter = 4n * d * lambda.n;
    offer((v.n * a.d * d - n * a.n * v.d) * quarter + n * n * lambda.d * v.d * a.d, v.d * a.d * d * quarter);
  }
  return rational(most, unit);
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
