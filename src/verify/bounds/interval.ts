/**
 * Exact interval propagation: the first rung of the ladder, and complete for networks built for it.
 *
 * Main definitions: `intervalBounds` (pre-activation intervals of every layer), `outputBounds`, `intervalProof`.
 *
 * Over ℓ1 and ℓ2 balls the first affine layer is bounded by the dual norm; boxes and ℓ∞ balls are products of
 * intervals from the start. An affine last layer is composed with each unsafe constraint before it is bounded, so
 * correlated outputs do not lose. `intervalProof` is a proof for each conjunction it closes, and says nothing else.
 */

import { type Rational, rational, type ScaledVector } from '../../exact/index.js';
import type { Region } from '../../geometry/index.js';
import { composedRow, type Layer, layerOf, type Network, type Row, rowCount } from '../../network/index.js';
import type { Query, UnsafeSet } from '../query.js';
import { activationIntervals } from './activation-intervals.js';
import {
  type AffineOptions,
  affineIntervals,
  affineIntervalsInDoubles,
  type IntervalWork,
} from './affine-intervals.js';
import {
  activationEnclosures,
  affineEnclosures,
  type Enclosures,
  enclosuresOf,
  firstLayerEnclosures,
} from './enclosures.js';
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

/** Intervals of the pre-activations, or of their relu with `clip`. */
function preactivations(layer: Layer, state: State, options: AffineOptions = {}): Intervals {
  if ('box' in state) return affineIntervals(layer, state.box, options);
  const { region } = state;
  if (region.kind === 'ball' && region.norm !== 'linf') {
    const z = firstLayerOverBall(layer, region);
    return options.clip === true ? activationIntervals('relu', z) : z;
  }
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
  /** Whether outward rounded doubles may decide before BigInt is asked. @defaultValue true */
  readonly enclosures?: boolean;
}

/**
 * For each conjunction of the unsafe set, whether interval propagation refutes it over the region.
 *
 * Exact arithmetic in doubles goes on as long as it fits. Where BigInt would be needed, outward rounded doubles are
 * tried on the rest of the network first: what they refute is refuted.
 */
export function intervalProof(query: Query, options: IntervalOptions = {}): boolean[] {
  const { region, unsafe } = query;
  if (unsafe.length === 0) return [];
  const layers = goalLayers(query);
  const work = options.work === undefined ? {} : { work: options.work };
  let state: State = { region };
  let enclosed = options.enclosures === false;
  for (const [l, layer] of layers.entries()) {
    const affine = { clip: layer.activation !== 'identity', ...work };
    let z: Intervals | undefined = enclosed ? undefined : preactivationsInDoubles(layer, state, affine);
    if (z === undefined && !enclosed) {
      enclosed = true;
      const refuted = refutedConjunctions(unsafe, enclosedSuprema(layers.slice(l), state));
      if (refuted.every(Boolean)) return refuted;
    }
    z ??= preactivations(layer, state, affine);
    // Clipped intervals are past the relu already.
    state = { box: layer.activation === 'step' ? activationIntervals('step', z) : z };
  }
  return refutedConjunctions(unsafe, exactSuprema((state as { box: Intervals }).box));
}

/** The network with the unsafe constraints as its last layer, an affine output layer composed into them. */
function goalLayers({ network, unsafe }: Query): readonly Layer[] {
  const last = network.layers.at(-1)!;
  const compose = last.activation === 'identity';
  const rows = unsafe.flat().map((c) => (compose ? composedRow(c, last) : withoutZeros(c)));
  const goal = layerOf(compose ? last.inputs : rowCount(last), 'identity', rows);
  return [...(compose ? network.layers.slice(0, -1) : network.layers), goal];
}

/** Pre-activations in tier 1, where they fit; the dual norm of ℓ1 and ℓ2 balls is left to the other tiers. */
function preactivationsInDoubles(layer: Layer, state: State, options: AffineOptions): Intervals | undefined {
  if ('box' in state) return affineIntervalsInDoubles(layer, state.box, options);
  const { region } = state;
  if (region.kind === 'ball' && region.norm !== 'linf') return undefined;
  return affineIntervalsInDoubles(layer, boxAround(region), options);
}

/** Where the supremum of a constraint lies, as far as it is known. */
type Supremum = 'below 0' | 'open at 0' | 'at 0' | 'unknown';

function enclosedSuprema(layers: readonly Layer[], state: State): Supremum[] {
  const [first, ...rest] = layers;
  let z: Enclosures;
  if ('box' in state) z = affineEnclosures(first!, enclosuresOf(state.box));
  else if (state.region.kind === 'ball' && state.region.norm !== 'linf') z = firstLayerEnclosures(first!, state.region);
  else z = affineEnclosures(first!, enclosuresOf(boxAround(state.region)));
  let before = first!;
  for (const layer of rest) {
    z = affineEnclosures(layer, activationEnclosures(before.activation, z));
    before = layer;
  }
  // An upper end of 0 bounds the supremum, whether or not it is the supremum.
  return Array.from(z.upper, (u) => (u < 0 ? 'below 0' : u === 0 ? 'at 0' : 'unknown'));
}

function exactSuprema(z: Intervals): Supremum[] {
  return Array.from(z.upper as ArrayLike<number | bigint>, (u, k) => {
    if (u < 0) return 'below 0';
    if (u > 0) return 'unknown';
    return z.upperAttained?.[k] === 0 ? 'open at 0' : 'at 0';
  });
}

/** A conjunction is refuted when one of its constraints holds nowhere. */
function refutedConjunctions(unsafe: UnsafeSet, found: readonly Supremum[]): boolean[] {
  let at = 0;
  return unsafe.map((conjunction) => {
    const sups = found.slice(at, at + conjunction.length);
    at += conjunction.length;
    return conjunction.some(
      (c, k) => sups[k] === 'below 0' || sups[k] === 'open at 0' || (sups[k] === 'at 0' && c.strict),
    );
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

function withoutZeros(row: Row): Row {
  if (row.weights.every((w) => w.n !== 0n)) return row;
  const kept = row.columns.map((_, k) => k).filter((k) => row.weights[k]!.n !== 0n);
  return { columns: kept.map((k) => row.columns[k]!), weights: kept.map((k) => row.weights[k]!), bias: row.bias };
}
