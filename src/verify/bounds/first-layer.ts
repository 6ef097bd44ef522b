/**
 * The first affine layer over ℓ1 and ℓ2 balls, by the dual norm: w·x + b ranges over w·c + b ± r‖w‖*.
 *
 * The norms do not depend on the ball and are computed once per layer and norm. An irrational ℓ2 norm is rounded up to
 * 96 significant bits, and the end is then not attained.
 */

import { bigNumerators, lcm, numerators, type Rational, rational, rootAbove, scaled } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import type { Ball } from '../../geometry/index.js';
import { bigWeights, type Layer, rowCount } from '../../network/index.js';
import type { Intervals } from './intervals.js';

/** Dual norms of the rows of a layer. */
export interface RowNorms {
  /** ‖w‖* of row r is values[r] / denominator, or less when not exact. */
  readonly values: readonly bigint[];
  readonly denominator: bigint;
  readonly exact: Uint8Array;
}

const known = new WeakMap<Layer, Map<Norm, RowNorms>>();

/** The dual norms of a layer's rows for balls of a norm, computed once. */
export function rowNorms(layer: Layer, norm: Norm): RowNorms {
  const perNorm = known.get(layer) ?? new Map<Norm, RowNorms>();
  known.set(layer, perNorm);
  const norms = perNorm.get(norm) ?? computeRowNorms(layer, norm);
  perNorm.set(norm, norms);
  return norms;
}

function computeRowNorms(layer: Layer, norm: Norm): RowNorms {
  const weights = bigWeights(layer);
  const rows = rowCount(layer);
  const exact = new Uint8Array(rows).fill(1);
  const values: bigint[] = new Array(rows);
  const roots: Rational[] = [];
  for (let r = 0; r < rows; r++) {
    let size = 0n;
    for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) {
      const w = weights[k]! < 0n ? -weights[k]! : weights[k]!;
      if (norm === 'l1') size = w > size ? w : size;
      else size += norm === 'linf' ? w : w * w;
    }
    if (norm === 'l2') {
      const root = rootAbove(rational(size, layer.weightDenominator ** 2n));
      roots.push(root.value);
      exact[r] = root.exact ? 1 : 0;
    } else {
      values[r] = size;
    }
  }
  if (norm !== 'l2') return { values, denominator: layer.weightDenominator, exact };
  const common = scaled(roots);
  return { values: bigNumerators(common.numerators), denominator: common.denominator, exact };
}

/** Pre-activation intervals of the first layer over a ball; exact but for irrational ℓ2 norms. */
export function firstLayerOverBall(layer: Layer, ball: Ball): Intervals {
  const norms = rowNorms(layer, ball.norm);
  const centre = scaled(ball.centre);
  const c = bigNumerators(centre.numerators);
  const weights = bigWeights(layer);
  const productD = layer.weightDenominator * centre.denominator;
  const reachD = ball.radius.d * norms.denominator;
  const denominator = lcm(lcm(productD, reachD), layer.biasDenominator);
  const products = denominator / productD;
  const reaches = (denominator / reachD) * ball.radius.n;
  const biases = denominator / layer.biasDenominator;
  const rows = rowCount(layer);
  const lower: bigint[] = new Array(rows);
  const upper: bigint[] = new Array(rows);
  const attained = new Uint8Array(rows);
  for (let r = 0; r < rows; r++) {
    let sum = 0n;
    const from = layer.rowStart[r]!;
    const to = layer.rowStart[r + 1]!;
    for (let k = from; k < to; k++) sum += weights[k]! * c[layer.columns[k]!]!;
    const middle = sum * products + BigInt(layer.biases[r]!) * biases;
    const reach = norms.values[r]! * reaches;
    lower[r] = middle - reach;
    upper[r] = middle + reach;
    // A row without weights is a constant, and a ball of radius 0 a point: their ends are attained.
    attained[r] = reach === 0n || (!ball.open && norms.exact[r] === 1) ? 1 : 0;
  }
  return {
    lower: numerators(lower),
    upper: numerators(upper),
    denominator,
    lowerAttained: attained,
    upperAttained: attained,
  };
}
