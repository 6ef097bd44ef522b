/**
 * Reads the three files: network, query and certificate.
 *
 * Main definitions: `networkAt`, `queryAt`, `certificateAt`, `Tree`, `Lemma`.
 *
 * Notes. The readers below list fields in the order of the canonical text (read.ts). How outputs are read as labels
 * proves nothing: it is read only because it belongs to that text. `provenance` may hold anything and is left out. A
 * tree becomes the list of its nodes in the order split, below, above, without recursion: its depth does not matter.
 */
import type { AffineLemma, LeafProof, NeuronFile, NeuronLemma } from '../format/certificate-file.js';
import type { NetworkFile, NetworkFileLayer, NetworkFileRow, OutputReading } from '../format/network-file.js';
import type { ConstraintFile, QueryFile, RegionFile } from '../format/query-file.js';
import * as read from './read.js';

type Split = { readonly rule: 'split'; readonly neuron: NeuronFile; readonly below: unknown; readonly above: unknown };
type Node = Split | LeafProof | { readonly rule: 'hole' | 'interval' };
/** The nodes of a tree, each with its place. The nodes of `below` and then those of `above` follow a split. */
export type Tree = readonly (Node & { readonly where: string })[];
type WithTree<L> = Omit<L, 'proof'> & { readonly proof: Tree };
export type Lemma = WithTree<NeuronLemma> | WithTree<AffineLemma>;
type Certificate = { readonly query: string; readonly lemmas?: readonly Lemma[]; readonly proofs: readonly Tree[] };

const { count, list, object, oneOf, optional, rational, tagged, tuple } = read;
const version = oneOf(1);
const columns = list(count());
const weights = list(rational);
const anything: read.Reader<unknown> = (value) => value;

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
  interval: {},
  split: { neuron, below: anything, above: anything },
  leaf: { weights: optional(weights), slopes, cuts },
  hole: {},
});
const tree: read.Reader<Tree> = (value, where, used) => {
  const nodes: (Node & { where: string })[] = [];
  const todo = [{ value, where }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const found = { ...node(next.value, next.where, used), where: next.where };
    nodes.push(found);
    if (found.rule !== 'split') continue;
    for (const side of ['above', 'below'] as const) todo.push({ value: found[side], where: `${next.where}.${side}` });
  }
  return nodes;
};
const claim = { side: oneOf('lower', 'upper'), bound: rational, proof: tree };
const affineLemma = object<WithTree<AffineLemma>>({ layer: count(), columns, weights, ...claim });
const lemmas = list(read.having('layer', affineLemma, object<WithTree<NeuronLemma>>({ neuron, ...claim })));
const head = { format: oneOf('muball-certificate'), version, query: read.hash };
const certificate = object({ ...head, lemmas: optional(lemmas), proofs: list(tree) });

export const networkAt = (value: unknown): NetworkFile => network(value, 'network', { characters: 0 });
export const queryAt = (value: unknown): QueryFile => query(value, 'query', { characters: 0 });
export const certificateAt = (value: unknown): Certificate => certificate(value, 'certificate', { characters: 0 });
