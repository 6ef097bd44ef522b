/** A proof problem from a theorem's name: its network for a dataset and the balls that it is asked for. */
import type { Dataset } from '../geometry/index.js';
import type { RadiusFlags } from './options.js';
import { build, measure, readingOf } from './problem.js';
import type { ProofProblem } from './proof-run.js';

/** The problem whether the theorem's network is right on all balls of this norm and radius. */
export async function theoremProblem(
  data: Dataset,
  name: string,
  flags: RadiusFlags,
): Promise<ProofProblem & Required<Pick<ProofProblem, 'built'>>> {
  const { norm, open = false } = flags;
  const measured = await measure(data, flags);
  const built = build(data, norm, measured, { construction: name, open });
  const { network } = built.construction;
  return { data, norm, measured, network, reading: readingOf(network, data, undefined), open, built };
}
