/**
 * The last resort: a node on whose path every neuron has one side is a linear problem, decided by the exact simplex method.
 *
 * Main definitions: `linearLeaf`, `NodeLeaf`, `strictlyInside`.
 *
 * Either the largest t with the strict rows ≥ t and the others ≥ 0 is positive, and there is a point, or the multipliers
 * of the program are those of a leaf.
 */
import {
  add,
  addVectors,
  type LinearRow,
  linearRow,
  mul,
  neg,
  one,
  type Rational,
  solveLinearProgram,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../../exact/index.js';
import type { Region } from '../../geometry/index.js';
import type { Constraint } from '../query.js';
import type { Slope } from './exact-leaf.js';
import { type Form, leafOf, type NodeRow, nodeRows } from './node-forms.js';
import type { SearchState } from './search-state.js';

export type NodeLeaf =
  | { readonly kind: 'point'; readonly point: Vector }
  | { readonly kind: 'leaf'; readonly weights: readonly Rational[]; readonly slopes: Map<number, Slope> };

/** Decides the conjunction on the node. Not for ℓ2 balls, which are not linear. */
export function linearLeaf(state: SearchState, conjunction: readonly Constraint[]): NodeLeaf {
  const chart = chartOf(state.problem.region);
  const rows = nodeRows(state, conjunction);
  const found = strictlyInside(chart.variables, [
    ...chart.rows,
    ...rows.map(({ form, strict }) => ({ form: chart.form(form), strict })),
  ]);
  if ('point' in found) return { kind: 'point', point: chart.input(found.point) };
  return { kind: 'leaf', ...leafOf(state, rows, found.multipliers.slice(chart.rows.length)) };
}

/**
 * A point with variables ≥ 0 where all rows hold, the strict ones strictly; or multipliers ≥ 0 under which the rows add up
 * to what is ≤ 0 for all variables ≥ 0, and < 0 unless a strict one has a positive multiplier.
 */
export function strictlyInside(
  variables: number,
  rows: readonly Pick<NodeRow, 'form' | 'strict'>[],
  free: readonly number[] = [],
): { readonly point: Vector } | { readonly multipliers: readonly Rational[] } {
  // The last variable is t, free and at most 1.
  const t = variables;
  const zeros = Array.from({ length: t }, () => zero);
  const program = {
    objective: [...zeros, neg(one)],
    free: [...free, t],
    rows: [
      ...rows.map(
        ({ form, strict }): LinearRow =>
          linearRow([...form.coefficients, strict ? neg(one) : zero], '>=', neg(form.constant)),
      ),
      linearRow([...zeros, one], '<=', one),
    ],
  };
  const outcome = solveLinearProgram(program, { stopBelow: zero });
  if (outcome.status === 'below') return { point: outcome.point.slice(0, t) };
  if (outcome.status !== 'optimal' && outcome.status !== 'infeasible') {
    throw new RangeError(`strictlyInside: expected an optimum, got ${outcome.status}`);
  }
  return { multipliers: outcome.multipliers.slice(0, rows.length) };
}

/** Variables ≥ 0 that the input is written in, and the rows that keep it in the region. */
interface Chart {
  readonly variables: number;
  /** The form in the variables. */
  form(f: Form): Form;
  /** Rows, those of an open ball marked strict. */
  readonly rows: readonly Pick<NodeRow, 'form' | 'strict'>[];
  input(v: Vector): Vector;
}

function chartOf(region: Region): Chart {
  const d = region.kind === 'ball' ? region.centre.length : region.lower.length;
  const axis = (n: number, j: number, value: Rational): Rational[] =>
    Array.from({ length: n }, (_, k) => (k === j ? value : zero));
  const moved = ({ coefficients, constant }: Form, origin: Vector): Rational =>
    coefficients.reduce((sum, a, j) => add(sum, mul(a, origin[j]!)), constant);
  if (region.kind === 'ball' && region.norm === 'l1') {
    const { centre, radius, open } = region;
    return {
      variables: 2 * d,
      form: (f) => ({ coefficients: [...f.coefficients, ...f.coefficients.map(neg)], constant: moved(f, centre) }),
      rows: [{ form: { coefficients: Array.from({ length: 2 * d }, () => neg(one)), constant: radius }, strict: open }],
      input: (v) => addVectors(centre, subVectors(v.slice(0, d), v.slice(d))),
    };
  }
  const lower = region.kind === 'box' ? region.lower : region.centre.map((c) => sub(c, region.radius));
  const upper = region.kind === 'box' ? region.upper : region.centre.map((c) => add(c, region.radius));
  const open = region.kind === 'ball' && region.open;
  return {
    variables: d,
    form: (f) => ({ coefficients: f.coefficients, constant: moved(f, lower) }),
    rows: lower.flatMap((low, j) => [
      { form: { coefficients: axis(d, j, neg(one)), constant: sub(upper[j]!, low) }, strict: open },
      ...(open ? [{ form: { coefficients: axis(d, j, one), constant: zero }, strict: true }] : []),
    ]),
    input: (v) => addVectors(lower, v),
  };
}
