/**
 * Reads what certificates say of ridges: ways, hints, cases, lemmas, and the rule `ridge`.
 *
 * Main definitions: `ridgeRule`, `ridgePart`.
 *
 * Notes. Ways and cases are inside each other as deep as the stack bears; beyond, reading fails, and nothing is valid.
 */
import type {
  NeuronFile,
  RidgeCase,
  RidgeCases,
  RidgeEmptyCase,
  RidgeHint,
  RidgeLeaf,
  RidgeLemma,
  RidgePart,
  RidgeProof,
  RidgeSplit,
  RidgeSubstitution,
  RidgeWay,
} from '../../format/certificate-file.js';
import { count, flag, having, list, object, optional, type Reader, rational, tuple } from '../read.js';

const neuron = tuple<NeuronFile>(count(), count());

const way: Reader<RidgeWay> = (value, ...at) => anyWay(value, ...at);
const leaf = object<RidgeLeaf>({ curvature: optional(rational), linear: flag });
const substitution = object<RidgeSubstitution>({ substitute: neuron, without: optional(way), replaced: optional(way) });
const anyWay = having('substitute', substitution, leaf);

const hint = object<RidgeHint>({ neuron, above: optional(way), below: optional(way) });
const hints = optional(list(hint));
const cases: Reader<RidgeCases> = (value, ...at) => anyCases(value, ...at);
const split = object<RidgeSplit>({ split: count(), at: rational, below: cases, above: cases });
const empty = object<RidgeEmptyCase>({ empty: list(tuple<readonly [number, string]>(count(), rational)) });
const oneCase = object<RidgeCase>({ hints, way: optional(way) });
const anyCases = having('split', split, having('empty', empty, oneCase));
const lemma = object<RidgeLemma>({ neuron, bound: rational, cases });

export type { RidgeProof };

/** The fields of the rule `ridge`. */
export const ridgeFields = { constraint: count(), way: optional(way) };

/** The field `ridges` of a certificate. */
export const ridgePart = optional(object<RidgePart>({ hints, lemmas: optional(list(lemma)) }));
