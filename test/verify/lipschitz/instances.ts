/** Networks written as rows, for tests of Lipschitz constants. */
import { parseRational, type Rational } from '../../../src/exact/index.js';
import type { Activation } from '../../../src/format/index.js';
import { type Layer, layerOf, type Network } from '../../../src/network/index.js';

export const values = (...texts: (string | number)[]): Rational[] => texts.map((t) => parseRational(String(t)));

/** A layer of rows [weights…, bias]. */
export function layer(activation: Activation, ...rows: (string | number)[][]): Layer {
  return layerOf(
    rows[0]!.length - 1,
    activation,
    rows.map((row) => {
      const all = values(...row);
      const columns = all.slice(0, -1).flatMap((w, j) => (w.n === 0n ? [] : [j]));
      return { columns, weights: columns.map((j) => all[j]!), bias: all.at(-1)! };
    }),
  );
}

export const net = (...layers: Layer[]): Network => ({ layers });
