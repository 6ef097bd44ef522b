/**
 * Is there a network of depth 2 and width 2 with the labels of a dataset at its samples? z3 says.
 *
 * Main definition: `twoNeuronMemorizer`.
 *
 * One script for each pair of signs (smt/encode-two-neurons.ts). What z3 finds is evaluated exactly at every sample; that there
 * is none rests on its word.
 */
import { InternalError } from '../format/index.js';
import { type Dataset, point } from '../geometry/index.js';
import { evaluate, type Network, readLabel } from '../network/index.js';
import { encodeTwoNeurons, networkOfModel, type SignPattern, signPatterns } from './smt/encode-two-neurons.js';
import { type Z3Pool, type Z3PoolOptions, z3Pool } from './smt/z3.js';

export type TwoNeuronAnswer =
  | { readonly status: 'found'; readonly network: Network; readonly signs: SignPattern }
  /** z3 refuted all pairs of signs. */
  | { readonly status: 'none' }
  | { readonly status: 'undecided'; readonly reason: string };

export interface TwoNeuronOptions extends Omit<Z3PoolOptions, 'logic'> {
  /** The processes to use, left open. @defaultValue a new pool of the options above */
  readonly pool?: Pick<Z3Pool, 'solve'>;
  /** @defaultValue all three */
  readonly patterns?: readonly SignPattern[];
  readonly signal?: AbortSignal;
}

/**
 * A network that is right at every sample by its sign, or z3's word that there is none.
 * @throws InputError for other classes than 0 and 1; InternalError when what z3 found is wrong at a sample.
 */
export async function twoNeuronMemorizer(data: Dataset, options: TwoNeuronOptions = {}): Promise<TwoNeuronAnswer> {
  const { pool: given, patterns = signPatterns, signal, ...poolOptions } = options;
  const scripts = patterns.map((signs) => ({ signs, ...encodeTwoNeurons(data, signs) }));
  const own = given === undefined ? z3Pool(poolOptions) : undefined;
  const pool = given ?? own!;
  try {
    const open: string[] = [];
    for (const { signs, text, constants } of scripts) {
      const answer = await pool.solve(text, constants, signal === undefined ? {} : { signal });
      if (answer.status === 'sat') {
        const network = networkOfModel(data.dimension, signs, answer.model);
        return { status: 'found', network: replayed(network, data), signs };
      }
      if (answer.status !== 'unsat') open.push(answer.status === 'unknown' ? answer.reason : 'z3 timed out');
    }
    return open.length === 0 ? { status: 'none' } : { status: 'undecided', reason: [...new Set(open)].join('; ') };
  } finally {
    await own?.close();
  }
}

function replayed(network: Network, data: Dataset): Network {
  data.labels.forEach((label, i) => {
    const got = readLabel(network.output!, evaluate(network, point(data, i)));
    if (got !== label) throw new InternalError(`z3: expected a network of class ${label} at sample ${i}, got ${got}`);
  });
  return network;
}
