/**
 * The certificate file: lemmas in order, then one proof for each conjunction of the unsafe set of a query.
 *
 * Layers and the neurons in them are counted from 0. The meaning of each rule is in docs/certificate-format.md. The
 * reader checks the shape only; whether layers, rows and signs fit the network is for the checker to say.
 *
 * Notes. Trees are read without recursion: a tree as deep as a network is wide must not exhaust the stack. For the same
 * reason `certificateText`, not `JSON.stringify`, writes them.
 */
import { refuse } from './errors.js';
import { hashAt } from './query-file.js';
import { arrayAt, countAt, fileAt, objectAt, type RationalText, rationalAt, shown, wordAt } from './shape.js';

/** Nothing is stored: the checker repeats the exact interval propagation. Stands for a whole proof only. */
export interface IntervalProof {
  readonly rule: 'interval';
}

/** The pre-activation z of a relu or step neuron: row `row` of layer `layer`. */
export type NeuronFile = readonly [layer: number, row: number];

/** Both sides of a neuron: relu z ≤ 0 | z ≥ 0; step z ≤ 0 | z > 0. */
export interface SplitProof {
  readonly rule: 'split';
  readonly neuron: NeuronFile;
  readonly below: ProofTree;
  readonly above: ProofTree;
}

/** What is passed through an activation: a number, `a` (the coefficient that arrives), or `u` (a·u/(u - l), exactly). */
export type SlopeFile = RationalText | 'a' | 'u';

/** A combination of the constraints, bounded from below by back-substitution. */
export interface LeafProof {
  readonly rule: 'leaf';
  /** A weight ≥ 0 for each constraint; left out: 1 for the one constraint. */
  readonly weights?: readonly RationalText[];
  /** Neurons that do not take the default slope, by layer and row, strictly increasing. */
  readonly slopes?: readonly (readonly [layer: number, row: number, slope: SlopeFile])[];
  /** Multiples ≥ 0 of earlier affine lemmas, indices strictly increasing. */
  readonly cuts?: readonly (readonly [lemma: number, multiple: RationalText])[];
}

/** A place where the proof is missing. It closes nothing; the checker answers `holey`. */
export interface HoleProof {
  readonly rule: 'hole';
}

export type ProofTree = SplitProof | LeafProof | HoleProof;

/** The leaf rule for a sum of one-dimensional functions on a ball. */
export interface RidgeLeaf {
  /** λ ≥ 0; 0 when left out. */
  readonly curvature?: RationalText;
  /** Linear functions are taken together by their gradient. */
  readonly linear?: true;
}

/** A relu neuron ν = relu(s) that nothing decides: the bound is found for E and for E + κ·s in place of E + κ·ν. */
export interface RidgeSubstitution {
  readonly substitute: NeuronFile;
  readonly without?: RidgeWay;
  readonly replaced?: RidgeWay;
}

/** A way to bound a neuron from above on a ball. */
export type RidgeWay = RidgeLeaf | RidgeSubstitution;

/** Ways to bounds of one neuron's pre-activation: of z, and of −z. */
export interface RidgeHint {
  readonly neuron: NeuronFile;
  readonly above?: RidgeWay;
  readonly below?: RidgeWay;
}

/** The cases z ≤ at and z ≥ at of the pre-activation z of a neuron of the first layer. */
export interface RidgeSplit {
  readonly split: number;
  readonly at: RationalText;
  readonly below: RidgeCases;
  readonly above: RidgeCases;
}

/** A case, propagated with its own hints, in which the way shows the bound. */
export interface RidgeCase {
  /** Left out when there is none. */
  readonly hints?: readonly RidgeHint[];
  /** Left out: the interval. */
  readonly way?: RidgeWay;
}

/** A case without points: a combination of rows of the first layer that the case bounds further from 0 than the ball. */
export interface RidgeEmptyCase {
  readonly empty: readonly (readonly [row: number, multiplier: RationalText])[];
}

export type RidgeCases = RidgeSplit | RidgeCase | RidgeEmptyCase;

/** The pre-activation of a neuron is ≤ bound on the ball: by cases. Afterwards nothing but its interval is kept of it. */
export interface RidgeLemma {
  readonly neuron: NeuronFile;
  readonly bound: RationalText;
  readonly cases: RidgeCases;
}

/** What proofs by ridges share. */
export interface RidgePart {
  /** Neurons in increasing order. */
  readonly hints?: readonly RidgeHint[];
  /** Neurons in increasing order; a lemma may use those before it. */
  readonly lemmas?: readonly RidgeLemma[];
}

/** One constraint of the conjunction holds nowhere on the ball: ridge propagation with the certificate's hints shows it. */
export interface RidgeProof {
  readonly rule: 'ridge';
  readonly constraint: number;
  /** Left out: the interval. */
  readonly way?: RidgeWay;
}

export type Proof = IntervalProof | RidgeProof | ProofTree;

export type LemmaSide = 'lower' | 'upper';

/** The pre-activation of a neuron of layer 1 or higher is ≥ bound (lower), ≤ bound (upper) on the region. */
export interface NeuronLemma {
  readonly neuron: NeuronFile;
  readonly side: LemmaSide;
  readonly bound: RationalText;
  readonly proof: ProofTree;
}

/** Σ weights[k]·h[columns[k]] is ≥ bound (lower), ≤ bound (upper) on the region, h the outputs of the layer. */
export interface AffineLemma {
  readonly layer: number;
  readonly columns: readonly number[];
  readonly weights: readonly RationalText[];
  readonly side: LemmaSide;
  readonly bound: RationalText;
  readonly proof: ProofTree;
}

export type Lemma = NeuronLemma | AffineLemma;

export interface CertificateFile {
  readonly format: 'muball-certificate';
  readonly version: 1;
  /** SHA-256 of the query's canonical text. */
  readonly query: string;
  /** A lemma may use those before it. Left out when there is none. */
  readonly lemmas?: readonly Lemma[];
  /** Hints and lemmas of proofs by ridges. Left out when there is none. */
  readonly ridges?: RidgePart;
  /** proofs[i] closes unsafe[i]. */
  readonly proofs: readonly Proof[];
}

/** The value as a certificate file. @throws InputError naming the place. */
export function certificateFileAt(value: unknown, where = 'certificate'): CertificateFile {
  const file = fileAt(value, where, 'muball-certificate', ['query', 'lemmas', 'ridges', 'proofs']);
  const query = hashAt(file.query, `${where}.query`);
  const lemmas = file.lemmas === undefined ? [] : listAt(file.lemmas, `${where}.lemmas`, lemmaAt);
  const ridges = file.ridges === undefined ? undefined : ridgePartAt(file.ridges, `${where}.ridges`);
  const proofs = listAt(file.proofs, `${where}.proofs`, proofAt);
  return {
    format: 'muball-certificate',
    version: 1,
    query,
    ...(lemmas.length > 0 ? { lemmas } : {}),
    ...(ridges === undefined ? {} : { ridges }),
    proofs,
  };
}

function ridgePartAt(value: unknown, where: string): RidgePart {
  const { hints, lemmas } = objectAt(value, where, ['hints', 'lemmas']);
  return {
    ...(hints === undefined ? {} : { hints: listAt(hints, `${where}.hints`, hintAt) }),
    ...(lemmas === undefined ? {} : { lemmas: listAt(lemmas, `${where}.lemmas`, ridgeLemmaAt) }),
  };
}

function ridgeLemmaAt(value: unknown, where: string): RidgeLemma {
  const { neuron, bound, cases } = objectAt(value, where, ['neuron', 'bound', 'cases']);
  return {
    neuron: neuronAt(neuron, `${where}.neuron`),
    bound: rationalAt(bound, `${where}.bound`),
    cases: casesAt(cases, `${where}.cases`),
  };
}

/** Cases inside cases, and substitutions inside substitutions; no proof needs nearly as many. */
const deepest = 256;

function casesAt(value: unknown, where: string, depth = 0): RidgeCases {
  if (depth > deepest) refuse(where, `at most ${deepest} cases inside each other`, 'more');
  const given = objectAt(value, where, ['split', 'at', 'below', 'above', 'hints', 'way', 'empty']);
  if ('empty' in given) {
    const { empty } = objectAt(value, where, ['empty']);
    return { empty: listAt(empty, `${where}.empty`, multipleAt) };
  }
  if (!('split' in given)) {
    const { hints, way } = objectAt(value, where, ['hints', 'way']);
    return {
      ...(hints === undefined ? {} : { hints: listAt(hints, `${where}.hints`, hintAt) }),
      ...(way === undefined ? {} : { way: wayAt(way, `${where}.way`) }),
    };
  }
  const { split, at, below, above } = objectAt(value, where, ['split', 'at', 'below', 'above']);
  return {
    split: countAt(split, `${where}.split`),
    at: rationalAt(at, `${where}.at`),
    below: casesAt(below, `${where}.below`, depth + 1),
    above: casesAt(above, `${where}.above`, depth + 1),
  };
}

function multipleAt(value: unknown, where: string): readonly [number, RationalText] {
  const [row, multiplier] = arrayAt(value, where, 2);
  return [countAt(row, `${where}[0]`), rationalAt(multiplier, `${where}[1]`)];
}

function hintAt(value: unknown, where: string): RidgeHint {
  const { neuron, above, below } = objectAt(value, where, ['neuron', 'above', 'below']);
  return {
    neuron: neuronAt(neuron, `${where}.neuron`),
    ...(above === undefined ? {} : { above: wayAt(above, `${where}.above`) }),
    ...(below === undefined ? {} : { below: wayAt(below, `${where}.below`) }),
  };
}

function wayAt(value: unknown, where: string, depth = 0): RidgeWay {
  if (depth > deepest) refuse(where, `at most ${deepest} substitutions inside each other`, 'more');
  if (!('substitute' in objectAt(value, where, ['curvature', 'linear', 'substitute', 'without', 'replaced']))) {
    const { curvature, linear } = objectAt(value, where, ['curvature', 'linear']);
    if (linear !== undefined && linear !== true) refuse(`${where}.linear`, 'true', shown(linear));
    return {
      ...(curvature === undefined ? {} : { curvature: rationalAt(curvature, `${where}.curvature`) }),
      ...(linear === undefined ? {} : { linear }),
    };
  }
  const { substitute, without, replaced } = objectAt(value, where, ['substitute', 'without', 'replaced']);
  return {
    substitute: neuronAt(substitute, `${where}.substitute`),
    ...(without === undefined ? {} : { without: wayAt(without, `${where}.without`, depth + 1) }),
    ...(replaced === undefined ? {} : { replaced: wayAt(replaced, `${where}.replaced`, depth + 1) }),
  };
}

function listAt<T>(value: unknown, where: string, read: (entry: unknown, place: string) => T): readonly T[] {
  return arrayAt(value, where).map((entry, i) => read(entry, `${where}[${i}]`));
}

const goalFields = ['side', 'bound', 'proof'];
const neuronFields = ['neuron', ...goalFields];
const affineFields = ['layer', 'columns', 'weights', ...goalFields];

function lemmaAt(value: unknown, where: string): Lemma {
  const isAffine = 'layer' in objectAt(value, where, [...neuronFields, ...affineFields]);
  const file = objectAt(value, where, isAffine ? affineFields : neuronFields);
  const goal = () => ({
    side: wordAt<LemmaSide>(file.side, `${where}.side`, ['lower', 'upper']),
    bound: rationalAt(file.bound, `${where}.bound`),
    proof: treeAt(file.proof, `${where}.proof`),
  });
  if (!isAffine) return { neuron: neuronAt(file.neuron, `${where}.neuron`), ...goal() };
  const layer = countAt(file.layer, `${where}.layer`);
  const columns = listAt(file.columns, `${where}.columns`, (column, place) => countAt(column, place));
  const weights = listAt(arrayAt(file.weights, `${where}.weights`, columns.length), `${where}.weights`, rationalAt);
  return { layer, columns, weights, ...goal() };
}

function neuronAt(value: unknown, where: string): NeuronFile {
  const [layer, row] = arrayAt(value, where, 2);
  return [countAt(layer, `${where}[0]`), countAt(row, `${where}[1]`)];
}

function proofAt(value: unknown, where: string): Proof {
  const rule = ruleOf(value, where);
  if (rule === 'ridge') {
    const { constraint, way } = objectAt(value, where, ['rule', 'constraint', 'way']);
    const own = way === undefined ? {} : { way: wayAt(way, `${where}.way`) };
    return { rule, constraint: countAt(constraint, `${where}.constraint`), ...own };
  }
  if (rule !== 'interval') return treeAt(value, where);
  objectAt(value, where, ['rule']);
  return { rule: 'interval' };
}

function ruleOf(value: unknown, where: string): unknown {
  return objectAt(value, where, ['rule', 'neuron', 'below', 'above', 'weights', 'slopes', 'cuts', 'constraint', 'way'])
    .rule;
}

/** The value as a tree, read with a list of what is still to do in place of recursion. */
function treeAt(value: unknown, where: string): ProofTree {
  const root: { tree?: ProofTree } = {};
  const todo = [{ value, where, into: root as Record<string, unknown>, side: 'tree' }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const place = next.where;
    const rule = ruleOf(next.value, place);
    if (rule === 'split') {
      const file = objectAt(next.value, place, ['rule', 'neuron', 'below', 'above']);
      const split: Record<string, unknown> = { rule, neuron: neuronAt(file.neuron, `${place}.neuron`) };
      // Both are set before anything is returned, in this order.
      split.below = undefined;
      split.above = undefined;
      for (const side of ['above', 'below'])
        todo.push({ value: file[side], where: `${place}.${side}`, into: split, side });
      next.into[next.side] = split;
    } else if (rule === 'leaf') {
      next.into[next.side] = leafAt(next.value, place);
    } else if (rule === 'hole') {
      objectAt(next.value, place, ['rule']);
      next.into[next.side] = { rule } satisfies HoleProof;
    } else {
      refuse(`${place}.rule`, '"split", "leaf" or "hole", or "interval" or "ridge" for a whole proof', shown(rule));
    }
  }
  return root.tree!;
}

function leafAt(value: unknown, where: string): LeafProof {
  const file = objectAt(value, where, ['rule', 'weights', 'slopes', 'cuts']);
  const optional = <T>(field: 'weights' | 'slopes' | 'cuts', read: (entry: unknown, place: string) => T) =>
    file[field] === undefined ? {} : { [field]: listAt(file[field], `${where}.${field}`, read) };
  return {
    rule: 'leaf',
    ...optional('weights', rationalAt),
    ...optional('slopes', (entry, place): readonly [number, number, SlopeFile] => {
      const [layer, row, slope] = arrayAt(entry, place, 3);
      const text = slope === 'a' || slope === 'u' ? slope : rationalAt(slope, `${place}[2]`);
      return [countAt(layer, `${place}[0]`), countAt(row, `${place}[1]`), text];
    }),
    ...optional('cuts', (entry, place): readonly [number, RationalText] => {
      const [lemma, multiple] = arrayAt(entry, place, 2);
      return [countAt(lemma, `${place}[0]`), rationalAt(multiple, `${place}[1]`)];
    }),
  };
}
