/**
 * Exact interval propagation: the first rung of the ladder, and complete for networks built for it.
 *
 * Main definitions: `intervalBounds` (pre-activation intervals of every layer), `outputBounds`, `intervalProof`.
 *
 * Over ℓ1 and ℓ2 balls the first affine layer is bounded by the dual norm; boxes and ℓ∞ balls are products of
 * intervals from the start. An affine last layer is composed with each unsafe constraint before it is bounded, so
 * correlated outputs do not lose. `intervalProof` is a proof for each conjunction it closes, and says nothing else.
 */

import { add, mul, type Rational, rational, type ScaledVector } from '../../exact/index.js';
import type { Region } from '../../geometry/index.js';
import { type Layer, layerOf, type Network, type Row, rowOf } from '../../network/index.js';
import type { Constraint, Query } from '../query.js';
import { activationIntervals } from './activation-intervals.js';
import { type AffineOptions, affineIntervals, type IntervalWork } from './affine-intervals.js';
import { firstLayerOverBall } from './first-layer.js';
import { boxAround, type Intervals } from './intervals.js';

/** Bounds of the pre-activations of one layer. */
export interface LayerBounds {
  readonly lower: ScaledVector;
  readonly upper: ScaledVector;
  /** 1 where the lower end is attained by some point of the region's box. */
  readonly lowerAttained: Uint8Array;
  readonly upperAttained: Uint8Array;
}

/** Where propagation stands: before the first layer it is the region itself. */
type State = { readonly region: Region } | { readonly box: Intervals };

function preactivations(layer: Layer, state: State, options: AffineOptions = {}): Intervals {
  if ('box' in state) return affineIntervals(layer, state.box, options);
  const { region } = state;
  if (region.kind === 'ball' && region.norm !== 'linf') return firstLayerOverBall(layer, region);
  return affineIntervals(layer, boxAround(region), options);
}

/** Exact intervals of all pre-activations over a region, layer by layer. */
export function intervalBounds(network: Network, region: Region): readonly LayerBounds[] {
  let state: State = { region };
  return network.layers.map((layer) => {
    const z = preactivations(layer, state);
    state = { box: activationIntervals(layer.activation, z) };
    return {
      lower: { numerators: z.lower, denominator: z.denominator },
      upper: { numerators: z.upper, denominator: z.denominator },
      lowerAttained: z.lowerAttained ?? new Uint8Array(z.lower.length).fill(1),
      upperAttained: z.upperAttained ?? new Uint8Array(z.upper.length).fill(1),
    };
  });
}

export interface IntervalOptions {
  /** Filled with the numbers of multiply-adds done. */
  readonly work?: IntervalWork;
}

/** For each conjunction of the unsafe set, whether interval propagation refutes it over the region. */
export function intervalProof(query: Query, options: IntervalOptions = {}): boolean[] {
  const { network, region, unsafe } = query;
  const last = network.layers.at(-1)!;
  const compose = last.activation === 'identity';
  const hidden = compose ? network.layers.slice(0, -1) : network.layers;
  let state: State = { region };
  for (const layer of hidden) {
    const clip = layer.activation !== 'identity';
    const z = preactivations(layer, state, { clip, ...(options.work === undefined ? {} : { work: options.work }) });
    state = { box: activationIntervals(layer.activation, z) };
  }
  const flat = unsafe.flat();
  if (flat.length === 0) return unsafe.map(() => false);
  const width = compose ? last.inputs : last.rowStart.length - 1;
  const rows = flat.map((c) =>
    compose ? composed(c, last) : { columns: c.columns, weights: c.weights, bias: c.bias },
  );
  const z = preactivations(layerOf(width, 'identity', rows.map(withoutZeros)), state);
  let at = 0;
  return unsafe.map((conjunction) => {
    let refuted = false;
    for (const c of conjunction) {
      const upper = z.upper[at]!;
      const attained = z.upperAttained?.[at] !== 0;
      if (upper < 0 || (Number(upper) === 0 && (c.strict || !attained))) refuted = true;
      at++;
    }
    return refuted;
  });
}

/** Interval of each output over the region. */
export function outputBounds(network: Network, region: Region): { lower: Rational[]; upper: Rational[] } {
  const last = network.layers.at(-1)!;
  let state: State = { region };
  for (const layer of network.layers)
    state = { box: activationIntervals(layer.activation, preactivations(layer, state)) };
  const { lower, upper, denominator } = (state as { box: Intervals }).box;
  const outputs = Array.from({ length: last.rowStart.length - 1 }, (_, k) => k);
  return {
    lower: outputs.map((k) => rational(lower[k]!, denominator)),
    upper: outputs.map((k) => rational(upper[k]!, denominator)),
  };
}

/** The constraint a·(W·h + b) + β as a row over h. */
function composed(c: Constraint, last: Layer): Row {
  const sums = new Map<number, Rational>();
  let bias = c.bias;
  c.columns.forEach((output, m) => {
    const row = rowOf(last, output);
    bias = add(bias, mul(c.weights[m]!, row.bias));
    row.columns.forEach((column, k) => {
      const term = mul(c.weights[m]!, row.weights[k]!);
      const old = sums.get(column);
      sums.set(column, old === undefined ? term : add(old, term));
    });
  });
  const columns = [...sums.keys()].sort((a, b) => a - b);
  return { columns, weights: columns.map((column) => sums.get(column)!), bias };
}

function withoutZeros(row: Row): Row {
  if (row.weights.every((w) => w.n !== 0n)) return row;
  const kept = row.columns.map((_, k) => k).filter((k) => row.weights[k]!.n !== 0n);
  return { columns: kept.map((k) => row.columns[k]!), weights: kept.map((k) => row.weights[k]!), bias: row.bias };
}
