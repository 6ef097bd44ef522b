/**
 * The nearest unsafe point among those that activate a network as a given point does.
 *
 * Main definitions: `nearestInCell`, `CellOptimum`.
 *
 * Main statement. On the cell of a point w, where every neuron has the sign that it has at w, the network is affine, and so
 * is every unsafe constraint. The closure of the cell's unsafe part is a polytope P that holds w; `nearestInCell` finds the
 * least ℓ1 or ℓ∞ distance t of P from a centre c, and a point p of P at this distance. By convexity the points
 * p + s(w − p), 0 < s ≤ 1, are unsafe: those of w's strict signs and constraints keep them. So no ball around c of radius
 * above t is free of unsafe points.
 *
 * Implementation notes. An exact linear program in p − c; neurons whose sign is right anyway are left out, and added where
 * an optimum is beyond them, so most programs have few rows.
 */
import {
  add,
  addVectors,
  dot,
  type LinearProgram,
  type LinearRow,
  neg,
  one,
  type Rational,
  rational,
  solveLinearProgram,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../exact/index.js';
import { magnitude } from '../geometry/index.js';
import { rowCount, rowOf } from '../network/index.js';
import { combinedForm, inputForms, type LocalForm } from './local-form.js';
import type { Query } from './query.js';
import { holds } from './verdict.js';

export interface CellOptimum {
  /** Least distance from the centre to the closure of the cell's unsafe part. */
  readonly radius: Rational;
  /** A point of the closure at this distance. */
  readonly point: Vector;
}

/** Multiply-adds in rationals that the forms of a cell may cost, about a second. */
const mostWork = 500_000;
const mostPivots = 5000;
const mostRounds = 200;
/** Constraints added at once. */
const mostAdded = 8;

/**
 * The optimum over the cell of an unsafe point, for ball queries in ℓ1 and ℓ∞; undefined for other regions, safe points,
 * and where it would take too long.
 */
export function nearestInCell(query: Query, unsafePoint: Vector): CellOptimum | undefined {
  const { region, network } = query;
  if (region.kind !== 'ball' || region.norm === 'l2') return undefined;
  const weights = network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  if (weights * unsafePoint.length > mostWork) return undefined;
  const { signs, outputs } = cellOf(query, unsafePoint);
  const values = outputs.map(({ value }) => value);
  let best: CellOptimum | undefined;
  for (const conjunction of query.unsafe) {
    if (!conjunction.every((c) => holds(c, values))) continue;
    const wanted = conjunction.map((c) => combinedForm(c, outputs, unsafePoint.length));
    const found = nearest(region.norm, region.centre, unsafePoint, wanted, signs);
    if (found === undefined) return undefined;
    if (best === undefined || sub(found.radius, best.radius).n < 0n) best = found;
  }
  return best;
}

/** Forms that are ≥ 0 on the closure of the cell, and the outputs on it. */
function cellOf({ network }: Query, w: Vector): { signs: LocalForm[]; outputs: LocalForm[] } {
  const d = w.length;
  const flat: Vector = new Array(d).fill(zero);
  const signs: LocalForm[] = [];
  let forms = inputForms(w);
  for (const layer of network.layers) {
    forms = Array.from({ length: rowCount(layer) }, (_, r): LocalForm => {
      const z = combinedForm(rowOf(layer, r), forms, d);
      if (layer.activation === 'identity') return z;
      const isActive = z.value.n > 0n;
      if (z.slope.some((g) => g.n !== 0n))
        signs.push(isActive ? z : { value: neg(z.value), slope: z.slope.map((g) => neg(g)) });
      if (!isActive) return { value: zero, slope: flat };
      return layer.activation === 'step' ? { value: one, slope: flat } : z;
    });
  }
  return { signs, outputs: forms };
}

/** The point nearest to the centre at which all forms are ≥ 0. */
function nearest(
  norm: 'l1' | 'linf',
  centre: Vector,
  w: Vector,
  wanted: readonly LocalForm[],
  signs: readonly LocalForm[],
): CellOptimum | undefined {
  const offset = subVectors(centre, w);
  const rows = wanted.map((form) => rowFor(norm, form, offset));
  const left = new Set(signs);
  for (let round = 0; round < mostRounds; round++) {
    const outcome = solveLinearProgram(program(norm, centre.length, rows), { mostPivots });
    if (outcome.status !== 'optimal') return undefined;
    const step = displacement(norm, outcome.point, centre.length);
    const fromW = addVectors(step, offset);
    const missed = [...left]
      .map((form) => ({ form, at: add(form.value, dot(form.slope, fromW)) }))
      .filter(({ at }) => at.n < 0n)
      .sort((a, b) => (sub(a.at, b.at).n < 0n ? -1 : 1))
      .slice(0, mostAdded);
    if (missed.length === 0) return { radius: magnitude(norm, step), point: addVectors(centre, step) };
    for (const { form } of missed) {
      left.delete(form);
      rows.push(rowFor(norm, form, offset));
    }
  }
  return undefined;
}

// ℓ1: variables p, n ≥ 0 with y = p − n and Σ p + n least. ℓ∞: variables u, t ≥ 0 with y = u − t, u ≤ 2t, and t least.

function program(norm: 'l1' | 'linf', d: number, rows: readonly LinearRow[]): LinearProgram {
  if (norm === 'l1') return { objective: new Array(2 * d).fill(one), rows };
  const below = Array.from(
    { length: d },
    (_, j): LinearRow => ({ columns: [j, d], values: [one, rational(-2)], relation: '<=', bound: zero }),
  );
  return { objective: [...new Array(d).fill(zero), one], rows: [...below, ...rows] };
}

/** value + slope·(y + offset) ≥ 0 over the variables of the program. */
function rowFor(norm: 'l1' | 'linf', { value, slope }: LocalForm, offset: Vector): LinearRow {
  const bound = neg(add(value, dot(slope, offset)));
  const minus = slope.map((g) => neg(g));
  const dense = norm === 'l1' ? [...slope, ...minus] : [...slope, minus.reduce((sum, g) => add(sum, g), zero)];
  const columns = dense.map((_, j) => j).filter((j) => dense[j]!.n !== 0n);
  return { columns, values: columns.map((j) => dense[j]!), relation: '>=', bound };
}

const displacement = (norm: 'l1' | 'linf', x: Vector, d: number): Rational[] =>
  Array.from({ length: d }, (_, j) => sub(x[j]!, norm === 'l1' ? x[d + j]! : x[d]!));
