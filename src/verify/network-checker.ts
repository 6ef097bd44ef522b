/** The independent checker for a network in memory. */
import { checker, type NetworkChecker, type Refusal } from '../check/index.js';
import { type Network, networkToFile } from '../network/index.js';

/** A checker that has read the network's file, or its refusal. Provenance is not read by it. */
export function networkChecker(network: Network): NetworkChecker | Refusal {
  const { provenance: _, ...file } = networkToFile(network);
  return checker(file);
}
