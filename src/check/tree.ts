/**
 * Proof trees: the region is split by the signs of neurons until leaves close the parts. Lemmas are proved the same way.
 *
 * Main definitions: `byTree`, `proveLemma`.
 *
 * Notes. A split changes the range in force of its neuron and of no other. Where a range is empty there is no point
 * left to refute, and any leaf is accepted. No recursion: trees may be deep.
 */
import type { NetworkFile } from '../format/network-file.js';
import type { Lemma, Tree } from './files.js';
import { closedAt, half, type Interval, isEmpty, scaled } from './intervals.js';
import { type About, type Goal, leaf } from './leaf.js';
import { lcm, parsed } from './rational.js';
import { mismatch } from './read.js';
import { refuse, shortened } from './refusal.js';
import { rowsOf } from './rows.js';

/** The ranges of the neuron's layer; refused unless it is a relu or step neuron in layers from `first` to `last`. */
function rangesOf([i, r]: readonly [number, number], about: About, first: number, last: number, where: string) {
  const isNeuron = first <= i && i <= last && about.layers[i]!.activation !== 'identity';
  const ends = isNeuron ? about.ranges[i]!.ends : [];
  if (r >= ends.length) refuse(where, `no relu or step neuron in layers ${first} to ${last} is at ${i}, ${r}`);
  return ends;
}

/** Proves the lemma with the help of those before it, and puts it in force. */
export function proveLemma(lemma: Lemma, { layers }: NetworkFile, about: About): void {
  const where = `certificate.lemmas[${about.lemmas.length}]`;
  const [isLower, sign] = lemma.side === 'lower' ? [true, -1n] : [false, 1n];
  if ('neuron' in lemma) rangesOf(lemma.neuron, about, 1, layers.length - 1, `${where}.neuron`);
  const [level, r] = 'neuron' in lemma ? [lemma.neuron[0] - 1, lemma.neuron[1]] : [lemma.layer, 0];
  const width = layers[level]?.rows.length ?? mismatch(level, `${where}.layer`, 'a layer of the network');

  // F ≥ b refutes b - F > 0, and F ≤ b refutes F - b > 0.
  const functional = 'neuron' in lemma ? layers[level + 1]!.rows[r]! : { ...lemma, bias: '0' };
  const texts = [functional, { columns: [], weights: [], bias: lemma.bound }];
  const { rows, denominator, bits } = rowsOf(texts, width, 'certificate.lemmas', about.lemmas.length);
  const [f, b] = [rows[0]!, rows[1]!];
  const row = { ...f, weights: f.weights.map((weight) => sign * weight), bias: sign * (f.bias - b.bias) };
  const goal = { level, rows: { denominator, rows: [row], bits: bits + 1 }, strict: [true] };
  byTree(lemma.proof, goal, about);
  about.lemmas.push(goal);

  if (!('neuron' in lemma)) return;
  const { denominator: old, ends } = about.ranges[level + 1]!;
  const { n, d } = parsed(lemma.bound);
  const common = lcm(old, d, 2 * ends.length, where);
  const all = common === old ? ends : scaled(ends, common / old, 1n);
  about.ranges[level + 1] = { denominator: common, ends: all };
  const [low, high] = all[r]!;
  const bound = closedAt(n * (common / d));
  if (isLower && bound.at > low.at) all[r] = [bound, high];
  if (!isLower && bound.at < high.at) all[r] = [low, bound];
}

/** Accepts the tree by returning, or refuses it at the place of a node. */
export function byTree(tree: Tree, goal: Goal, about: About): void {
  const wholes: Interval[] = [];
  let empty = 0;
  for (const step of tree) {
    const { rule, where } = step;
    if (rule === 'interval' || rule === 'ridge') mismatch(rule, where, 'split or leaf or hole');
    if (rule === 'hole') about.holes.push({ outcome: 'holey', where: shortened(where), why: 'no proof here' });
    if (rule === 'leaf' && empty === 0) leaf(step, goal, about, where);
    if (!('neuron' in step)) continue;
    // A split begins below 0, turns to above, and ends: its neuron then has its whole range again.
    const [i, r] = step.neuron;
    const ranges = rangesOf(step.neuron, about, 0, goal.level, `${where}.neuron`);
    if (rule === 'split') wholes.push(ranges[r]!);
    const whole = rule === 'end' ? wholes.pop()! : wholes.at(-1)!;
    const part = rule === 'end' ? whole : half(whole, rule === 'above', about.layers[i]!.activation);
    empty += Number(isEmpty(part)) - Number(isEmpty(ranges[r]!));
    ranges[r] = part;
  }
}
