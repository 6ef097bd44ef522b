/**
 * Networks with one thing wrong, for proofs that have to fail.
 *
 * Main definitions: `changedWeights`, `removedNeurons` (candidates, layer by layer), `harm` (the first candidate that
 * exact evaluation shows to be wrong somewhere in a ball).
 */
import { mul, type Rational, rational, subVectors, type Vector } from '../src/exact/index.js';
import { type Dataset, point } from '../src/geometry/index.js';
import { type Layer, layerOf, type Network, type Row, rowCount, rowOf } from '../src/network/index.js';
import type { Query } from '../src/verify/query.js';
import { rayPoint } from '../src/verify/region-points.js';
import { replay } from '../src/verify/verdict.js';

export interface Damage {
  /** What was done, for messages. */
  readonly text: string;
  readonly network: Network;
}

/** Factors for weights, those that are hardest to notice first; step networks bear all but the last. */
const factors: readonly Rational[] = [
  rational(65, 64),
  rational(63, 64),
  rational(5, 4),
  rational(3, 4),
  rational(1, 4),
];

/** Every weight of layer l times every factor. */
export function* changedWeights(network: Network, l: number): Generator<Damage> {
  const rows = rowsOf(network.layers[l]!);
  for (const factor of factors) {
    for (const [r, row] of rows.entries()) {
      for (const k of row.columns.keys()) {
        const weights = row.weights.map((w, at) => (at === k ? mul(w, factor) : w));
        yield {
          text: `layer ${l}, row ${r}, column ${row.columns[k]}: weight times ${factor.n}/${factor.d}`,
          network: withRows(network, l, rows.with(r, { ...row, weights })),
        };
      }
    }
  }
}

/** Layer l without the weights that read neuron r of the layer before, for every r. */
export function* removedNeurons(network: Network, l: number): Generator<Damage> {
  const rows = rowsOf(network.layers[l]!);
  for (let r = 0; r < network.layers[l]!.inputs; r++) {
    const kept = rows.map(({ columns, weights, bias }): Row => {
      const keep = (_: unknown, k: number): boolean => columns[k] !== r;
      return { columns: columns.filter(keep), weights: weights.filter(keep), bias };
    });
    yield { text: `neuron ${r} of layer ${l - 1} removed`, network: withRows(network, l, kept) };
  }
}

export interface Harm extends Damage {
  /** The query of a ball on which the damaged network is wrong. */
  readonly query: Query;
}

/** The first damage that makes some ball's query satisfiable at one of a few points, or undefined. */
export function harm(damages: Iterable<Damage>, data: Dataset, query: (i: number) => Query): Harm | undefined {
  const balls = data.labels.map((_, i) => ({ asked: query(i), points: pointsOf(query(i), data, i) }));
  for (const damage of damages) {
    for (const { asked, points } of balls) {
      const damaged = { ...asked, network: damage.network };
      const wrong = points.some((x) => {
        const found = replay(damaged, x);
        return found.inside && found.unsafe;
      });
      if (wrong) return { ...damage, query: damaged };
    }
  }
  return undefined;
}

/** The centre, the last points along axes and diagonals, and the last points towards other samples. */
function pointsOf({ region }: Query, data: Dataset, i: number): Vector[] {
  const centre = point(data, i);
  const d = data.dimension;
  const signs = Array.from({ length: 3 ** d }, (_, code) =>
    centre.map((_, j) => rational((Math.floor(code / 3 ** j) % 3) - 1)),
  );
  const others = data.labels.map((_, k) => subVectors(point(data, k), centre));
  return [centre, ...[...signs, ...others].map((v) => rayPoint(region, v))];
}

const rowsOf = (layer: Layer): Row[] => Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r));

function withRows(network: Network, l: number, rows: readonly Row[]): Network {
  const { inputs, activation } = network.layers[l]!;
  return { ...network, layers: network.layers.with(l, layerOf(inputs, activation, rows)) };
}
