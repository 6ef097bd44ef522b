/**
 * Reads the three files: network, query and certificate.
 *
 * Main definitions: `networkAt`, `queryAt`, `certificateAt`, `Tree`, `Lemma`.
 *
 * Notes. The readers below list fields in the order of the canonical text (read.ts). How outputs are read as labels
 * proves nothing: it is read only because it belongs to that text. `provenance` may hold anything and is left out. A
 * tree becomes a list of steps, without recursion: its depth does not matter.
 */
import type { AffineLemma, LeafProof, NeuronFile, NeuronLemma } from '../format/certificate-file.js';
import type { NetworkFile, NetworkFileLayer, NetworkFileRow, OutputReading } from '../format/network-file.js';
import type { ConstraintFile, QueryFile, RegionFile } from '../format/query-file.js';
import * as read from './read.js';
import { type RidgeProof, ridgeFields, ridgePart } from './ridge/ridge-files.js';

type Split = { readonly rule: 'split'; readonly neuron: NeuronFile; readonly below: unknown; readonly above: unknown };
type Node = Split | LeafProof | RidgeProof | { readonly rule: 'hole' | 'interval' };
type Step = (Node | { readonly rule: 'above' | 'end'; readonly neuron: NeuronFile }) & { readonly where: string };
/** What a walk through the tree meets: its nodes, and where the part above 0 of a split begins, and where it ends. */
export type Tree = readonly [Step, ...Step[]];
type WithTree<L> = Omit<L, 'proof'> & { readonly proof: Tree };
export type Lemma = WithTree<NeuronLemma> | WithTree<AffineLemma>;

const { count, list, object, oneOf, optional, rational, tagged, tuple } = read;
const [version, columns, weights] = [oneOf(1), list(count()), list(rational)];

const row = object<NetworkFileRow>({ bias: rational, columns, weights });
const activation = oneOf('relu', 'step', 'identity');
const layers = list(object<NetworkFileLayer>({ activation, inputs: count(1), rows: list(row, 1) }), 1);
const output = tagged<OutputReading>('notion', {
  exact: { labels: weights },
  round: { labels: weights },
  sign: { negative: count(), positive: count() },
  argmax: { classes: count() },
});
const left = { output: optional(output), provenance: () => undefined };
const network = object<NetworkFile>({ format: oneOf('muball-network'), version, ...left, layers });

const reference = read.having('sha256', object({ sha256: read.hash }), network);
const region = tagged<RegionFile>('kind', {
  ball: { norm: oneOf('l1', 'l2', 'linf'), centre: weights, radius: rational, open: read.flag },
  box: { lower: weights, upper: weights },
});
const unsafe = list(list(object<ConstraintFile>({ columns, weights, bias: rational, strict: read.flag })));
const query = object<QueryFile>({ format: oneOf('muball-query'), version, network: reference, region, unsafe });

const neuron = tuple<NeuronFile>(count(), count());
const slope: read.Reader<string> = (value, ...at) => (value === 'a' || value === 'u' ? value : rational(value, ...at));
const [slopes, cuts] = [optional(list(tuple(count(), count(), slope))), optional(list(tuple(count(), rational)))];
const node = tagged<Node>('rule', {
  ridge: ridgeFields,
  interval: {},
  split: { neuron, below: (value) => value, above: (value) => value },
  leaf: { weights: optional(weights), slopes, cuts },
  hole: {},
});
const tree: read.Reader<Tree> = (value, where, used) => {
  const steps: Step[] = [];
  const todo: (Step | { readonly value: unknown; readonly where: string })[] = [{ value, where }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { where } = next;
    const step: Step = 'value' in next ? { ...node(next.value, where, used), where } : next;
    steps.push(step);
    if (step.rule !== 'split') continue;
    const { neuron, below, above } = step;
    todo.push({ rule: 'end', neuron, where }, { value: above, where: `${where}.above` });
    todo.push({ rule: 'above', neuron, where }, { value: below, where: `${where}.below` });
  }
  return steps as [Step, ...Step[]];
};
const claim = { side: oneOf('lower', 'upper'), bound: rational, proof: tree };
const affineLemma = object<WithTree<AffineLemma>>({ layer: count(), columns, weights, ...claim });
const lemmas = list(read.having('layer', affineLemma, object<WithTree<NeuronLemma>>({ neuron, ...claim })));
const head = { format: oneOf('muball-certificate'), version, query: read.hash };
const certificate = object({ ...head, lemmas: optional(lemmas), ridges: ridgePart, proofs: list(tree) });

export const networkAt = (value: unknown): NetworkFile => network(value, 'network', { characters: 0 });
export const queryAt = (value: unknown): QueryFile => query(value, 'query', { characters: 0 });
export const certificateAt = (value: unknown) => certificate(value, 'certificate', { characters: 0 });
