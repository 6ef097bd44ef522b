/**
 * Networks in memory that threads share.
 *
 * Main definition: `networkForThreads`. Typed arrays are copied once to shared memory and read by all threads; BigInt weights
 * cannot be shared, each thread gets a copy.
 */
import type { Layer, Network } from '../../network/index.js';

/** The same network with its typed arrays in shared memory. */
export const networkForThreads = (network: Network): Network => ({
  ...network,
  layers: network.layers.map(sharedLayer),
});

function sharedLayer(layer: Layer): Layer {
  return {
    ...layer,
    rowStart: shared(layer.rowStart),
    columns: shared(layer.columns),
    weights: layer.weights instanceof Float64Array ? shared(layer.weights) : layer.weights,
    biases: layer.biases instanceof Float64Array ? shared(layer.biases) : layer.biases,
  };
}

function shared<A extends Uint32Array | Float64Array>(values: A): A {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const store = new (values.constructor as new (buffer: SharedArrayBuffer) => A)(
    new SharedArrayBuffer(values.byteLength),
  );
  store.set(values);
  return store;
}
