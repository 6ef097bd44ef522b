/**
 * "Some network of depth 2 and width 2 has these labels at these points" as SMT-LIB scripts over its weights.
 *
 * Main definitions: `encodeTwoNeurons`, `signPatterns`, `networkOfModel`.
 *
 * Notation. Unknowns are w{k}_{j}, b{k} and c of f(x) = c + s_0 relu(w_0·x + b_0) + s_1 relu(w_1·x + b_1); sizes of output weights are in w_k
 * and b_k, which leaves three pairs of signs up to the order of neurons. Class 1 is f ≥ 1 and class 0 f ≤ −1: any network that is right by its sign
 * has a positive multiple with this margin. The points are numbers, so the script is linear (QF_LRA).
 */
import { one, parseRational, type Rational, rational, zero } from '../../exact/index.js';
import { InputError, InternalError } from '../../format/index.js';
import { type Dataset, point } from '../../geometry/index.js';
import { layerBuilder, type Network } from '../../network/index.js';
import { reluCases } from './encode-network.js';
import { assertion, integerForm, productText } from './term.js';
import type { Z3Value } from './z3-protocol.js';

/** s_0, s_1. */
export type SignPattern = readonly [1 | -1, 1 | -1];

/** All pairs of signs, up to the order of neurons; a missing neuron is one with w = 0, b = 0. */
export const signPatterns: readonly SignPattern[] = [
  [-1, -1],
  [1, -1],
  [1, 1],
];

export interface TwoNeuronsProblem {
  readonly text: string;
  /** The unknowns, in the order w0_0 …, b0, w1_0 …, b1, c. */
  readonly constants: readonly string[];
}

/** The script for a pair of signs. @throws InputError for other classes than 0 and 1. */
export function encodeTwoNeurons(data: Dataset, signs: SignPattern): TwoNeuronsProblem {
  const d = data.dimension;
  const names = [0, 1].map((k) => [...Array.from({ length: d }, (_, j) => `w${k}_${j}`), `b${k}`]);
  const constants = [...names.flat(), 'c'];
  const lines = constants.map((name) => `(declare-const ${name} Real)`);
  data.labels.forEach((label, i) => {
    if (label > 1) throw new InputError(`dataset.labels[${i}]: expected class 0 or 1, got ${label}`);
    const x = point(data, i);
    const columns = x.map((_, j) => j).filter((j) => x[j]!.n !== 0n);
    const row = { columns: [...columns, d], weights: [...columns.map((j) => x[j]!), one], bias: zero };
    const terms = [0, 1].map((k) => {
      const h = `h${k}_${i}`;
      const { scale, text } = integerForm(row, (column) => names[k]![column]!);
      lines.push(`(declare-const ${h} Real)`);
      for (const formula of reluCases('disjunction', h, productText(rational(scale), h), text))
        lines.push(assertion(formula));
      return signs[k]! > 0 ? h : `(- ${h})`;
    });
    const f = `(+ c ${terms.join(' ')})`;
    lines.push(assertion(label === 1 ? `(>= ${f} 1)` : `(<= ${f} (- 1))`));
  });
  const text = ['(set-info :smt-lib-version 2.6)', '(set-logic QF_LRA)', ...lines, '(check-sat)'].join('\n');
  return { text: `${text}\n`, constants };
}

/** The network of a model, read by its sign. @throws InternalError when an unknown has no rational value. */
export function networkOfModel(
  dimension: number,
  signs: SignPattern,
  model: Readonly<Record<string, Z3Value>>,
): Network {
  const unknown = (name: string): Rational => {
    const value = model[name];
    if (value === undefined || !('rational' in value)) {
      throw new InternalError(`z3: expected a model with a rational ${name}, got ${JSON.stringify(value)}`);
    }
    return parseRational(value.rational, 'model');
  };
  const all = Array.from({ length: dimension }, (_, j) => j);
  const hidden = layerBuilder(dimension, 'relu', { merge: false });
  for (const k of [0, 1]) {
    hidden.neuron(
      all,
      all.map((j) => unknown(`w${k}_${j}`)),
      unknown(`b${k}`),
    );
  }
  const output = layerBuilder(2, 'identity', { merge: false });
  output.neuron(
    [0, 1],
    signs.map((s) => rational(s)),
    unknown('c'),
  );
  return { layers: [hidden.build(), output.build()], output: { notion: 'sign', negative: 0, positive: 1 } };
}
