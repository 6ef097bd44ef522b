/**
 * A network as SMT-LIB definitions of its neurons.
 *
 * Main definitions: `neuronStates` (what bounds say of each neuron), `readNeurons` (what the unsafe set depends on),
 * `encodeNetwork`.
 *
 * Neuron r of hidden layer l = 1, 2, … is `h{l}_{r}`, output k is `y{k}`. Without bounds every neuron that something
 * reads is there with its case distinction. With bounds a relu that is stable is its affine form or 0 and a step that
 * is stable is 0 or 1; constants are put into the rows that read them. An unstable relu keeps its upper bound, which is
 * positive, so no neuron is asked to be at once ≥ 0 and negative.
 */
import { add, entry, type Rational, rational } from '../../exact/index.js';
import { type Layer, type Network, type Row, rowCount, rowOf } from '../../network/index.js';
import type { LayerBounds } from '../bounds/interval.js';
import { inputName } from './encode-region.js';
import { assertion, constantText, integerForm, productText } from './term.js';

/**
 * How v = relu(e) is written: `disjunction` is v ≥ 0, v ≥ e, (v ≤ 0 or v ≤ e), which z3 searches fastest; `ite` is one
 * if-then-else, a second opinion on the encoding itself.
 */
export type CaseForm = 'disjunction' | 'ite';

/** What a neuron is over the region: a constant, its pre-activation, or a distinction of two cases. */
export type NeuronState = 'zero' | 'one' | 'affine' | 'cases';

/** The state of every neuron, layer by layer; without bounds only identity neurons have no cases. */
export function neuronStates(network: Network, bounds?: readonly LayerBounds[]): NeuronState[][] {
  return network.layers.map((layer, l) =>
    Array.from({ length: rowCount(layer) }, (_, r): NeuronState => {
      if (layer.activation === 'identity') return 'affine';
      if (bounds === undefined) return 'cases';
      const { lower, upper, lowerAttained } = bounds[l]!;
      if (upper.numerators[r]! <= 0) return 'zero';
      const low = lower.numerators[r]!;
      if (layer.activation === 'relu') return low >= 0 ? 'affine' : 'cases';
      return low > 0 || (Number(low) === 0 && lowerAttained[r] === 0) ? 'one' : 'cases';
    }),
  );
}

/** For every layer, 1 for the neurons that the listed outputs depend on through rows that are not constant. */
export function readNeurons(
  network: Network,
  states: readonly (readonly NeuronState[])[],
  outputs: Iterable<number>,
): Uint8Array[] {
  const read = network.layers.map((layer) => new Uint8Array(rowCount(layer)));
  for (const k of outputs) read.at(-1)![k] = 1;
  for (let l = network.layers.length - 1; l > 0; l--) {
    const { rowStart, columns } = network.layers[l]!;
    for (let r = 0; r < read[l]!.length; r++) {
      if (read[l]![r] === 0 || isConstant(states[l]![r]!)) continue;
      for (let k = rowStart[r]!; k < rowStart[r + 1]!; k++) read[l - 1]![columns[k]!] = 1;
    }
  }
  return read;
}

const isConstant = (state: NeuronState): boolean => state === 'zero' || state === 'one';

export interface NetworkText {
  readonly lines: readonly string[];
  /** Neurons defined: read by something and, in hidden layers, not constant. */
  readonly neurons: number;
  /** Those with a distinction of cases. */
  readonly unstable: number;
}

/** Declarations and definitions of all neurons read. */
export function encodeNetwork(
  network: Network,
  states: readonly (readonly NeuronState[])[],
  read: readonly Uint8Array[],
  form: CaseForm,
  bounds?: readonly LayerBounds[],
): NetworkText {
  const lines: string[] = [];
  let neurons = 0;
  let unstable = 0;
  network.layers.forEach((layer, l) => {
    const isLast = l === network.layers.length - 1;
    const rowAt = rowReader(layer, l === 0 ? undefined : states[l - 1]);
    const name = l === 0 ? inputName : (column: number) => `h${l}_${column}`;
    for (let r = 0; r < read[l]!.length; r++) {
      const state = states[l]![r]!;
      if (read[l]![r] === 0 || (isConstant(state) && !isLast)) continue;
      const v = isLast ? `y${r}` : `h${l + 1}_${r}`;
      neurons++;
      lines.push(`(declare-const ${v} Real)`);
      if (isConstant(state)) {
        lines.push(assertion(`(= ${v} ${state === 'one' ? 1 : 0})`));
        continue;
      }
      const { scale, text: e } = integerForm(rowAt(r), name);
      const scaled = productText(rational(scale), v);
      if (state === 'affine') {
        lines.push(assertion(`(= ${scaled} ${e})`));
        continue;
      }
      unstable++;
      const formulas = layer.activation === 'step' ? stepCases(form, v, e) : reluCases(form, v, scaled, e);
      for (const formula of formulas) lines.push(assertion(formula));
      // Measured to halve the time of tightened queries; bounds of other neurons did not help reliably.
      if (bounds !== undefined && layer.activation === 'relu') {
        lines.push(assertion(`(<= ${v} ${constantText(entry(bounds[l]!.upper, r))})`));
      }
    }
  });
  return { lines, neurons, unstable };
}

/** v = relu(e / L), given L·v and e. */
export function reluCases(form: CaseForm, v: string, scaled: string, e: string): string[] {
  return form === 'ite'
    ? [`(= ${scaled} (ite (> ${e} 0) ${e} 0))`]
    : [`(>= ${v} 0)`, `(>= ${scaled} ${e})`, `(or (<= ${v} 0) (<= ${scaled} ${e}))`];
}

/** v = step(e). */
function stepCases(form: CaseForm, v: string, e: string): string[] {
  return form === 'ite'
    ? [`(= ${v} (ite (> ${e} 0) 1 0))`]
    : [`(or (= ${v} 0) (> ${e} 0))`, `(or (= ${v} 1) (<= ${e} 0))`];
}

/** Reads rows with the constants of the layer before put in: terms of zeros vanish, terms of ones join the bias. */
function rowReader(layer: Layer, before: readonly NeuronState[] | undefined): (r: number) => Row {
  if (before === undefined || !before.some(isConstant)) return (r) => rowOf(layer, r);
  const { rowStart, columns, weights, weightDenominator } = layer;
  return (r) => {
    let bias: Rational = rational(layer.biases[r]!, layer.biasDenominator);
    const kept: { column: number; weight: Rational }[] = [];
    for (let k = rowStart[r]!; k < rowStart[r + 1]!; k++) {
      const column = columns[k]!;
      const state = before[column]!;
      if (state === 'zero') continue;
      const weight = rational(weights[k]!, weightDenominator);
      if (state === 'one') bias = add(bias, weight);
      else kept.push({ column, weight });
    }
    return { columns: kept.map((t) => t.column), weights: kept.map((t) => t.weight), bias };
  };
}
