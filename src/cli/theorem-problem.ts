/** A proof problem from a theorem's name: its network for a dataset, at a ratio of δ/2. */
import type { Norm } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { build, measure, readingOf } from './problem.js';
import type { ProofProblem } from './proof-run.js';

/** The problem whether the theorem's network is right on all closed balls of radius ρ·δ/2. */
export async function theoremProblem(
  data: Dataset,
  name: string,
  norm: Norm,
  ratio: string,
): Promise<ProofProblem & Required<Pick<ProofProblem, 'built'>>> {
  const measured = await measure(data, { norm, ratio });
  const built = build(data, norm, measured, { construction: name });
  const { network } = built.construction;
  return { data, norm, measured, network, reading: readingOf(network, data, undefined), open: false, built };
}
