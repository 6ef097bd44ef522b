/**
 * The narrow optimal memorizer for ℓ∞.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ∞.
 * Returns: width at most 3d + 1, depth 2T + 1 with T ≤ N the samples not of the smallest class, O(Nd) nonzero weights,
 *   whatever δ and μ.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖∞ ≤ μ.
 * Method: samples one by one, two layers each. With γ = δ − 2μ, b the smallest class and v_i = y_i − b > 0, the layer A_i
 *   carries u_j = x_j − m_j and the accumulator and forms the 2d excesses relu(±(x_j − x_ij) − μ), whose sum is S_i;
 *   the layer B_i adds relu(v_i − (v_i/γ)S_i − acc), so that acc becomes max(acc, v_i·relu(1 − S_i/γ)). Own balls give
 *   v_i, balls of other labels 0, and balls of the same label at most v_i. m_j = min_i x_ij − μ over *all* samples, so
 *   that u_j = x_j − m_j on every ball; the first block reads x itself.
 * Reference: [YGZ, Thm 4.8] states width 3d + 1, depth 2N + 1 and O(Nd) nonzero weights; weights and proof are ours.
 */
import { add, div, neg, one, type Rational, rational, sub, zero } from '../../exact/index.js';
import { lowerCorner, point, samplesOutside } from '../../geometry/index.js';
import { type AffineForm, constantForm, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import { claimsOf, type Quantity, theorem } from '../theorem.js';
import { recordedShifts } from './recorded-shifts.js';

const name = 'ygz-narrow';

const bounds: Readonly<Record<Quantity, string>> = {
  width: '3*d + 1',
  depth: '2*N + 1',
  nonzero: '(8*d + 5)*N + 1',
  parameters: '(2*N + 1)*(3*d + 2)*(3*d + 1)',
};

/** Exact sizes over d, T, Z (nonzero biases among −m_j and the thresholds) and Zo (nonzero output bias). */
function counts(samples: number): Readonly<Record<Quantity, string>> {
  if (samples === 1) {
    return {
      width: '2*d',
      depth: '3',
      nonzero: '4*d + 2 + Z + Zo',
      parameters: '(d + 1)*2*d + (2*d + 1) + 2',
    };
  }
  return {
    width: samples === 2 ? '3*d' : '3*d + 1',
    depth: '2*T + 1',
    nonzero: '(6*d + 5)*T - 2*d - 2 + Z + Zo',
    parameters:
      '(d + 1)*3*d + (3*d + 1)*(d + 2) + (T - 2)*((d + 3)*(3*d + 1) + (3*d + 2)*(d + 2)) + (d + 3)*(2*d + 1) + (2*d + 2)*2 + 3',
  };
}

export const ygzNarrow = theorem({
  name,
  title: 'narrow optimal memorizer, width 3d + 1, depth 2N + 1, O(Nd) nonzero weights',
  reference: '[YGZ, Thm 4.8]',
  norms: ['linf'],
  balls: 'closed',
  construct(given, options) {
    const mu = options.radius;
    const prepared = prepare(given, 'linf', mu);
    const { data, separation } = prepared;
    if (separation === undefined) return constantConstruction(prepared, name, options, claimsOf(bounds, bounds));
    const d = data.dimension;
    const gamma = sub(separation.magnitude, add(mu, mu));
    const lowest = prepared.classes[0]!;
    const samples = samplesOutside(data, lowest);
    requireSize(samples.length * (6 * d + 5), options);
    const low = lowerCorner(data, mu);

    const { shifted, nonzero } = recordedShifts();
    const builder = sequentialBuilder(d);
    let u: readonly AffineForm[] = builder.inputs;
    let acc: AffineForm | undefined;
    samples.forEach((i, block) => {
      const [first, last] = [block === 0, block === samples.length - 1];
      const x = point(data, i);
      const value = rational(data.labels[i]! - lowest);
      // Layer A: coordinates relative to low_j but for the first block, which reads x.
      const offset = (j: number): Rational => (first ? x[j]! : sub(x[j]!, low[j]!));
      const carried = last ? [] : first ? u.map((form, j) => shifted(form, neg(low[j]!))) : u;
      const excesses = u.flatMap((form, j) => [
        shifted(form, neg(add(offset(j), mu))),
        shifted(scaleForm(form, neg(one)), sub(offset(j), mu)),
      ]);
      const a = builder.layer('relu', [...carried, ...excesses, ...(acc === undefined ? [] : [acc])]);
      const sum = sumForms(a.slice(carried.length, carried.length + 2 * d));
      const old = acc === undefined ? constantForm(zero) : a.at(-1)!;
      // Layer B: the first block keeps a neuron that is 0, so that all blocks but the only one have one shape.
      const update = sumForms([constantForm(value), scaleForm(sum, neg(div(value, gamma))), scaleForm(old, neg(one))]);
      const kept = samples.length === 1 ? [] : [old];
      const b = builder.layer('relu', [...a.slice(0, carried.length), ...kept, update]);
      u = b.slice(0, carried.length);
      acc = sumForms(b.slice(carried.length));
    });
    const network = builder.network([sumForms([acc!, constantForm(rational(lowest))])], {
      output: exactReading(data),
      provenance: provenanceOf(name, options),
    });
    return {
      network,
      claims: claimsOf(bounds, counts(samples.length)),
      variables: {
        ...baseVariables(prepared),
        T: BigInt(samples.length),
        Z: nonzero(),
        Zo: lowest === 0 ? 0n : 1n,
      },
    };
  },
});
