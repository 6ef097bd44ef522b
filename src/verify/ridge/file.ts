/**
 * Ways, hints and cases as certificates write them.
 *
 * Notes. An atom is named by its neuron, a split by the neuron that is affine in the scalar, so that nothing depends on
 * the order in which the prover met them.
 */
import { formatRational } from '../../exact/index.js';
import type { RidgeCases, RidgeHint, RidgeWay } from '../../format/index.js';
import type { CaseTree } from './cases.js';
import type { State } from './expression.js';
import type { Hint } from './propagate.js';
import type { Way } from './way.js';

function wayToFile(state: State, way: Way): RidgeWay {
  if (!('atom' in way)) {
    return {
      ...(way.curvature === undefined ? {} : { curvature: formatRational(way.curvature) }),
      ...(way.linear === true ? { linear: true } : {}),
    };
  }
  return {
    substitute: state.atoms[way.atom]!.neuron,
    ...(way.without === undefined ? {} : { without: wayToFile(state, way.without) }),
    ...(way.replaced === undefined ? {} : { replaced: wayToFile(state, way.replaced) }),
  };
}

/** The way as a field, or no field for the interval. */
export function unlessPlain<K extends string>(
  key: K,
  state: State,
  way: Way | undefined,
): { readonly [k in K]?: RidgeWay } {
  if (way === undefined) return {};
  const file = wayToFile(state, way);
  return Object.keys(file).length === 0 ? {} : ({ [key]: file } as { readonly [k in K]: RidgeWay });
}

export const hintToFile = (state: State, { neuron, above, below }: Hint): RidgeHint => ({
  neuron,
  ...unlessPlain('above', state, above),
  ...unlessPlain('below', state, below),
});

export function casesToFile(tree: CaseTree): RidgeCases {
  if ('split' in tree) {
    const { split, at, below, above } = tree;
    return { split, at: formatRational(at), below: casesToFile(below), above: casesToFile(above) };
  }
  if ('empty' in tree) return { empty: tree.empty.map(([row, multiplier]) => [row, formatRational(multiplier)]) };
  const { state, hints, way } = tree;
  return {
    ...(hints.length > 0 ? { hints: hints.map((hint) => hintToFile(state, hint)) } : {}),
    ...unlessPlain('way', state, way),
  };
}
