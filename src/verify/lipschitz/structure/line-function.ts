/**
 * A weighted sum of neurons of one line, a piecewise linear function of one variable.
 *
 * Main definitions: `lineFunction`, `LineFunction`, `Range`.
 *
 * φ(t) = Σ weight·act(scale·t + offset). Its breakpoints cut the range of t into cells, on each of which φ is linear. A
 * cell that the range only touches is left out, because its neighbour has that point, too.
 */
import {
  add,
  compare,
  div,
  equal,
  less,
  max,
  min,
  mul,
  neg,
  one,
  type Rational,
  sign,
  zero,
} from '../../../exact/index.js';
import type { Activation } from '../../../format/index.js';

/** Values of t; ends left out are infinite. */
export interface Range {
  readonly low: Rational | undefined;
  readonly high: Rational | undefined;
}

/** weight·act(scale·t + offset), scale ≠ 0. */
export interface LineTerm {
  readonly weight: Rational;
  readonly scale: Rational;
  readonly offset: Rational;
}

/** φ(t) = slope·t + constant on a cell. */
export interface Cell {
  readonly slope: Rational;
  readonly constant: Rational;
}

export interface LineFunction {
  /** The different pieces within the range, at least one; undefined where φ may jump. */
  readonly cells: readonly Cell[] | undefined;
  /** A lower bound of φ on the range, for continuous φ the minimum; undefined for −∞. */
  readonly least: Rational | undefined;
}

/** φ on a range. */
export function lineFunction(activation: Activation, terms: readonly LineTerm[], range: Range): LineFunction {
  const { low, high } = range;
  if (low !== undefined && high !== undefined && equal(low, high)) {
    const constant = terms.reduce(
      (sum, term) => add(sum, mul(term.weight, activated(activation, argument(term, low)))),
      zero,
    );
    return { cells: [{ slope: zero, constant }], least: constant };
  }
  if (activation === 'step') return stepFunction(terms, range);
  const pieces = activation === 'identity' ? [{ range, cell: sumOf(terms) }] : reluPieces(terms, range);
  const cells: Cell[] = [];
  for (const { cell } of pieces)
    if (!cells.some((c) => equal(c.slope, cell.slope) && equal(c.constant, cell.constant))) cells.push(cell);
  const lows = pieces.map((piece) => leastOn(piece.cell, piece.range));
  const least = lows.reduce((a, b) => (a === undefined || b === undefined ? undefined : min(a, b)));
  return { cells, least };
}

interface Piece {
  readonly range: Range;
  readonly cell: Cell;
}

/** The cells of a sum of relus that have more than a point in common with the range, from left to right. */
function reluPieces(terms: readonly LineTerm[], range: Range): Piece[] {
  const zeros = terms.map(zeroOf).sort(compare);
  const at = zeros.filter((p, k) => k === 0 || !equal(p, zeros[k - 1]!));
  const pieces: Piece[] = [];
  for (let k = 0; k <= at.length; k++) {
    const within = { low: larger(at[k - 1], range.low), high: smaller(at[k], range.high) };
    if (within.low !== undefined && within.high !== undefined && !less(within.low, within.high)) continue;
    // A neuron that rises in t is on to the right of its zero, one that falls to the left.
    const isOn = (term: LineTerm): boolean =>
      sign(term.scale) > 0
        ? k > 0 && compare(zeroOf(term), at[k - 1]!) <= 0
        : k < at.length && compare(zeroOf(term), at[k]!) >= 0;
    pieces.push({ range: within, cell: sumOf(terms.filter(isOn)) });
  }
  return pieces;
}

/** Steps are constant where no argument changes its side of 0 on the whole range. */
function stepFunction(terms: readonly LineTerm[], range: Range): LineFunction {
  let constant = zero;
  let least = zero;
  let jumps = false;
  for (const { weight, scale, offset } of terms) {
    const cell = { slope: scale, constant: offset };
    const low = leastOn(cell, range);
    const above = leastOn({ slope: neg(scale), constant: neg(offset) }, range);
    if (low !== undefined && low.n > 0n) [constant, least] = [add(constant, weight), add(least, weight)];
    else if (above === undefined || above.n < 0n) {
      jumps = true;
      least = add(least, min(weight, zero));
    }
  }
  return { cells: jumps ? undefined : [{ slope: zero, constant }], least };
}

const argument = ({ scale, offset }: LineTerm, t: Rational): Rational => add(mul(scale, t), offset);
const zeroOf = ({ scale, offset }: LineTerm): Rational => div(neg(offset), scale);

/** The sum of the arguments of neurons that are on. */
const sumOf = (terms: readonly LineTerm[]): Cell =>
  terms.reduce(
    ({ slope, constant }, { weight, scale, offset }) => ({
      slope: add(slope, mul(weight, scale)),
      constant: add(constant, mul(weight, offset)),
    }),
    { slope: zero, constant: zero },
  );

/** The minimum of slope·t + constant, undefined for −∞. */
function leastOn({ slope, constant }: Cell, { low, high }: Range): Rational | undefined {
  if (slope.n === 0n) return constant;
  const end = slope.n > 0n ? low : high;
  return end === undefined ? undefined : add(mul(slope, end), constant);
}

/** act(z). */
export function activated(activation: Activation, z: Rational): Rational {
  if (activation === 'identity') return z;
  if (z.n <= 0n) return zero;
  return activation === 'step' ? one : z;
}

const larger = (a: Rational | undefined, b: Rational | undefined): Rational | undefined =>
  a === undefined ? b : b === undefined ? a : max(a, b);
const smaller = (a: Rational | undefined, b: Rational | undefined): Rational | undefined =>
  a === undefined ? b : b === undefined ? a : min(a, b);
