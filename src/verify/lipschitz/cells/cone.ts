/**
 * Full-dimensional polyhedra by their rays, cut by hyperplanes: the double description method.
 *
 * Main definitions: `Cone`, `everywhere`, `boxCone`, `crossCone` (where a cell starts), `cut`, `innerPoint`.
 *
 * Notation. A polyhedron P is the part t = 1 of a pointed-or-not cone of vectors (x, t), t ≥ 0: its vertices are rays with
 * t > 0, its directions rays with t = 0, and lines are directions of both signs. A hyperplane g·x + h = 0 is the vector (g, h).
 *
 * Main statement. On a full-dimensional P a form that is ≥ 0 at all rays and 0 on lines, but not 0 at all of them, is
 * positive at every inner point; one with both signs cuts P into two full-dimensional parts. Their rays are those of P of
 * the right sign and, on the hyperplane, a combination of each pair of adjacent rays of opposite signs. Two rays are
 * adjacent iff no third ray is tight wherever both are. A form that is not 0 on a line cuts as well: the line becomes a ray of
 * either part, and all else is moved along it onto the hyperplane. So parts without inner points never occur, and whether
 * a neuron can change its sign on P needs no linear program.
 *
 * References. T. S. Motzkin et al., The double description method (1953); K. Fukuda, A. Prodon, Double description
 * method revisited (1996), for the test of adjacency.
 */
import {
  absInt,
  add,
  addVectors,
  type Rational,
  rational,
  scaleVector,
  type Vector,
  zero,
} from '../../../exact/index.js';
import { combination, type Homogeneous, homogeneous, primitive, product, signOfProduct } from './homogeneous.js';

/** An extreme ray with the constraints that are tight on it, as bits. */
export interface Ray extends Homogeneous {
  readonly tight: Uint32Array;
}

export interface Cone {
  readonly rays: readonly Ray[];
  readonly lines: readonly Homogeneous[];
  /** The constraints so far, as bits: lines are tight on all. */
  readonly constraints: Uint32Array;
}

/** Where a form is positive on the inside of a cone, negative, 0 everywhere, or both: then the two parts. */
export type Cut = -1 | 0 | 1 | { readonly above: Cone; readonly below: Cone };

const withBit = (bits: Uint32Array, k: number): Uint32Array => {
  const out = bits.slice();
  out[k >>> 5]! |= 1 << (k & 31);
  return out;
};

const bitSet = (size: number, bits: Iterable<number>): Uint32Array => {
  const out = new Uint32Array((size + 31) >>> 5);
  for (const k of bits) out[k >>> 5]! |= 1 << (k & 31);
  return out;
};

/** ℚᵈ, with room for the given number of further constraints from the returned one on. */
export function everywhere(d: number, room: number): { cone: Cone; next: number } {
  const unit = (k: number): bigint[] => Array.from({ length: d + 1 }, (_, j) => (j === k ? 1n : 0n));
  const constraints = bitSet(1 + room, [0]);
  const ray: Ray = { ...homogeneous(unit(d)), tight: bitSet(1 + room, []) };
  return {
    cone: { rays: [ray], lines: Array.from({ length: d }, (_, j) => homogeneous(unit(j))), constraints },
    next: 1,
  };
}

/** The vertex of the given coordinates. */
function vertex(at: Vector, tight: Uint32Array): Ray {
  const denominator = at.reduce((product, v) => product * v.d, 1n);
  return { ...primitive([...at.map((v) => v.n * (denominator / v.d)), denominator]), tight };
}

/** A box lower < upper: 2ᵈ vertices. */
export function boxCone(lower: Vector, upper: Vector, room: number): { cone: Cone; next: number } {
  const d = lower.length;
  const size = 2 * d + room;
  const rays = Array.from({ length: 2 ** d }, (_, corner) => {
    const isUpper = (j: number): boolean => Math.floor(corner / 2 ** j) % 2 === 1;
    const at = lower.map((low, j) => (isUpper(j) ? upper[j]! : low));
    return vertex(
      at,
      bitSet(
        size,
        at.map((_, j) => 2 * j + (isUpper(j) ? 1 : 0)),
      ),
    );
  });
  const constraints = bitSet(
    size,
    Array.from({ length: 2 * d }, (_, k) => k),
  );
  return { cone: { rays, lines: [], constraints }, next: 2 * d };
}

/** An ℓ1 ball of radius > 0: 2d vertices on 2ᵈ faces. */
export function crossCone(centre: Vector, radius: Rational, room: number): { cone: Cone; next: number } {
  const d = centre.length;
  const faces = Array.from({ length: 2 ** d }, (_, k) => k);
  const size = faces.length + room;
  const rays = centre.flatMap((_, j) =>
    [1n, -1n].map((side) => {
      const at = centre.map((c, i) => (i === j ? add(c, rational(side * radius.n, radius.d)) : c));
      return vertex(
        at,
        bitSet(
          size,
          faces.filter((face) => ((face >>> j) & 1) === (side > 0n ? 1 : 0)),
        ),
      );
    }),
  );
  return { cone: { rays, lines: [], constraints: bitSet(size, faces) }, next: faces.length };
}

/** What the hyperplane of a form does to a cone; the new constraint has number k. */
export function cut(cone: Cone, form: Homogeneous, k: number): Cut {
  const line = cone.lines.findIndex((one) => signOfProduct(form, one) !== 0);
  if (line >= 0) return cutLine(cone, form, k, line);
  const signs = cone.rays.map((ray) => signOfProduct(form, ray));
  const isAbove = signs.includes(1);
  if (isAbove !== signs.includes(-1)) return isAbove ? 1 : -1;
  return isAbove ? cutRays(cone, form, k, signs) : 0;
}

function cutLine({ rays, lines, constraints }: Cone, form: Homogeneous, k: number, at: number): Cut {
  const line = lines[at]!;
  const along = product(form, line);
  const side = along > 0n ? 1n : -1n;
  /** v moved along the line to where the form is 0. */
  const moved = (v: Homogeneous): Homogeneous =>
    primitive(combination(side * along, v, -side * product(form, v), line));
  const kept = rays.map((ray): Ray => ({ ...moved(ray), tight: withBit(ray.tight, k) }));
  const rest = lines.filter((_, j) => j !== at).map(moved);
  const after = withBit(constraints, k);
  const part = (sign: bigint): Cone => ({
    rays: [...kept, { ...homogeneous(line.values.map((v) => sign * v)), tight: constraints }],
    lines: rest,
    constraints: after,
  });
  return { above: part(side), below: part(-side) };
}

function cutRays(cone: Cone, form: Homogeneous, k: number, signs: readonly (-1 | 0 | 1)[]): Cut {
  const { rays, lines, constraints } = cone;
  const least = rays[0]!.values.length - lines.length - 2;
  const of = (sign: number): number[] => rays.map((_, r) => r).filter((r) => signs[r] === sign);
  const [above, below] = [of(1), of(-1)];
  const values = new Map<number, bigint>();
  const valueAt = (r: number): bigint => {
    const known = values.get(r) ?? product(form, rays[r]!);
    values.set(r, known);
    return known;
  };
  const on: Ray[] = of(0).map((r) => ({ ...rays[r]!, tight: withBit(rays[r]!.tight, k) }));
  const common = new Uint32Array(constraints.length);
  for (const p of above) {
    for (const q of below) {
      if (!areAdjacent(rays, p, q, least, common)) continue;
      const between = combination(valueAt(p), rays[q]!, -valueAt(q), rays[p]!);
      on.push({ ...primitive(between), tight: withBit(common, k) });
    }
  }
  const after = withBit(constraints, k);
  const part = (side: readonly number[]): Cone => ({
    rays: [...side.map((r) => rays[r]!), ...on],
    lines,
    constraints: after,
  });
  return { above: part(above), below: part(below) };
}

/** Whether no third ray is tight wherever both are; leaves where both are tight in `common`. */
function areAdjacent(rays: readonly Ray[], p: number, q: number, least: number, common: Uint32Array): boolean {
  const [a, b] = [rays[p]!.tight, rays[q]!.tight];
  let count = 0;
  for (let w = 0; w < common.length; w++) {
    common[w] = a[w]! & b[w]!;
    count += bitCount(common[w]!);
  }
  if (count < least) return false;
  for (let r = 0; r < rays.length; r++) {
    if (r === p || r === q) continue;
    const { tight } = rays[r]!;
    let w = 0;
    while (w < common.length && (common[w]! & ~tight[w]!) === 0) w++;
    if (w === common.length) return false;
  }
  return true;
}

/** Ones of a 32-bit word. */
function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A point inside: the mean of the vertices, moved along all directions, by about 1 in all. */
export function innerPoint({ rays }: Cone): Rational[] {
  const d = rays[0]!.values.length - 1;
  const total = (some: readonly Ray[], unit: (ray: Ray) => bigint): Rational[] =>
    some.reduce<Rational[]>(
      (at, ray) =>
        addVectors(
          at,
          ray.values.slice(0, d).map((v) => rational(v, unit(ray))),
        ),
      new Array(d).fill(zero),
    );
  const vertices = rays.filter(({ values }) => values[d]! > 0n);
  const directions = rays.filter(({ values }) => values[d] === 0n);
  const middle = scaleVector(
    total(vertices, ({ values }) => values[d]!),
    rational(1n, vertices.length),
  );
  const length = ({ values }: Ray): bigint => values.reduce((most, v) => (absInt(v) > most ? absInt(v) : most), 0n);
  return addVectors(middle, total(directions, length));
}
