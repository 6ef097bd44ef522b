/**
 * The boundary of a union of polygons with disjoint interiors, as closed loops.
 *
 * Main definition: `outline`. Edges that two polygons share cancel, also when one polygon has a vertex in the middle of
 * another's edge: edges are gathered by their exact line, and along each line directions are added up. The loops do
 * not depend on how the union was cut into polygons.
 */
import { absInt, gcd } from '../../exact/index.js';
import { type PlanePoint, type Polygon, pointKey } from './polygon.js';

interface Edge {
  readonly from: PlanePoint;
  readonly to: PlanePoint;
}

/** Loops with the union on their left: outer boundaries counterclockwise, holes clockwise. No vertex is straight. */
export function outline(polygons: readonly Polygon[]): Polygon[] {
  const lines = new Map<string, Edge[]>();
  for (const polygon of polygons) {
    polygon.forEach((from, k) => {
      const to = polygon[(k + 1) % polygon.length]!;
      const key = lineKey(from, to);
      const edges = lines.get(key);
      if (edges === undefined) lines.set(key, [{ from, to }]);
      else edges.push({ from, to });
    });
  }
  return loops([...lines.values()].flatMap(netEdges));
}

/** The line through two points, as text: coefficients without common factor, the first nonzero one positive. */
function lineKey(p: PlanePoint, q: PlanePoint): string {
  let a = p.y * q.w - p.w * q.y;
  let b = p.w * q.x - p.x * q.w;
  let c = p.x * q.y - p.y * q.x;
  let g = gcd(gcd(absInt(a), absInt(b)), absInt(c));
  if (a < 0n || (a === 0n && b < 0n)) g = -g;
  a /= g;
  b /= g;
  c /= g;
  return `${a},${b},${c}`;
}

/** Left to right, then upwards: the order along any one line. */
function compareAlong(p: PlanePoint, q: PlanePoint): number {
  const x = p.x * q.w - q.x * p.w;
  const s = x !== 0n ? x : p.y * q.w - q.y * p.w;
  return s < 0n ? -1 : s > 0n ? 1 : 0;
}

/** What is left of the edges on one line after opposite directions cancel. */
function netEdges(edges: readonly Edge[]): Edge[] {
  const changes = edges.flatMap(({ from, to }) => {
    const forward = compareAlong(from, to) < 0;
    return forward
      ? [
          { point: from, change: 1 },
          { point: to, change: -1 },
        ]
      : [
          { point: to, change: -1 },
          { point: from, change: 1 },
        ];
  });
  changes.sort((a, b) => compareAlong(a.point, b.point));
  const net: Edge[] = [];
  let level = 0;
  let start: PlanePoint | undefined;
  for (let k = 0; k < changes.length; ) {
    const { point } = changes[k]!;
    let next = level;
    while (k < changes.length && compareAlong(changes[k]!.point, point) === 0) next += changes[k++]!.change;
    if (next === level) continue;
    if (start !== undefined && level !== 0)
      net.push(level > 0 ? { from: start, to: point } : { from: point, to: start });
    start = point;
    level = next;
  }
  return net;
}

/**
 * The edges joined into loops. Where several leave a point, the sharpest left turn is taken: around a point, union and
 * complement alternate, so this pairs every arriving edge with the other side of its own sector.
 */
function loops(edges: readonly Edge[]): Polygon[] {
  const leaving = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = pointKey(edge.from);
    const list = leaving.get(key);
    if (list === undefined) leaving.set(key, [edge]);
    else list.push(edge);
  }
  const used = new Set<Edge>();
  const found: Polygon[] = [];
  for (const first of edges) {
    if (used.has(first)) continue;
    const loop: PlanePoint[] = [];
    let edge = first;
    do {
      used.add(edge);
      loop.push(edge.from);
      const arriving = edge;
      edge = leaving.get(pointKey(edge.to))!.reduce((best, e) => (turnsLeftOf(arriving, e, best) ? e : best));
    } while (edge !== first);
    found.push(fromLowest(loop));
  }
  return found.sort((a, b) => compareAlong(a[0]!, b[0]!) || compareAlong(a[1]!, b[1]!));
}

/** Whether edge a comes before edge b, clockwise from the way back along the arriving edge. */
function turnsLeftOf(arriving: Edge, a: Edge, b: Edge): boolean {
  const back = direction({ from: arriving.to, to: arriving.from });
  const u = direction(a);
  const v = direction(b);
  const uFirst = cross(back, u) < 0n;
  const vFirst = cross(back, v) < 0n;
  return uFirst === vFirst ? cross(u, v) < 0n : uFirst;
}

type Direction = readonly [bigint, bigint];

const direction = ({ from, to }: Edge): Direction => [to.x * from.w - from.x * to.w, to.y * from.w - from.y * to.w];
const cross = (u: Direction, v: Direction): bigint => u[0] * v[1] - u[1] * v[0];

/** The same loop, beginning with its first point along the order of `compareAlong`. */
function fromLowest(loop: readonly PlanePoint[]): Polygon {
  const start = loop.reduce((best, p, k) => (compareAlong(p, loop[best]!) < 0 ? k : best), 0);
  return [...loop.slice(start), ...loop.slice(0, start)];
}
