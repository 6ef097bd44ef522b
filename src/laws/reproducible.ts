/**
 * Networks are values: made again, or read back from a file, they are the same.
 *
 * Main definitions: `requireDeterministic`, `requireFile`.
 */
import type { MemorizationInstance } from '../arbitrary/index.js';
import { networkFileAt } from '../format/index.js';
import { datasetOf, points } from '../geometry/index.js';
import { type Network, networkFromFile, networkHash, networkToFile } from '../network/index.js';
import { encodeValue } from '../regression/encoded-value.js';

/** Demands one network for equal input, and that the input is left as it was. @throws Error naming both hashes. */
export function requireDeterministic(
  problem: MemorizationInstance,
  build: (problem: MemorizationInstance) => { readonly network: Network },
): void {
  const text = JSON.stringify(encodeValue(problem));
  const first = networkHash(build(problem).network);
  if (JSON.stringify(encodeValue(problem)) !== text) throw new Error('expected the input to be left as it was');
  // A copy, so that nothing remembered about the first dataset helps.
  const again = { ...problem, data: datasetOf(points(problem.data), problem.data.labels) };
  const second = networkHash(build(again).network);
  if (first !== second) throw new Error(`expected network ${first} again, got ${second}`);
}

/** Demands that a network comes back from its file with the same hash. @throws Error naming both. */
export function requireFile(network: Network): void {
  const back = networkFromFile(networkFileAt(JSON.parse(JSON.stringify(networkToFile(network)))));
  const [before, after] = [networkHash(network), networkHash(back)];
  if (before !== after) throw new Error(`expected network ${before} back from its file, got ${after}`);
}
