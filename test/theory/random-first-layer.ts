/** Random integer first layers, and random networks that begin with them. */
import type { RandomSource } from '../../src/exact/index.js';
import { rational } from '../../src/exact/index.js';
import type { LinearMap } from '../../src/geometry/index.js';
import { layerBuilder, type Network } from '../../src/network/index.js';

/** k rows of d entries in −most … most. */
export function randomFirstLayer(random: RandomSource, k: number, d: number, most = 9): LinearMap {
  const row = () => Array.from({ length: d }, () => BigInt(random.between(-most, most)));
  return { rows: Array.from({ length: k }, row), columns: d };
}

/** x ↦ C relu(B relu(W x + a) + b) + c with random a, b, c, B, C: width k, then 4, one output. */
export function networkAfter(map: LinearMap, random: RandomSource): Network {
  const value = () => rational(random.between(-5, 5), 1n + BigInt(random.below(3)));
  const all = (n: number) => Array.from({ length: n }, (_, m) => m);
  const first = layerBuilder(map.columns, 'relu', { merge: false });
  for (const row of map.rows) {
    first.neuron(
      all(map.columns),
      row.map((w) => rational(w)),
      value(),
    );
  }
  const second = layerBuilder(map.rows.length, 'relu', { merge: false });
  for (let n = 0; n < 4; n++) second.neuron(all(map.rows.length), all(map.rows.length).map(value), value());
  const output = layerBuilder(4, 'identity', { merge: false });
  output.neuron(all(4), all(4).map(value), value());
  return { layers: [first.build(), second.build(), output.build()] };
}
