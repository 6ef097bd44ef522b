/**
 * Any network against any dataset: the pair of inputs in differently labelled balls that its first layer merges.
 *
 * Main definitions: `breakNetwork`, `BrokenPair`.
 *
 * Main statement: the first layer W merges points of two closed balls of radius μ around x_i and x_k iff
 * dist_p(x_i − x_k, ker W) ≤ 2μ, exactly, by the linear program or projection of kernel-distance.ts; then no
 * later layer tells them apart, and one of them has a wrong label. Both outputs are computed, not inferred.
 */
import { equal, type Vector } from '../exact/index.js';
import { InputError, InternalError, type Norm } from '../format/index.js';
import { type Collision, collision, type Dataset } from '../geometry/index.js';
import { evaluate, inputDimension, type Network } from '../network/index.js';
import { firstLayer } from './first-layer.js';

export interface BrokenPair extends Collision {
  /** f(x) = f(x′). */
  readonly outputs: Vector;
}

/**
 * The pair that collides at the smallest radius; undefined for one class. At μ ≥ δ/2 the balls themselves meet: only a
 * smaller radius says something about the network.
 * @throws InputError when the network has other than d inputs.
 */
export function breakNetwork(network: Network, data: Dataset, norm: Norm): BrokenPair | undefined {
  if (inputDimension(network) !== data.dimension) {
    throw new InputError(`network: expected ${data.dimension} inputs, got ${inputDimension(network)}`);
  }
  const found = collision(firstLayer(network), data, norm);
  return found === undefined ? undefined : { ...found, outputs: sameOutputs(network, found.x, found.other) };
}

/** f(x) = f(x′). @throws InternalError when they differ: the first layer would have told the points apart. */
export function sameOutputs(network: Network, x: Vector, other: Vector): Vector {
  const [y, z] = [evaluate(network, x), evaluate(network, other)];
  if (y.some((v, o) => !equal(v, z[o]!))) {
    throw new InternalError(
      'breakNetwork: expected two inputs with one image under the first layer to have one output',
    );
  }
  return y;
}
