/**
 * Queries as SMT-LIB 2.6 scripts for any solver: satisfiable exactly when the query is.
 *
 * Main definitions: `encode`, `SmtProblem`, `encodingHash`.
 *
 * The script is a function of its arguments alone, line by line in the order region, network, unsafe set. Leaving
 * parts out is how vacuity is detected: the network alone, the region alone and both together must be satisfiable, or
 * `unsat` says nothing about the unsafe set.
 */
import { createHash } from 'node:crypto';
import type { Network } from '../../network/index.js';
import type { LayerBounds } from '../bounds/interval.js';
import type { Constraint, Query } from '../query.js';
import { type CaseForm, encodeNetwork, type NetworkText, neuronStates, readNeurons } from './encode-network.js';
import { encodeRegion, inputName } from './encode-region.js';
import { allOf, anyOf, assertion, integerForm } from './term.js';

/** Which assertions a script has; declarations of inputs are in all of them. */
export type SmtPart = 'all' | 'network-only' | 'region-only' | 'without-unsafe';

export interface EncodeOptions {
  /** Bounds of the pre-activations over the region; with them stable neurons lose their cases. @defaultValue none */
  readonly bounds?: readonly LayerBounds[];
  /** @defaultValue 'all' */
  readonly part?: SmtPart;
  /** How the cases of a neuron are written. @defaultValue 'disjunction' */
  readonly form?: CaseForm;
  /** Whether the script asks for the inputs' values after `check-sat`. @defaultValue false */
  readonly values?: boolean;
}

export interface SmtProblem {
  /** A whole script, from `set-info` to `check-sat`. */
  readonly text: string;
  /** QF_NRA for ℓ2 balls of positive radius in two or more dimensions, else QF_LRA. */
  readonly logic: 'QF_LRA' | 'QF_NRA';
  /** Names of the inputs x0, x1, …, in order. */
  readonly constants: readonly string[];
  /** Neurons that the script defines. */
  readonly neurons: number;
  /** Those defined by cases: all of relu and step without bounds, the unstable ones with bounds. */
  readonly unstable: number;
}

/** The script that is satisfiable exactly when some point of the region has an unsafe output. */
export function encode(query: Query, options: EncodeOptions = {}): SmtProblem {
  const { bounds, part = 'all', form = 'disjunction', values = false } = options;
  const constants = Array.from({ length: query.network.layers[0]!.inputs }, (_, j) => inputName(j));
  const region = encodeRegion(query.region);
  const network = networkText(query, form, bounds);
  const unsafe = anyOf(query.unsafe.map((conjunction) => allOf(conjunction.map(constraintText))));
  const lines = [
    '(set-info :smt-lib-version 2.6)',
    ...(values ? ['(set-option :produce-models true)'] : []),
    `(set-logic ${region.logic})`,
    ...constants.map((x) => `(declare-const ${x} Real)`),
    ...(part === 'network-only' ? [] : region.lines),
    ...(part === 'region-only' ? [] : network.lines),
    ...(part === 'all' ? [assertion(unsafe)] : []),
    '(check-sat)',
    ...(values ? [`(get-value (${constants.join(' ')}))`] : []),
  ];
  const { neurons, unstable } = network;
  return { text: `${lines.join('\n')}\n`, logic: region.logic, constants, neurons, unstable };
}

/** SHA-256 of a script, in lower-case hexadecimal: equal hashes, equal claims. */
export function encodingHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const untightened = new WeakMap<Network, Map<string, NetworkText>>();

/** The network's lines; without bounds they are the same for all regions, and kept. */
function networkText(query: Query, form: CaseForm, bounds?: readonly LayerBounds[]): NetworkText {
  const { network } = query;
  const outputs = readOutputs(query);
  const made = (): NetworkText => {
    const states = neuronStates(network, bounds);
    return encodeNetwork(network, states, readNeurons(network, states, outputs), form, bounds);
  };
  if (bounds !== undefined) return made();
  const key = [form, ...outputs].join();
  const kept = untightened.get(network) ?? new Map<string, NetworkText>();
  untightened.set(network, kept);
  const text = kept.get(key) ?? made();
  kept.set(key, text);
  return text;
}

function readOutputs(query: Query): Set<number> {
  const outputs = query.unsafe.flatMap((conjunction) =>
    conjunction.flatMap((c) => c.columns.filter((_, k) => c.weights[k]!.n !== 0n)),
  );
  return new Set(outputs);
}

function constraintText(c: Constraint): string {
  const kept = c.columns.map((_, k) => k).filter((k) => c.weights[k]!.n !== 0n);
  const row = { columns: kept.map((k) => c.columns[k]!), weights: kept.map((k) => c.weights[k]!), bias: c.bias };
  return `(${c.strict ? '>' : '>='} ${integerForm(row, (k) => `y${k}`).text} 0)`;
}
