/** Networks from files of any format that is read: by the ending of their name. */
import type { Box } from '../geometry/index.js';
import { type Network, readNetwork } from '../network/index.js';
import { readNnet } from './nnet.js';

export interface NetworkInFile {
  readonly network: Network;
  /** The inputs that the file says the network is meant for. */
  readonly box?: Box;
}

/** The network of a `.nnet` file, or of a file in muball's own format. @throws InputError naming the place, the file first. */
export async function readNetworkFile(path: string): Promise<NetworkInFile> {
  return /\.nnet$/i.test(path) ? await readNnet(path) : { network: await readNetwork(path) };
}
