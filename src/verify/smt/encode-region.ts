/**
 * Regions as SMT-LIB assertions over the inputs x0, x1, ….
 *
 * A box and an ℓ∞ ball are bounds of single inputs. An ℓ1 ball has auxiliary t_j ≥ |x_j − c_j| with Σ t_j ≤ r. An ℓ2
 * ball is Σ (x_j − c_j)² ≤ r², the one nonlinear assertion, with the box around it, which follows but lets linear
 * reasoning start. Open balls replace the bound of the norm by a strict one.
 * In one dimension, and for radius 0, all norms agree and the linear form is used.
 */
import { add, neg, type Rational, square, sub } from '../../exact/index.js';
import type { Ball, Region } from '../../geometry/index.js';
import { assertion, constantText, sumText } from './term.js';

/** Name of input j in every encoding. */
export const inputName = (j: number): string => `x${j}`;

export interface RegionText {
  readonly logic: 'QF_LRA' | 'QF_NRA';
  readonly lines: readonly string[];
}

/** Declarations of auxiliary variables and assertions that hold exactly on the region, with the logic they need. */
export function encodeRegion(region: Region): RegionText {
  if (region.kind === 'box') {
    return { logic: 'QF_LRA', lines: region.lower.flatMap((low, j) => between(j, low, region.upper[j]!, false)) };
  }
  if (region.norm === 'linf' || region.centre.length === 1 || region.radius.n === 0n) {
    const { centre, radius, open } = region;
    return { logic: 'QF_LRA', lines: centre.flatMap((c, j) => between(j, sub(c, radius), add(c, radius), open)) };
  }
  return region.norm === 'l1' ? crossPolytope(region) : euclidean(region);
}

function between(j: number, low: Rational, high: Rational, strict: boolean): string[] {
  const x = inputName(j);
  if (low.n === high.n && low.d === high.d && !strict) return [assertion(`(= ${x} ${constantText(low)})`)];
  const [above, below] = strict ? ['>', '<'] : ['>=', '<='];
  return [assertion(`(${above} ${x} ${constantText(low)})`), assertion(`(${below} ${x} ${constantText(high)})`)];
}

function crossPolytope({ centre, radius, open }: Ball): RegionText {
  const lines = centre.flatMap((c, j) => {
    const offset = offsetText(j, c);
    return [`(declare-const t${j} Real)`, assertion(`(>= t${j} ${offset})`), assertion(`(>= t${j} (- ${offset}))`)];
  });
  const total = sumText(centre.map((_, j) => `t${j}`));
  lines.push(assertion(`(${open ? '<' : '<='} ${total} ${constantText(radius)})`));
  return { logic: 'QF_LRA', lines };
}

function euclidean({ centre, radius, open }: Ball): RegionText {
  const squares = centre.map((c, j) => {
    const offset = offsetText(j, c);
    return `(* ${offset} ${offset})`;
  });
  const bound = `(${open ? '<' : '<='} ${sumText(squares)} ${constantText(square(radius))})`;
  const box = centre.flatMap((c, j) => between(j, sub(c, radius), add(c, radius), open));
  return { logic: 'QF_NRA', lines: [...box, assertion(bound)] };
}

/** x_j − c_j. */
const offsetText = (j: number, c: Rational): string =>
  c.n === 0n ? inputName(j) : `(+ ${inputName(j)} ${constantText(neg(c))})`;
