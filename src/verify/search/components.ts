/**
 * A functional taken apart into sums that read different neurons of the level below.
 *
 * Main definitions: `components`, `Component`, `functionalKey`.
 *
 * Two columns belong together when their rows share an input. The operands of a maximum or of a difference come apart
 * in this way, and the same operand found by two proofs has one key: each part is brought to coprime integers, and the
 * multiple that it takes is kept beside it.
 */
import { gcd, type Rational, rational } from '../../exact/index.js';
import type { Functional, Problem } from './problem.js';

/** `multiple` > 0 times a functional without constant whose weights are coprime integers. */
export interface Component {
  readonly functional: Functional;
  readonly multiple: Rational;
}

/** The parts whose sum, with the constant, is the functional; in the order of their first columns. */
export function components(problem: Problem, goal: Functional): Component[] {
  const { level, columns, weights, denominator } = goal;
  const { rowStart, columns: read } = problem.layers[level]!;
  const parent = columns.map((_, k) => k);
  const rootOf = (k: number): number => {
    let at = k;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  const reader = new Map<number, number>();
  columns.forEach((row, k) => {
    if (weights[k] === 0n) return;
    for (let m = rowStart[row]!; m < rowStart[row + 1]!; m++) {
      const other = reader.get(read[m]!);
      if (other === undefined) reader.set(read[m]!, k);
      else parent[Math.max(rootOf(k), rootOf(other))] = Math.min(rootOf(k), rootOf(other));
    }
  });
  const parts = new Map<number, number[]>();
  columns.forEach((_, k) => {
    if (weights[k] === 0n) return;
    const root = rootOf(k);
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [k]);
    else part.push(k);
  });
  return [...parts.values()].map((part) => {
    const common = part.reduce((g, k) => gcd(g, weights[k]!), 0n);
    const whole = part.map((k) => weights[k]! / common);
    return {
      functional: {
        level,
        columns: part.map((k) => columns[k]!),
        weights: whole,
        denominator: 1n,
        constant: rational(0),
        nearWeights: Float64Array.from(whole, Number),
        nearConstant: 0,
      },
      multiple: rational(common, denominator),
    };
  });
}

/** Equal for equal functionals of components. */
export const functionalKey = ({ level, columns, weights }: Functional): string =>
  `${level}:${columns.join()}:${weights.join()}`;
