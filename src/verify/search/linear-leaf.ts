/**
 * The last resort: a node on whose path every neuron has one side is a linear problem, decided by the exact simplex method.
 *
 * Main definition: `linearLeaf`.
 *
 * On the node every neuron is an affine function of the input. Either the largest t with the strict constraints ≥ t and
 * the others ≥ 0 is positive, and there is a point, or the multipliers of the program are those of a leaf: a split
 * relu with multiplier μ passes a − μ above and μ below, a split step −μ and μ.
 */
import {
  add,
  addVectors,
  type LinearRow,
  linearRow,
  mul,
  neg,
  one,
  type Rational,
  rational,
  solveLinearProgram,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../../exact/index.js';
import type { Region } from '../../geometry/index.js';
import type { Constraint } from '../query.js';
import type { Slope } from './exact-leaf.js';
import type { SearchState } from './search-state.js';

export type LinearLeaf =
  | { readonly kind: 'point'; readonly point: Vector }
  | { readonly kind: 'leaf'; readonly weights: readonly Rational[]; readonly slopes: Map<number, Slope> };

/** coefficients·x + constant. */
interface Form {
  readonly coefficients: Vector;
  readonly constant: Rational;
}

/** Variables ≥ 0 that the input is written in, and the rows that keep it in the region. */
interface Chart {
  readonly variables: number;
  /** The form in the variables. */
  form(f: Form): Form;
  /** Rows, those of an open ball marked strict, as forms that are ≥ 0. */
  readonly rows: readonly { readonly form: Form; readonly strict: boolean }[];
  input(v: Vector): Vector;
}

/** Decides the conjunction on the node. Not for ℓ2 balls, which are not linear. */
export function linearLeaf(state: SearchState, conjunction: readonly Constraint[]): LinearLeaf {
  const { problem, phase } = state;
  const chart = chartOf(problem.region);
  const { outputs, split } = formsOf(state);
  const rows = [
    ...chart.rows,
    ...split.map(({ neuron, form, strict }) => ({
      form: chart.form(phase[neuron]! > 0 ? form : negated(form)),
      strict: strict && phase[neuron]! > 0,
    })),
    ...conjunction.map((c) => ({ form: chart.form(constraintForm(c, outputs)), strict: c.strict })),
  ];
  // The last variable is t, free and at most 1.
  const t = chart.variables;
  const program = {
    objective: [...Array.from({ length: t }, () => zero), neg(one)],
    free: [t],
    rows: [
      ...rows.map(
        ({ form, strict }): LinearRow =>
          linearRow([...form.coefficients, strict ? neg(one) : zero], '>=', neg(form.constant)),
      ),
      linearRow([...Array.from({ length: t }, () => zero), one], '<=', one),
    ],
  };
  const outcome = solveLinearProgram(program, { stopBelow: zero });
  if (outcome.status === 'below') return { kind: 'point', point: chart.input(outcome.point.slice(0, t)) };
  if (outcome.status !== 'optimal' && outcome.status !== 'infeasible') {
    throw new RangeError(`linearLeaf: expected an optimum, got ${outcome.status}`);
  }
  const { multipliers } = outcome;
  const first = chart.rows.length;
  const slopes = new Map<number, Slope>();
  split.forEach(({ neuron, strict }, k) => {
    const multiple = multipliers[first + k]!;
    if (multiple.n === 0n) return;
    if (phase[neuron]! < 0) slopes.set(neuron, multiple);
    else slopes.set(neuron, strict ? neg(multiple) : { offset: neg(multiple) });
  });
  const weights = conjunction.map((_, k) => multipliers[first + split.length + k]!);
  return { kind: 'leaf', weights, slopes };
}

const negated = ({ coefficients, constant }: Form): Form => ({
  coefficients: coefficients.map(neg),
  constant: neg(constant),
});

function chartOf(region: Region): Chart {
  const d = region.kind === 'ball' ? region.centre.length : region.lower.length;
  const axis = (n: number, j: number, value: Rational): Rational[] =>
    Array.from({ length: n }, (_, k) => (k === j ? value : zero));
  const moved = ({ coefficients, constant }: Form, origin: Vector): Rational =>
    coefficients.reduce((sum, a, j) => add(sum, mul(a, origin[j]!)), constant);
  if (region.kind === 'ball' && region.norm === 'l1') {
    const { centre, radius, open } = region;
    return {
      variables: 2 * d,
      form: (f) => ({ coefficients: [...f.coefficients, ...f.coefficients.map(neg)], constant: moved(f, centre) }),
      rows: [{ form: { coefficients: Array.from({ length: 2 * d }, () => neg(one)), constant: radius }, strict: open }],
      input: (v) => addVectors(centre, subVectors(v.slice(0, d), v.slice(d))),
    };
  }
  const lower = region.kind === 'box' ? region.lower : region.centre.map((c) => sub(c, region.radius));
  const upper = region.kind === 'box' ? region.upper : region.centre.map((c) => add(c, region.radius));
  const open = region.kind === 'ball' && region.open;
  return {
    variables: d,
    form: (f) => ({ coefficients: f.coefficients, constant: moved(f, lower) }),
    rows: lower.flatMap((low, j) => [
      { form: { coefficients: axis(d, j, neg(one)), constant: sub(upper[j]!, low) }, strict: open },
      ...(open ? [{ form: { coefficients: axis(d, j, one), constant: zero }, strict: true }] : []),
    ]),
    input: (v) => addVectors(lower, v),
  };
}

interface SplitForm {
  readonly neuron: number;
  readonly form: Form;
  /** Whether its side above is z > 0. */
  readonly strict: boolean;
}

/** The outputs, and the pre-activations of split neurons, as affine functions of the input on the node. */
function formsOf({ problem, phase, relevant, table }: SearchState): { outputs: Form[]; split: SplitForm[] } {
  const d = problem.layers[0]!.inputs;
  const split: SplitForm[] = [];
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
      if (phase[neuron] !== 0) split.push({ neuron, form, strict: step });
      const on = phase[neuron] === 0 ? isOn(step, table.lower[neuron]!.n, table.upper[neuron]!.n) : phase[neuron]! > 0;
      next.push(!on ? empty : step ? { ...empty, constant: one } : form);
    }
    below = next;
  });
  return { outputs: below, split };
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
