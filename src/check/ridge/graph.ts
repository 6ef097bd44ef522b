/**
 * Continuous piecewise linear functions on an interval, as the corners of their graphs.
 *
 * Main definitions: `Graph`, `segment`, `sumOf`, `stretched`, `positivePart`, `greatest`.
 *
 * Notes. Corners are in increasing order; only the two ends need not bend. A function with 2^16 corners is refused.
 */
import { refuse } from '../refusal.js';
import { type Fraction, isBelow, larger, minus, nought, over, plus, size, smaller, times } from './fraction.js';

export type Corner = { readonly t: Fraction; readonly v: Fraction };
/** At least two corners. */
export type Graph = readonly Corner[];

const mostCorners = 2 ** 16;

/** slope·t + v for low ≤ t ≤ high, low < high. */
export const segment = (slope: Fraction, v: Fraction, low: Fraction, high: Fraction): Graph =>
  [low, high].map((t) => ({ t, v: plus(times(slope, t), v) }));

/** The point of the interval that is nearest to 0. */
export const nearest0 = (graph: Graph): Fraction => larger(graph[0]!.t, smaller(graph.at(-1)!.t, nought));

/** Whether the function is linear. */
export const isLine = (graph: Graph): boolean => graph.length === 2;

/** The slope of a linear function. */
export const slopeOf = (line: Graph): Fraction => slopeAfter([line[0]!, line[1]!]);

/** The value at 0 of the line on which a linear function lies. */
export const lineAt0 = (line: Graph): Fraction => minus(line[0]!.v, times(slopeOf(line), line[0]!.t));

const slopeAfter = ([a, b]: readonly [Corner, Corner]): Fraction => over(minus(b.v, a.v), minus(b.t, a.t));

const along = (a: Corner, b: Corner, t: Fraction): Fraction => plus(a.v, times(slopeAfter([a, b]), minus(t, a.t)));

/** The value at t, which lies in the interval. */
export function valueAt(graph: Graph, t: Fraction): Fraction {
  const next = Math.max(
    1,
    graph.findIndex((corner) => !isBelow(corner.t, t)),
  );
  return along(graph[next - 1]!, graph[next]!, t);
}

/** The sum of two functions on one interval. */
export function sumOf(f: Graph, g: Graph): Graph {
  const corners: Corner[] = [];
  let [i, k] = [0, 0];
  while (i < f.length && k < g.length) {
    const [a, b] = [f[i]!, g[k]!];
    const [first, second] = [isBelow(a.t, b.t), isBelow(b.t, a.t)];
    if (first) corners.push({ t: a.t, v: plus(a.v, along(g[k - 1]!, b, a.t)) });
    else if (second) corners.push({ t: b.t, v: plus(b.v, along(f[i - 1]!, a, b.t)) });
    else corners.push({ t: a.t, v: plus(a.v, b.v) });
    if (!second) i++;
    if (!first) k++;
  }
  return bends(corners);
}

/** factor·f. */
export const stretched = (graph: Graph, factor: Fraction): Graph =>
  graph.map(({ t, v }) => ({ t, v: times(factor, v) }));

/** f + shift. */
export const raised = (graph: Graph, shift: Fraction): Graph => graph.map(({ t, v }) => ({ t, v: plus(v, shift) }));

/** max(f, 0). */
export function positivePart(graph: Graph): Graph {
  const corners: Corner[] = [];
  for (const [k, corner] of graph.entries()) {
    const last = graph[k - 1];
    if (last !== undefined && last.v.n * corner.v.n < 0n) {
      const share = over(last.v, minus(last.v, corner.v));
      corners.push({ t: plus(last.t, times(share, minus(corner.t, last.t))), v: nought });
    }
    corners.push({ t: corner.t, v: larger(corner.v, nought) });
  }
  return bends(corners);
}

/** The greatest value of f(t) - penalty·|t|^power on the interval, for penalty ≥ 0. */
export function greatest(graph: Graph, penalty: Fraction, power: 1 | 2): Fraction {
  const at = ({ t, v }: Corner): Fraction => minus(v, times(penalty, power === 1 ? size(t) : times(t, t)));
  const middle = nearest0(graph);
  let most = at({ t: middle, v: valueAt(graph, middle) });
  for (const corner of graph) most = larger(most, at(corner));
  if (penalty.n === 0n || power === 1) return most;
  for (let k = 1; k < graph.length; k++) {
    const [a, b] = [graph[k - 1]!, graph[k]!];
    // Between two corners the difference is a parabola, greatest where its slope is 0.
    const t = over(slopeAfter([a, b]), plus(penalty, penalty));
    if (isBelow(a.t, t) && isBelow(t, b.t)) most = larger(most, at({ t, v: along(a, b, t) }));
  }
  return most;
}

/** The corners at which the graph bends, and its ends. */
function bends(corners: readonly Corner[]): Graph {
  if (corners.length > mostCorners) refuse('certificate.ridges', `too large: a function of ${corners.length} corners`);
  const kept: Corner[] = [corners[0]!];
  for (let k = 1; k + 1 < corners.length; k++) {
    const [before, here, after] = [kept.at(-1)!, corners[k]!, corners[k + 1]!];
    const turn = minus(slopeAfter([before, here]), slopeAfter([here, after]));
    if (turn.n !== 0n) kept.push(here);
  }
  return [...kept, corners.at(-1)!];
}
