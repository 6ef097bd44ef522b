/**
 * What is known of a neuron on a ball: const + Σ_k φ_k(t_k) + Σ_q κ_q·ν_q, and an interval.
 *
 * Main definitions: `Expression`, `Atom`, `State`, `affineExpression`, `replaced`.
 *
 * Notation. φ_k are exact piecewise linear functions of scalars, 0 at 0 or at the end of their interval nearest to it; ν_q are atoms, of which an interval is known, and
 * for those that come from a ReLU that nothing decides its argument. The interval is intersected with all other bounds.
 */
import {
  add,
  addVectors,
  compare,
  formatRational,
  max,
  min,
  mul,
  neg,
  type Rational,
  scaleVector,
  sub,
  type Vector,
  zero,
} from '../../exact/index.js';
import type { Row } from '../../network/index.js';
import {
  combination,
  isLinear,
  lineAt0,
  linearPiece,
  maximum,
  nearZero,
  opposite,
  type Piecewise,
  shifted,
  slopeOf,
} from './piecewise.js';
import type { Scalars } from './scalars.js';

export interface Expression {
  readonly constant: Rational;
  /** By scalar; none is 0 everywhere. */
  readonly ridges: ReadonlyMap<number, Piecewise>;
  /** Factors by atom, none 0. */
  readonly atoms: ReadonlyMap<number, Rational>;
  readonly low: Rational;
  readonly high: Rational;
}

export interface Atom {
  readonly low: Rational;
  readonly high: Rational;
  /** Where ν = relu(argument): the argument. */
  readonly argument?: Expression;
  /** The neuron whose value ν is. */
  readonly neuron: Neuron;
}

/** A neuron of a network. */
export type Neuron = readonly [layer: number, row: number];

/** A neuron of the first layer, with pre-activation factor·t + constant. */
export interface Definer {
  readonly row: number;
  readonly factor: Rational;
  readonly constant: Rational;
}

/** What the expressions of one propagation refer to. */
export interface State {
  readonly scalars: Scalars;
  /** Told of work that is about to be done, in pieces of functions; throws when there has been enough. */
  readonly spend: (pieces: number) => void;
  readonly atoms: Atom[];
  /** By scalar. */
  readonly definers: Map<number, Definer>;
}

export const stateOn = (scalars: Scalars, spend: State['spend'] = () => undefined): State => ({
  scalars,
  spend,
  atoms: [],
  definers: new Map(),
});

export const constantExpression = (c: Rational): Expression => ({
  constant: c,
  ridges: new Map(),
  atoms: new Map(),
  low: c,
  high: c,
});

export const isConstant = ({ ridges, atoms }: Expression): boolean => ridges.size === 0 && atoms.size === 0;

/** A value of which nothing but an interval is known. */
export function atomExpression(state: State, atom: Atom): Expression {
  state.atoms.push(atom);
  const atoms = new Map([[state.atoms.length - 1, { n: 1n, d: 1n }]]);
  return { constant: zero, ridges: new Map(), atoms, low: atom.low, high: atom.high };
}

/** An expression of one scalar and nothing else: exact, with its interval. */
export function ridgeExpression(scalar: number, f: Piecewise): Expression {
  const constant = nearZero(f);
  const ridge = shifted(f, neg(constant));
  const vanishes = ridge.values.every((v) => v.n === 0n);
  if (vanishes) return constantExpression(constant);
  return {
    constant,
    ridges: new Map([[scalar, ridge]]),
    atoms: new Map(),
    low: neg(maximum(opposite(f))),
    high: maximum(f),
  };
}

/** The affine function of the input itself: one scalar. */
export function inputExpression(state: State, { columns, weights, bias }: Row): Expression {
  const { ball } = state.scalars;
  const direction: Rational[] = ball.centre.map(() => zero);
  let constant = bias;
  for (const [k, column] of columns.entries()) {
    direction[column] = weights[k]!;
    constant = add(constant, mul(weights[k]!, ball.centre[column]!));
  }
  return alongDirection(state, direction, constant);
}

function alongDirection(state: State, direction: Vector, constant: Rational): Expression {
  if (state.scalars.ball.radius.n === 0n || direction.every((v) => v.n === 0n)) return constantExpression(constant);
  const { scalar, factor } = state.scalars.of(direction);
  const { low, high } = state.scalars.domain(scalar);
  // A case that leaves one value of t.
  if (compare(low, high) >= 0) return constantExpression(add(constant, mul(factor, low)));
  return ridgeExpression(scalar, shifted(linearPiece(low, high, factor), constant));
}

/** Σ weights·inputs + bias. Several scalars on which it is linear become one. */
export function affineExpression(
  state: State,
  { columns, weights, bias }: Row,
  inputs: readonly Expression[],
): Expression {
  let [constant, low, high] = [bias, bias, bias];
  const terms = new Map<number, [Rational, Piecewise][]>();
  const atoms = new Map<number, Rational>();
  for (const [k, column] of columns.entries()) {
    const weight = weights[k]!;
    const input = inputs[column]!;
    constant = add(constant, mul(weight, input.constant));
    const ends = [mul(weight, input.low), mul(weight, input.high)] as const;
    low = add(low, min(...ends));
    high = add(high, max(...ends));
    for (const [scalar, f] of input.ridges) {
      const own = terms.get(scalar) ?? [];
      own.push([weight, f]);
      terms.set(scalar, own);
    }
    for (const [q, factor] of input.atoms) addFactor(atoms, q, mul(weight, factor));
  }
  return gathered(state, { constant, terms, atoms, low, high });
}

/** The expression with relu atom q left out, or its argument in its place. */
export function replaced(state: State, expression: Expression, q: number, byArgument: boolean): Expression {
  const { constant, ridges, atoms } = expression;
  const factor = atoms.get(q)!;
  const argument = byArgument ? state.atoms[q]!.argument! : constantExpression(zero);
  const terms = new Map(
    [...ridges].map(([scalar, f]): [number, [Rational, Piecewise][]] => [scalar, [[{ n: 1n, d: 1n }, f]]]),
  );
  for (const [scalar, f] of argument.ridges) {
    const own = terms.get(scalar) ?? [];
    own.push([factor, f]);
    terms.set(scalar, own);
  }
  const others = new Map(atoms);
  others.delete(q);
  for (const [p, own] of argument.atoms) addFactor(others, p, mul(factor, own));
  const moved = add(constant, mul(factor, argument.constant));
  return gathered(state, { constant: moved, terms, atoms: others });
}

/** −e. */
export function negated({ constant, ridges, atoms, low, high }: Expression): Expression {
  return {
    constant: neg(constant),
    ridges: new Map([...ridges].map(([scalar, f]) => [scalar, opposite(f)])),
    atoms: new Map([...atoms].map(([q, factor]) => [q, neg(factor)])),
    low: neg(high),
    high: neg(low),
  };
}

function addFactor(atoms: Map<number, Rational>, q: number, factor: Rational): void {
  const total = add(atoms.get(q) ?? zero, factor);
  if (total.n === 0n) atoms.delete(q);
  else atoms.set(q, total);
}

interface Parts {
  readonly constant: Rational;
  readonly terms: ReadonlyMap<number, readonly (readonly [Rational, Piecewise])[]>;
  readonly atoms: ReadonlyMap<number, Rational>;
  /** Bounds known otherwise. */
  readonly low?: Rational;
  readonly high?: Rational;
}

/** The expression of sums of ridges, with the interval that each part on its own gives. */
function gathered(state: State, { constant, terms, atoms, low, high }: Parts): Expression {
  const ridges = new Map<number, Piecewise>();
  for (const [scalar, own] of terms) {
    state.spend(own.reduce((sum, [, f]) => sum + f.at.length, 0));
    const f = combination(own);
    if (f.values.some((v) => v.n !== 0n)) ridges.set(scalar, f);
  }
  if (atoms.size === 0 && ridges.size > 1 && [...ridges.values()].every(isLinear)) {
    const direction = [...ridges].reduce<Vector>(
      (sum, [scalar, f]) => addVectors(sum, scaleVector(state.scalars.direction(scalar), slopeOf(f, 0))),
      state.scalars.ball.centre.map(() => zero),
    );
    // In a case φ_k is 0 at an end of its interval, not at 0.
    const atCentre = [...ridges.values()].map(lineAt0).reduce(add, constant);
    return within(alongDirection(state, direction, atCentre), low, high);
  }
  let [least, most] = [constant, constant];
  for (const f of ridges.values()) {
    least = sub(least, maximum(opposite(f)));
    most = add(most, maximum(f));
  }
  for (const [q, factor] of atoms) {
    const atom = state.atoms[q]!;
    const ends = [mul(factor, atom.low), mul(factor, atom.high)] as const;
    least = add(least, min(...ends));
    most = add(most, max(...ends));
  }
  return within({ constant, ridges, atoms, low: least, high: most }, low, high);
}

/** The expression with a smaller interval; a single value when it is one. */
export function within(expression: Expression, low?: Rational, high?: Rational): Expression {
  const least = low === undefined ? expression.low : max(low, expression.low);
  const most = high === undefined ? expression.high : min(high, expression.high);
  if (least.n === most.n && least.d === most.d) return constantExpression(least);
  return { ...expression, low: least, high: most };
}

/** For messages. */
export const intervalText = ({ low, high }: Expression): string => `[${formatRational(low)}, ${formatRational(high)}]`;
