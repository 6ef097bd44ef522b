/** Networks written layer by layer as rows of numbers, for tests of Lipschitz constants. */
import type { Rational } from '../../../src/exact/index.js';
import type { Activation } from '../../../src/format/index.js';
import type { Layer, Network } from '../../../src/network/index.js';
import { networkOf, vector } from '../fixtures/networks.js';

export const values = (...texts: (string | number)[]): Rational[] => vector(texts.join(' '));

/** A layer of rows [weights…, bias]. */
export function layer(activation: Activation, ...rows: (string | number)[][]): Layer {
  const texts = rows.map((row) => `${row.slice(0, -1).join(' ')} | ${row.at(-1)}`);
  return networkOf(rows[0]!.length - 1, [[activation, texts]]).layers[0]!;
}

export const net = (...layers: Layer[]): Network => ({ layers });
