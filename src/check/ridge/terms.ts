/**
 * What is known of a neuron on a ball: const + Σ φ_u(u·(x - c)) + Σ κ·ν, and an interval.
 *
 * Main definitions: `Term`, `Place`, `inputTerm`, `sumOfTerms`, `exchanged`.
 *
 * Main statement. The φ_u are exact. Each ν lies in its interval, and is relu(argument) where it has one. At every point of
 * the ball the neuron has the value of its term, which lies in its interval.
 *
 * Notes. Directions u are divided by their first entry other than 0, so that parallel ones are one. If all φ_u are linear
 * and there is no ν, the term is an affine function of x, and so one φ of one direction.
 */
import type { Norm } from '../../format/norm.js';
import { bitsAbove } from '../rational.js';
import { rootAbove, significantBits } from '../root.js';
import {
  type Fraction,
  fraction,
  isBelow,
  larger,
  minus,
  nought,
  opposite,
  over,
  plus,
  size,
  smaller,
  times,
} from './fraction.js';
import {
  type Graph,
  greatest,
  isLine,
  lineAt0,
  nearest0,
  raised,
  segment,
  slopeOf,
  stretched,
  sumOf,
  valueAt,
} from './graph.js';

export type Direction = readonly Fraction[];
export type Ridge = { readonly direction: Direction; readonly graph: Graph };

export interface Term {
  readonly constant: Fraction;
  /** By the text of their directions; 0 at the point of their interval nearest to 0, but not everywhere. */
  readonly ridges: ReadonlyMap<string, Ridge>;
  /** Factors κ other than 0, by the neuron of ν. */
  readonly atoms: ReadonlyMap<string, Fraction>;
  readonly low: Fraction;
  readonly high: Fraction;
}

export type Atom = { readonly low: Fraction; readonly high: Fraction; readonly argument?: Term };

export type Limits = { readonly low?: Fraction; readonly high?: Fraction };

/** The closed ball, or the part of it that is a case, and the atoms met so far. */
export interface Place {
  readonly norm: Norm;
  readonly centre: Direction;
  readonly radius: Fraction;
  /** What a case allows of u·(x - c), by the text of u. */
  readonly limits: ReadonlyMap<string, Limits>;
  readonly atoms: Map<string, Atom>;
}

/** Σ weights[k]·(column k) + bias. */
export type FractionRow = {
  readonly columns: readonly number[];
  readonly weights: readonly Fraction[];
  readonly bias: Fraction;
};

export const constantTerm = (constant: Fraction): Term => ({
  constant,
  ridges: new Map(),
  atoms: new Map(),
  low: constant,
  high: constant,
});

/** The norm dual to that of the ball, rounded up where it is irrational. */
export function dualNorm(norm: Norm, direction: Direction): Fraction {
  const total = direction.reduce(
    (sum, entry) =>
      norm === 'l1' ? larger(sum, size(entry)) : plus(sum, norm === 'l2' ? times(entry, entry) : size(entry)),
    nought,
  );
  if (norm !== 'l2') return total;
  const shift = BigInt(significantBits + bitsAbove([total.d]));
  return fraction(rootAbove(total.n * total.d, total.d, shift).at, total.d << shift);
}

/** φ of one direction, given with its constant. */
export function ridgeTerm(direction: Direction, graph: Graph): Term {
  const constant = valueAt(graph, nearest0(graph));
  const ridge = raised(graph, opposite(constant));
  if (ridge.every(({ v }) => v.n === 0n)) return constantTerm(constant);
  const low = opposite(greatest(stretched(graph, { n: -1n, d: 1n }), nought, 1));
  const ridges = new Map([[nameOf(direction), { direction, graph: ridge }]]);
  return { constant, ridges, atoms: new Map(), low, high: greatest(graph, nought, 1) };
}

export const nameOf = (direction: Direction): string => direction.map(({ n, d }) => `${n}/${d}`).join();

/** factor·u = direction, for a direction other than 0. */
export function normalized(direction: Direction): { readonly factor: Fraction; readonly unit: Direction } | undefined {
  const factor = direction.find(({ n }) => n !== 0n);
  return factor && { factor, unit: direction.map((entry) => over(entry, factor)) };
}

/** direction·(x - c) + constant, for any direction. */
function affineTerm({ norm, radius, limits }: Place, direction: Direction, constant: Fraction): Term {
  const known = normalized(direction);
  if (known === undefined || radius.n === 0n) return constantTerm(constant);
  const reach = times(radius, dualNorm(norm, known.unit));
  const { low = opposite(reach), high = reach } = limits.get(nameOf(known.unit)) ?? {};
  const [from, to] = [larger(low, opposite(reach)), smaller(high, reach)];
  // A case of one value of t, or of none: then anything holds.
  if (!isBelow(from, to)) return constantTerm(plus(constant, times(known.factor, from)));
  return ridgeTerm(known.unit, segment(known.factor, constant, from, to));
}

/** The direction of a row of the first layer, and its value at the centre. */
export function alongInput({ centre }: Place, { columns, weights, bias }: FractionRow): [Direction, Fraction] {
  const direction: Fraction[] = centre.map(() => nought);
  let constant = bias;
  for (const [k, column] of columns.entries()) {
    direction[column] = weights[k]!;
    constant = plus(constant, times(weights[k]!, centre[column]!));
  }
  return [direction, constant];
}

/** The row as a function of the input. */
export const inputTerm = (place: Place, row: FractionRow): Term => affineTerm(place, ...alongInput(place, row));

/** The row as a function of neurons whose terms are known. */
export function sumOfTerms(place: Place, { columns, weights, bias }: FractionRow, inputs: readonly Term[]): Term {
  const sum = columns.reduce(
    (total, column, k) => withMultiple(total, inputs[column]!, weights[k]!),
    constantTerm(bias),
  );
  return gathered(place, sum, sum);
}

/** The term with atom `name` left out, or with its argument in its place; of its interval nothing is kept. */
export function exchanged(place: Place, term: Term, name: string, argument: Term): Term {
  const atoms = new Map(term.atoms);
  atoms.delete(name);
  return gathered(place, withMultiple({ ...term, atoms }, argument, term.atoms.get(name)!));
}

/** total + factor·term, part by part, intervals among them. */
function withMultiple(total: Term, term: Term, factor: Fraction): Term {
  const ridges = new Map(total.ridges);
  for (const [name, { direction, graph }] of term.ridges) {
    const own = stretched(graph, factor);
    const before = ridges.get(name);
    ridges.set(name, { direction, graph: before === undefined ? own : sumOf(before.graph, own) });
  }
  const atoms = new Map(total.atoms);
  for (const [name, multiple] of term.atoms) atoms.set(name, plus(atoms.get(name) ?? nought, times(factor, multiple)));
  const ends = [times(factor, term.low), times(factor, term.high)] as const;
  return {
    constant: plus(total.constant, times(factor, term.constant)),
    ridges,
    atoms,
    low: plus(total.low, smaller(...ends)),
    high: plus(total.high, larger(...ends)),
  };
}

/** The same parts, without those that vanish, and with the interval that they give, also within `known`. */
function gathered(place: Place, parts: Term, known?: { readonly low: Fraction; readonly high: Fraction }): Term {
  const ridges = new Map([...parts.ridges].filter(([, { graph }]) => graph.some(({ v }) => v.n !== 0n)));
  const atoms = new Map([...parts.atoms].filter(([, factor]) => factor.n !== 0n));
  if (atoms.size === 0 && ridges.size > 1 && [...ridges.values()].every(({ graph }) => isLine(graph))) {
    return within(affineTerm(place, ...lineOf(place, [...ridges.values()], parts.constant)), known);
  }
  let [low, high] = [parts.constant, parts.constant];
  for (const { graph } of ridges.values()) {
    low = minus(low, greatest(stretched(graph, { n: -1n, d: 1n }), nought, 1));
    high = plus(high, greatest(graph, nought, 1));
  }
  for (const [name, factor] of atoms) {
    const atom = place.atoms.get(name)!;
    const ends = [times(factor, atom.low), times(factor, atom.high)] as const;
    low = plus(low, smaller(...ends));
    high = plus(high, larger(...ends));
  }
  return within({ constant: parts.constant, ridges, atoms, low, high }, known);
}

/** The sum of linear functions and a constant: its gradient, and its value at the centre. */
export function lineOf({ centre }: Place, ridges: readonly Ridge[], constant: Fraction): [Direction, Fraction] {
  return ridges.reduce<[Direction, Fraction]>(
    ([gradient, value], { direction, graph }) => [
      gradient.map((entry, j) => plus(entry, times(slopeOf(graph), direction[j]!))),
      plus(value, lineAt0(graph)),
    ],
    [centre.map(() => nought), constant],
  );
}

/** The term in a smaller interval; a constant if only one value is left. */
export function within(term: Term, known?: { readonly low?: Fraction; readonly high?: Fraction }): Term {
  const low = known?.low === undefined ? term.low : larger(term.low, known.low);
  const high = known?.high === undefined ? term.high : smaller(term.high, known.high);
  return low.n === high.n && low.d === high.d ? constantTerm(low) : { ...term, low, high };
}

/** -term. */
export const negative = (place: Place, term: Term): Term =>
  within(gathered(place, withMultiple(constantTerm(nought), term, { n: -1n, d: 1n })), {
    low: opposite(term.high),
    high: opposite(term.low),
  });
