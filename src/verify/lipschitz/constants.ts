/**
 * The Lipschitz constants that margins are divided by: each is found when it is asked for, the cheap ones first.
 *
 * Main definitions: `lipschitzConstants`, `LipschitzConstants`.
 *
 * What holds everywhere is found once, since all balls of a network share it.
 */
import type { Rational } from '../../exact/index.js';
import { type Norm, norms } from '../../format/index.js';
import type { Ball } from '../../geometry/index.js';
import { inputDimension, type Network } from '../../network/index.js';
import type { OutputFunctional } from './functional.js';
import { convertedConstant } from './norm-conversion.js';
import { structuralBound } from './structure/structural-bound.js';

export interface LipschitzConstants {
  /** Constants of a functional of the outputs in a norm, everywhere. */
  everywhere(norm: Norm, functional: OutputFunctional): Iterable<Rational>;
  /** Constants on a ball, in its norm. */
  on(region: Ball, functional: OutputFunctional): Iterable<Rational>;
}

/** Terms of forms that a bound for one ball may cost, about a tenth of a second. */
const effortOnBall = 200_000;

/** The constants of a network's functionals. */
export function lipschitzConstants(network: Network): LipschitzConstants {
  const d = inputDimension(network);
  const known = new Map<string, Rational | undefined>();
  const structure = (norm: Norm, functional: OutputFunctional): Rational | undefined => {
    const key = JSON.stringify([norm, functional.columns, functional.weights.map(({ n, d }) => `${n}/${d}`)]);
    if (!known.has(key)) known.set(key, structuralBound(network, norm, functional));
    return known.get(key);
  };
  return {
    *everywhere(norm, functional) {
      const own = structure(norm, functional);
      // Where one norm has no constant, no norm has.
      if (own === undefined) return;
      yield own;
      for (const other of norms)
        if (other !== norm) yield convertedConstant(structure(other, functional)!, other, norm, d);
    },
    *on(region, functional) {
      const local = structuralBound(network, region.norm, functional, { region, effort: effortOnBall });
      if (local !== undefined) yield local;
    },
  };
}
