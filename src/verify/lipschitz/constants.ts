/**
 * The Lipschitz constants that margins are divided by: each is found when it is asked for, the cheap ones first.
 *
 * Main definitions: `lipschitzConstants`, `LipschitzConstants`.
 *
 * The structural bound, the same in another norm and converted, the interval gradient with all patterns, and for small
 * networks a walk over the cells, which ends with the constant itself. What holds everywhere is found once, since all balls
 * of a network share it.
 */
import { formatRational, type Rational } from '../../exact/index.js';
import { type Norm, norms } from '../../format/index.js';
import type { Ball } from '../../geometry/index.js';
import { inputDimension, type Network, rowCount } from '../../network/index.js';
import { exactLipschitz } from './exact-lipschitz.js';
import type { OutputFunctional } from './functional.js';
import { constantAbove, type LipschitzQuestion } from './lipschitz-bound.js';
import { convertedConstant } from './norm-conversion.js';
import { structuralBound } from './structure/structural-bound.js';
import { lipschitzBound } from './upper-bounds.js';

export interface LipschitzConstants {
  /** Constants of a functional of the outputs in a norm, everywhere. */
  everywhere(norm: Norm, functional: OutputFunctional): AsyncIterable<Rational>;
  /** Constants on a ball of radius > 0, in its norm. */
  on(region: Ball, functional: OutputFunctional): AsyncIterable<Rational>;
}

/** Terms of forms that the structural bound for one ball may cost, about a tenth of a second. */
const effortOnBall = 200_000;
/** Weights times layers up to which gradients are enclosed: their denominators grow from layer to layer. */
const mostEnclosed = 2_000_000;
/** Hidden neurons and inputs of the networks whose cells are walked over, and cells that a walk may visit. */
const mostNeurons = 40;
const mostInputs = 8;
const mostCells = 2000;

/** The constants of a network's functionals. */
export function lipschitzConstants(network: Network): LipschitzConstants {
  const { layers } = network;
  const d = inputDimension(network);
  const weights = layers.reduce((sum, layer) => sum + layer.columns.length, 0);
  const neurons = layers.slice(0, -1).reduce((sum, layer) => sum + rowCount(layer), 0);
  const structural = memo((norm, functional) => structuralBound(network, norm, functional));
  const bounded = (norm: Norm, question: LipschitzQuestion): Rational | undefined =>
    weights * layers.length <= mostEnclosed ? constantAbove(lipschitzBound(network, norm, question)) : undefined;
  const walked = async (norm: Norm, question: LipschitzQuestion): Promise<Rational | undefined> => {
    if (neurons > mostNeurons || d > mostInputs) return undefined;
    return constantAbove((await exactLipschitz(network, norm, { ...question, mostCells })).bound);
  };
  const boundedEverywhere = memo((norm, functional) => bounded(norm, { functional }));
  const walkedEverywhere = memo((norm, functional) => walked(norm, { functional }));
  return {
    async *everywhere(norm, functional) {
      const own = structural(norm, functional);
      if (own !== undefined) yield own;
      for (const other of norms) {
        const found = other === norm ? undefined : structural(other, functional);
        if (found !== undefined) yield convertedConstant(found, other, norm, d);
      }
      for (const more of [boundedEverywhere, walkedEverywhere]) {
        const found = await more(norm, functional);
        if (found !== undefined) yield found;
      }
    },
    async *on(region, functional) {
      const { norm } = region;
      const local = structuralBound(network, norm, functional, { region, effort: effortOnBall });
      if (local !== undefined) yield local;
      for (const more of [bounded, walked]) {
        const found = await more(norm, { functional, region });
        if (found !== undefined) yield found;
      }
    },
  };
}

/** The function, evaluated once for each norm and functional. */
function memo<T>(of: (norm: Norm, functional: OutputFunctional) => T): (norm: Norm, functional: OutputFunctional) => T {
  const known = new Map<string, T>();
  return (norm, functional) => {
    const key = [norm, functional.columns.join(), functional.weights.map(formatRational).join()].join(' ');
    if (!known.has(key)) known.set(key, of(norm, functional));
    return known.get(key)!;
  };
}
