/**
 * The product of the layers' norms: the coarsest bound of a Lipschitz constant.
 *
 * Main definition: `normProduct`.
 *
 * Main statement. relu and identity are 1-Lipschitz in every norm, so Lip_p(F) ≤ Π ‖W_l‖. In ℓ2 the square is at most
 * Π ‖W_l‖²_F and Π ‖W_l‖₁·‖W_l‖∞; the smaller product is returned.
 */
import { absInt, min, mul, one, type Rational, rational } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { bigWeights, type Layer, type Network, rowCount } from '../../network/index.js';
import { functionalLayers } from './functional-layers.js';
import type { LipschitzBound, LipschitzQuestion } from './lipschitz-bound.js';

/** Π ‖W_l‖ over the layers; a region does not lower it. */
export function normProduct(network: Network, norm: Norm, { functional }: LipschitzQuestion = {}): LipschitzBound {
  const layers = functionalLayers(network, functional);
  if (layers.some(({ activation }) => activation === 'step')) {
    return { method: 'normprod', norm, magnitude: undefined, exact: false };
  }
  let [first, second] = [one, one];
  for (const layer of layers) {
    const { row, column, squares } = layerNorms(layer);
    first = mul(first, norm === 'linf' ? row : norm === 'l1' ? column : squares);
    if (norm === 'l2') second = mul(second, mul(row, column));
  }
  return { method: 'normprod', norm, magnitude: norm === 'l2' ? min(first, second) : first, exact: false };
}

/** ‖W‖∞, ‖W‖₁ and ‖W‖²_F. */
function layerNorms(layer: Layer): Readonly<Record<'row' | 'column' | 'squares', Rational>> {
  const weights = bigWeights(layer);
  const columns: bigint[] = new Array(layer.inputs).fill(0n);
  let [row, squares] = [0n, 0n];
  for (let r = 0; r < rowCount(layer); r++) {
    let sum = 0n;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const size = absInt(weights[k]!);
      sum += size;
      columns[layer.columns[k]!]! += size;
      squares += size * size;
    }
    if (sum > row) row = sum;
  }
  const column = columns.reduce((a, b) => (b > a ? b : a), 0n);
  const d = layer.weightDenominator;
  return { row: rational(row, d), column: rational(column, d), squares: rational(squares, d * d) };
}
