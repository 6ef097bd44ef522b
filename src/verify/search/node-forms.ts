/**
 * Nodes on whose path every neuron has one side: all of the network is affine there.
 *
 * Main definitions: `Form`, `NodeRow`, `nodeRows`, `leafOf` (multipliers of the rows as those of a leaf).
 */
import { add, mul, neg, one, type Rational, rational, type Vector, zero } from '../../exact/index.js';
import type { Constraint } from '../query.js';
import type { Slope } from './exact-leaf.js';
import type { SearchState } from './search-state.js';

/** coefficients·x + constant. */
export interface Form {
  readonly coefficients: Vector;
  readonly constant: Rational;
}

/** A form that is ≥ 0 on the node where the conjunction holds, or > 0 when strict. */
export interface NodeRow {
  readonly form: Form;
  readonly strict: boolean;
  /** The neuron that was split; undefined for a constraint of the conjunction. */
  readonly neuron?: number;
}

/** The sides of all split neurons, then the constraints of the conjunction. */
export function nodeRows(state: SearchState, conjunction: readonly Constraint[]): NodeRow[] {
  const { outputs, sides } = affineNetwork(state);
  return [...sides, ...conjunction.map((c) => ({ form: constraintForm(c, outputs), strict: c.strict }))];
}

/**
 * The leaf of multipliers ≥ 0 of these rows: a split relu with multiplier μ passes a − μ above and μ below, a split step
 * −μ and μ.
 */
export function leafOf(
  { problem, phase }: SearchState,
  rows: readonly NodeRow[],
  multipliers: readonly Rational[],
): { readonly weights: readonly Rational[]; readonly slopes: Map<number, Slope> } {
  const slopes = new Map<number, Slope>();
  const weights: Rational[] = [];
  rows.forEach(({ neuron }, k) => {
    const multiple = multipliers[k]!;
    if (neuron === undefined) weights.push(multiple);
    else if (multiple.n === 0n) return;
    else if (phase[neuron]! < 0) slopes.set(neuron, multiple);
    else {
      const step = problem.layers[problem.layerOf[neuron]!]!.activation === 'step';
      slopes.set(neuron, step ? neg(multiple) : { offset: neg(multiple) });
    }
  });
  return { weights, slopes };
}

export const formValue = ({ coefficients, constant }: Form, x: Vector): Rational =>
  coefficients.reduce((sum, a, j) => (a.n === 0n ? sum : add(sum, mul(a, x[j]!))), constant);

const negated = ({ coefficients, constant }: Form): Form => ({
  coefficients: coefficients.map(neg),
  constant: neg(constant),
});

/** The outputs, and the sides of split neurons, as affine functions of the input on the node. */
function affineNetwork({ problem, phase, relevant, table }: SearchState): { outputs: Form[]; sides: NodeRow[] } {
  const d = problem.layers[0]!.inputs;
  const sides: NodeRow[] = [];
  let below: Form[] = Array.from({ length: d }, (_, j) => ({
    coefficients: Array.from({ length: d }, (_, k) => (k === j ? one : zero)),
    constant: zero,
  }));
  const empty: Form = { coefficients: Array.from({ length: d }, () => zero), constant: zero };
  problem.layers.forEach((layer, i) => {
    const next: Form[] = [];
    for (let r = 0; r < layer.rows; r++) {
      const neuron = problem.offsets[i]! + r;
      if (relevant[neuron] === 0) {
        next.push(empty);
        continue;
      }
      let form: Form = { ...empty, constant: rational(layer.bigBiases[r]!, layer.biasDenominator) };
      for (let m = layer.rowStart[r]!; m < layer.rowStart[r + 1]!; m++) {
        const w = rational(layer.bigWeights[m]!, layer.weightDenominator);
        const h = below[layer.columns[m]!]!;
        form = {
          coefficients: form.coefficients.map((v, j) =>
            h.coefficients[j]!.n === 0n ? v : add(v, mul(w, h.coefficients[j]!)),
          ),
          constant: add(form.constant, mul(w, h.constant)),
        };
      }
      if (layer.activation === 'identity') {
        next.push(form);
        continue;
      }
      const step = layer.activation === 'step';
      const side = phase[neuron]!;
      if (side !== 0) sides.push({ neuron, form: side > 0 ? form : negated(form), strict: step && side > 0 });
      const on = side === 0 ? isOn(step, table.lower[neuron]!.n, table.upper[neuron]!.n) : side > 0;
      next.push(!on ? empty : step ? { ...empty, constant: one } : form);
    }
    below = next;
  });
  return { outputs: below, sides };
}

/** The side of a stable neuron. */
const isOn = (step: boolean, low: bigint, high: bigint): boolean => high > 0n && (step ? low > 0n : low >= 0n);

function constraintForm(c: Constraint, outputs: readonly Form[]): Form {
  return c.columns.reduce(
    (sum: Form, column, k) => {
      const w = c.weights[k]!;
      const y = outputs[column]!;
      return {
        coefficients: sum.coefficients.map((v, j) => add(v, mul(w, y.coefficients[j]!))),
        constant: add(sum.constant, mul(w, y.constant)),
      };
    },
    { coefficients: outputs[0]!.coefficients.map(() => zero), constant: c.bias },
  );
}
