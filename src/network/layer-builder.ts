/**
 * Builders of layers that merge equal neurons.
 *
 * Two neurons of one layer with equal weights and bias compute the same value, so the second is not stored: `neuron`
 * returns the row of the first. `layerBuilder` takes rationals; `scaledLayerBuilder` takes integer numerators over
 * denominators fixed beforehand, for layers with millions of weights.
 */

import { add, formatRational, type Rational, scaledStore } from '../exact/index.js';
import { type Activation, InputError } from '../format/index.js';
import type { Layer, Row } from './network.js';

export interface LayerBuilder {
  /**
   * The row computing act(Σ weights[k]·x[columns[k]] + bias), a new one unless an equal one exists. Columns may come
   * in any order; a repeated column adds up; zero weights are dropped.
   */
  neuron(columns: readonly number[], weights: readonly Rational[], bias: Rational): number;
  /** Rows so far. */
  size(): number;
  build(): Layer;
}

/** A layer that takes rows one by one, in order and unmerged: columns strictly increasing, no zero weights. */
export interface LayerAccumulator {
  push(row: Row): void;
  finish(): Layer;
}

/** An empty layer. */
export function layerAccumulator(inputs: number, activation: Activation): LayerAccumulator {
  const weights = scaledStore();
  const biases = scaledStore();
  let columns = new Uint32Array(64);
  let used = 0;
  const starts = [0];
  return {
    push(row) {
      if (used + row.columns.length > columns.length) columns = grown(columns, used + row.columns.length);
      for (const c of row.columns) columns[used++] = c;
      for (const w of row.weights) weights.push(w);
      biases.push(row.bias);
      starts.push(used);
    },
    finish() {
      const w = weights.finish();
      const b = biases.finish();
      return {
        activation,
        inputs,
        rowStart: Uint32Array.from(starts),
        columns: columns.slice(0, used),
        weights: w.numerators,
        weightDenominator: w.denominator,
        biases: b.numerators,
        biasDenominator: b.denominator,
      };
    },
  };
}

/** The layer with exactly the given rows. */
export function layerOf(inputs: number, activation: Activation, rows: Iterable<Row>): Layer {
  const layer = layerAccumulator(inputs, activation);
  for (const row of rows) layer.push(row);
  return layer.finish();
}

export interface LayerBuilderOptions {
  /** Whether equal neurons share a row; outputs, which are read by position, must not. @defaultValue true */
  readonly merge?: boolean;
}

/** A builder that takes rationals. */
export function layerBuilder(inputs: number, activation: Activation, options: LayerBuilderOptions = {}): LayerBuilder {
  const merge = options.merge ?? true;
  const rows: Row[] = [];
  const known = new Map<string, number>();
  return {
    neuron(columns, weights, bias) {
      const row = orderedRow(columns, weights, inputs);
      const key = `${row.columns.join()}|${row.weights.map(formatRational).join()}|${formatRational(bias)}`;
      const old = merge ? known.get(key) : undefined;
      if (old !== undefined) return old;
      known.set(key, rows.length);
      rows.push({ ...row, bias });
      return rows.length - 1;
    },
    size: () => rows.length,
    build: () => layerOf(inputs, activation, rows),
  };
}

function orderedRow(columns: readonly number[], weights: readonly Rational[], inputs: number) {
  let ordered = true;
  for (let k = 0; k < columns.length; k++) {
    if (!(columns[k]! < inputs)) throw new InputError(`layer: expected a column below ${inputs}, got ${columns[k]}`);
    if (weights[k]!.n === 0n || (k > 0 && columns[k]! <= columns[k - 1]!)) ordered = false;
  }
  if (ordered) return { columns: [...columns], weights: [...weights] };
  const sums = new Map<number, Rational>();
  columns.forEach((c, k) => {
    const old = sums.get(c);
    const w = weights[k]!;
    sums.set(c, old === undefined ? w : add(old, w));
  });
  const kept = [...sums.entries()].filter(([, w]) => w.n !== 0n).sort((a, b) => a[0] - b[0]);
  return { columns: kept.map(([c]) => c), weights: kept.map(([, w]) => w) };
}

export interface ScaledLayerBuilder {
  /**
   * The row with the first `count` of the given columns (strictly increasing) and integer numerators (no zeros, below
   * 2⁵³ in size), a new one unless an equal one exists. The arrays may be reused by the caller.
   */
  neuron(columns: ArrayLike<number>, weights: ArrayLike<number>, bias: number, count?: number): number;
  size(): number;
  build(): Layer;
}

/**
 * A builder for large layers, with weights and biases as numerators over the given denominators.
 * `expected` is the number of weights to make room for at first.
 */
export function scaledLayerBuilder(
  inputs: number,
  activation: Activation,
  denominators: { readonly weights: bigint; readonly biases: bigint },
  expected = 1024,
): ScaledLayerBuilder {
  let columnStore = new Uint32Array(expected);
  let weightStore = new Float64Array(expected);
  let biasStore = new Float64Array(256);
  let starts = new Uint32Array(257);
  let rows = 0;
  let used = 0;
  let table = new Int32Array(1024).fill(-1);
  const hashes: number[] = [];

  const slotOf = (hash: number, equal: (row: number) => boolean): number => {
    const mask = table.length - 1;
    let slot = hash & mask;
    while (table[slot]! >= 0 && !(hashes[table[slot]!] === hash && equal(table[slot]!))) slot = (slot + 1) & mask;
    return slot;
  };

  return {
    neuron(columns, weights, bias, count = columns.length) {
      let hash = mix(0x811c9dc5, bias);
      for (let k = 0; k < count; k++) hash = mix(mix(hash, columns[k]!), weights[k]!);
      const slot = slotOf(hash, (row) => {
        const from = starts[row]!;
        if (biasStore[row] !== bias || starts[row + 1]! - from !== count) return false;
        for (let k = 0; k < count; k++) {
          if (columnStore[from + k] !== columns[k] || weightStore[from + k] !== weights[k]) return false;
        }
        return true;
      });
      if (table[slot]! >= 0) return table[slot]!;
      if (used + count > columnStore.length) {
        columnStore = grown(columnStore, used + count);
        weightStore = grown(weightStore, used + count);
      }
      if (rows === biasStore.length) biasStore = grown(biasStore, rows + 1);
      if (rows + 1 === starts.length) starts = grown(starts, rows + 2);
      for (let k = 0; k < count; k++) {
        columnStore[used + k] = columns[k]!;
        weightStore[used + k] = weights[k]!;
      }
      used += count;
      biasStore[rows] = bias;
      starts[rows + 1] = used;
      hashes.push(hash);
      table[slot] = rows;
      rows++;
      if (2 * rows > table.length) {
        table = new Int32Array(2 * table.length).fill(-1);
        for (let r = 0; r < rows; r++) table[slotOf(hashes[r]!, () => false)] = r;
      }
      return rows - 1;
    },
    size: () => rows,
    build: () => ({
      activation,
      inputs,
      rowStart: starts.slice(0, rows + 1),
      columns: trimmed(columnStore, used),
      weights: trimmed(weightStore, used),
      weightDenominator: denominators.weights,
      biases: biasStore.slice(0, rows),
      biasDenominator: denominators.biases,
    }),
  };
}

/** One step of a 32-bit FNV-like hash over a safe integer. */
function mix(hash: number, value: number): number {
  const low = value | 0;
  const high = ((value - (value >>> 0)) / 4294967296) | 0;
  return Math.imul(Math.imul(hash ^ low, 0x01000193) ^ high, 0x85ebca6b) ^ (hash >>> 13);
}

/** The first `used` entries: the store itself when it is full, because rows that follow would go to a new one. */
function trimmed<A extends Uint32Array | Float64Array>(store: A, used: number): A {
  return used === store.length ? store : (store.slice(0, used) as A);
}

function grown<A extends Uint32Array | Float64Array>(store: A, needed: number): A {
  const out = new (store.constructor as new (n: number) => A)(Math.max(2 * store.length, needed));
  out.set(store as never);
  return out;
}
