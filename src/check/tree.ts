/**
 * Proof trees: the region is split by the signs of neurons until leaves close the parts. Lemmas are proved the same way.
 *
 * Main definitions: `refuted`, `proveLemma`.
 *
 * Notes. A split changes the range in force of its neuron and of no other. Where a range is empty there is no point
 * left to refute, and any leaf is accepted. No recursion: trees may be deep.
 */
import type { NetworkFile } from '../format/network-file.js';
import type { Lemma, Tree } from './files.js';
import { type Interval, isAbove0, zero } from './intervals.js';
import { type About, type Goal, leaf } from './leaf.js';
import { refuse } from './refusal.js';
import { rowsOf } from './rows.js';

/** The ranges of the neuron's layer; refused unless it is a relu or step neuron in layers from `first` to `last`. */
function rangesOf([i, r]: readonly number[], { layers, inForce }: About, first: number, last: number, where: string) {
  const ranges = first <= i! && i! <= last && layers[i!]!.activation !== 'identity' ? inForce[i!]! : [];
  return r! < ranges.length ? ranges : refuse(where, 'notNeuron', first, last, `${i}, ${r}`);
}

/** Proves the lemma with the help of those before it, and puts it in force. */
export function proveLemma(lemma: Lemma, { layers }: NetworkFile, about: About, holes: string[]): void {
  const where = `certificate.lemmas[${about.lemmas.length}]`;
  const isNeuron = 'neuron' in lemma;
  const ranges = isNeuron ? rangesOf(lemma.neuron, about, 1, layers.length - 1, `${where}.neuron`) : [];
  const [level, r] = isNeuron ? [lemma.neuron[0] - 1, lemma.neuron[1]] : [lemma.layer, 0];
  const width = layers[level]?.rows.length ?? refuse(`${where}.layer`, 'expected', 'a layer of the network', level);

  // F ≥ b refutes b - F > 0, and F ≤ b refutes F - b > 0.
  const texts = [
    isNeuron ? layers[level + 1]!.rows[r]! : { ...lemma, bias: '0' },
    { columns: [], weights: [], bias: lemma.bound },
  ];
  const {
    rows: [f, b],
    denominator,
    bits,
  } = rowsOf(texts, width, 'certificate.lemmas', about.lemmas.length);
  const sign = lemma.side === 'lower' ? -1n : 1n;
  const row = { ...f!, weights: f!.weights.map((weight) => sign * weight), bias: sign * (f!.bias - b!.bias) };
  const goal = { level, rows: { denominator, rows: [row], bits: bits + 1 }, strict: [true] };
  refuted(lemma.proof, goal, about, holes);
  about.lemmas.push(goal);
  if (!isNeuron) return;
  const [low, high] = ranges[r]!;
  const bound = { at: (b!.bias * about.common) / denominator, closed: true };
  if (lemma.side === 'lower' && bound.at > low.at) ranges[r] = [bound, high];
  if (lemma.side === 'upper' && bound.at < high.at) ranges[r] = [low, bound];
}

function isEmpty([low, high]: Interval): boolean {
  return low.at > high.at || (low.at === high.at && !(low.closed && high.closed));
}

/** The part of a range on one side of 0: z ≤ 0 | z ≥ 0 for relu, z ≤ 0 | z > 0 for step. */
function half([low, high]: Interval, isAbove: boolean, isStep: boolean): Interval {
  if (!isAbove) return [low, high.at < 0n ? high : zero];
  return [isAbove0(low) ? low : { at: 0n, closed: !isStep }, high];
}

/** Accepts the tree by returning, or refuses it at the place of a node. The places of its holes are added to `holes`. */
export function refuted(tree: Tree, goal: Goal, about: About, holes: string[]): void {
  const path: { ranges: Interval[]; r: number; whole: Interval; isStep: boolean; isAbove: boolean }[] = [];
  let empty = 0;
  for (const node of tree) {
    if (node.rule === 'split') {
      const [i, r] = node.neuron;
      const ranges = rangesOf(node.neuron, about, 0, goal.level, `${node.where}.neuron`);
      path.push({ ranges, r, whole: ranges[r]!, isStep: about.layers[i]!.activation === 'step', isAbove: false });
    } else {
      if (node.rule === 'interval') refuse(node.where, 'expected', 'split or leaf or hole', 'interval');
      if (node.rule === 'hole') holes.push(node.where);
      if (node.rule === 'leaf' && empty === 0) leaf(node, goal, about, node.where);
      // Leaves the splits of which this was the last part, and turns to the other side of the one before.
      for (let split = path.at(-1); split !== undefined; split = path.at(-1)) {
        if (isEmpty(split.ranges[split.r]!)) empty--;
        split.ranges[split.r] = split.whole;
        if (!split.isAbove) break;
        path.pop();
      }
      if (path.length > 0) path.at(-1)!.isAbove = true;
    }
    const split = path.at(-1);
    if (split === undefined) continue;
    split.ranges[split.r] = half(split.whole, split.isAbove, split.isStep);
    if (isEmpty(split.ranges[split.r]!)) empty++;
  }
}
