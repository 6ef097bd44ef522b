/**
 * The wide part of the distance networks: d(x, S_c) = min_{i ∈ S_c} ‖x − x_i‖∞ for groups of samples, beside each other.
 *
 * Main definitions: `groupDistances`, `rounds`, `oddRounds`, `parametersOf`.
 *
 * Layer 1 holds relu(±(x_j − x_ij)), without repetition; then come the rounds of a maximum inside every sample, and of
 * a minimum inside every group. A group that is ready early is carried, so all distances arrive in one layer.
 */
import { zero } from '../../exact/index.js';
import type { Dataset } from '../../geometry/index.js';
import {
  type AffineForm,
  rowCount,
  type SequentialBuilder,
  sumForms,
  type Tournament,
  tournamentRows,
  tournamentWinners,
} from '../../network/index.js';
import { coordinateThresholds } from '../coordinate-thresholds.js';
import { nonzeroCount } from '../prepare.js';

/** Rounds of a tournament of s operands, ⌈log₂ s⌉. */
export function rounds(s: number): number {
  let count = 0;
  for (let left = s; left > 1; left = Math.ceil(left / 2)) count++;
  return count;
}

/** Rounds of a tournament of s operands in which one is left over. */
export function oddRounds(s: number): number {
  let count = 0;
  for (let left = s; left > 1; left = Math.ceil(left / 2)) if (left % 2 === 1) count++;
  return count;
}

export interface GroupDistances {
  /** d(x, S_c) for each group, over the neurons of the last layer. */
  readonly distances: readonly AffineForm[];
  /** Neurons of the first layer, and how many of them have a bias. */
  readonly firstRows: number;
  readonly firstBiases: number;
}

/** Adds the layers to a builder that has none yet. */
export function groupDistances(
  builder: SequentialBuilder,
  data: Dataset,
  groups: readonly (readonly number[])[],
): GroupDistances {
  const samples = groups.flat();
  const first = coordinateThresholds(data, samples, [zero], 'relu');
  const neurons = builder.append(first.layer);
  const sides = (i: number, j: number): AffineForm[] =>
    [first.row(i, j, 0, 0), first.row(i, j, 1, 0)].map((r) => neurons[r]!);
  let trees = samples.map((i) => Array.from({ length: data.dimension }, (_, j) => sumForms(sides(i, j))));
  trees = playAll(builder, 'max', trees);
  let from = 0;
  trees = groups.map((group) => {
    from += group.length;
    return trees.slice(from - group.length, from).map((tree) => tree[0]!);
  });
  return {
    distances: playAll(builder, 'min', trees).map((tree) => tree[0]!),
    firstRows: rowCount(first.layer),
    firstBiases: nonzeroCount(first.layer.biases),
  };
}

/** Plays all tournaments to their ends, round by round. */
export function playAll(
  builder: SequentialBuilder,
  kind: Tournament,
  given: readonly (readonly AffineForm[])[],
): AffineForm[][] {
  let trees = given.map((operands) => [...operands]);
  while (trees.some((operands) => operands.length > 1)) {
    const rows = trees.map((operands) => tournamentRows(kind, operands));
    const neurons = builder.layer('relu', rows.flat());
    let from = 0;
    trees = rows.map((own) => {
      from += own.length;
      return tournamentWinners(kind, neurons.slice(from - own.length, from));
    });
  }
  return trees;
}

/** ⌈s/2^t⌉ for t = 0, …, rounds(s) − 1, as formulas over the name of s. */
export const roundSizes = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, t) => (t === 0 ? name : `ceil(${name}/${2 ** t})`));

/** Weights and biases of layers of the given sizes, zeros counted, as a formula. */
export function parametersOf(sizes: readonly string[], inputs = 'd'): string {
  const before = [inputs, ...sizes];
  return sizes.map((size, l) => `(${before[l]} + 1)*(${size})`).join(' + ');
}
