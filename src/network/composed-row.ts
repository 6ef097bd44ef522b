/** Affine rows over a layer's outputs, as rows over its inputs. */
import { add, mul, type Rational } from '../exact/index.js';
import { type Layer, type Row, rowOf } from './network.js';

/** The row a·(W·h + b) + β over h, for a row a·z + β over the pre-activations z of a layer; no zero weights. */
export function composedRow({ columns, weights, bias: own }: Row, layer: Layer): Row {
  const sums = new Map<number, Rational>();
  let bias = own;
  columns.forEach((output, m) => {
    const row = rowOf(layer, output);
    bias = add(bias, mul(weights[m]!, row.bias));
    row.columns.forEach((column, k) => {
      const term = mul(weights[m]!, row.weights[k]!);
      const old = sums.get(column);
      sums.set(column, old === undefined ? term : add(old, term));
    });
  });
  const kept = [...sums.keys()].filter((column) => sums.get(column)!.n !== 0n).sort((a, b) => a - b);
  return { columns: kept, weights: kept.map((column) => sums.get(column)!), bias };
}
