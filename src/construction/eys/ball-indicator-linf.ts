/**
 * The ball-indicator network for ℓ∞ of width d + 5.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ∞.
 * Returns: width at most d + 5, depth N₁·d + 4 with N₁ the samples not of the smallest class.
 * Guarantees: F(x) = y_i, exactly, for every x with ‖x − x_i‖∞ ≤ μ.
 * Method: samples one by one, coordinates one by one. With γ = δ − 2μ, S adds up relu(z_j − c_ij − μ) +
 *   relu(c_ij − z_j − μ) over j; q = relu(1 − S/γ) is 1 on ball i and 0 on differently labelled balls; the running
 *   maximum acc ← acc + relu(y'_i·q − acc) keeps the label exact where balls of one label overlap, where a sum would
 *   count twice. z_j = relu(x_j − lo_j) carries the coordinates, lo_j = min_i x_ij − μ over *all* samples, so that
 *   z_j = x_j − lo_j on every ball. The tail of each sample runs beside the first coordinates of the next.
 * Reference: [EYS, Thm 4.2] with width d + O(1), depth O(Nd); the maximum in place of its sum of indicators is ours.
 */

import { add, inverse, min, mul, neg, one, type Rational, rational, sub } from '../../exact/index.js';
import { InputError } from '../../format/index.js';
import { point, points } from '../../geometry/index.js';
import {
  type AffineForm,
  constantForm,
  runningMaximum,
  scaleForm,
  sequentialBuilder,
  sumForms,
} from '../../network/index.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import type { Claim, Quantity, Theorem } from '../theorem.js';
import { ballIndicatorCounts } from './ball-indicator-counts.js';

const name = 'eys-ball';

const bounds: Readonly<Record<Quantity, string>> = {
  width: 'd + 5',
  depth: 'N*d + 4',
  nonzero: 'N*(d^2 + 8*d + 4) + d',
  parameters: '(N*d + 4)*(d + 6)*(d + 5)',
};

export const eysBall: Theorem = {
  name,
  title: 'ball-indicator network of width d + 5 with a running maximum',
  reference: '[EYS, Thm 4.2], with a maximum',
  norms: ['linf'],
  balls: 'closed',
  construct(given, options) {
    if (options.norm !== 'linf') throw new InputError(`--norm: expected linf for ${name}, got ${options.norm}`);
    const mu = options.radius;
    const prepared = prepare(given, 'linf', mu);
    const { data, separation } = prepared;
    const asClaims = (counts: Readonly<Record<Quantity, string>>): Claim[] =>
      (Object.keys(bounds) as Quantity[]).map((quantity) => ({
        quantity,
        theorem: bounds[quantity],
        count: counts[quantity],
      }));
    if (separation === undefined) return constantConstruction(prepared, name, options, asClaims(bounds));
    const d = data.dimension;
    const slope = neg(inverse(sub(separation.magnitude, mul(rational(2), mu))));
    const lowest = prepared.classes[0]!;
    const samples = data.labels.map((_, i) => i).filter((i) => data.labels[i] !== lowest);
    requireSize(samples.length * d * (d + 13), options);
    const all = points(data);
    const low = Array.from({ length: d }, (_, j) => sub(all.map((x) => x[j]!).reduce(min), mu));

    const builder = sequentialBuilder(d);
    const shift = (form: AffineForm, by: Rational): AffineForm => sumForms([form, constantForm(by)]);
    let z = builder.layer(
      'relu',
      builder.inputs.map((x, j) => shift(x, neg(low[j]!))),
    );
    const maximum = runningMaximum();
    const thresholds: Rational[] = [];
    for (const i of samples) {
      const centre = point(data, i).map((x, j) => sub(x, low[j]!));
      let sum: AffineForm[] = [];
      for (let j = 0; j < d; j++) {
        const [above, below] = [neg(add(centre[j]!, mu)), sub(centre[j]!, mu)];
        thresholds.push(above, below);
        const maximumRows = maximum.rows();
        const carried = sum.length === 0 ? [] : [sumForms(sum)];
        const here = [shift(z[j]!, above), shift(scaleForm(z[j]!, neg(one)), below)];
        const out = builder.layer('relu', [...z, ...maximumRows, ...carried, ...here]);
        z = out.slice(0, d);
        maximum.advance(out.slice(d, d + maximumRows.length));
        sum = out.slice(d + maximumRows.length);
      }
      maximum.offer(shift(scaleForm(sumForms(sum), slope), one), rational(data.labels[i]! - lowest));
    }
    while (maximum.pending()) maximum.advance(builder.layer('relu', maximum.rows()));
    const network = builder.network([shift(maximum.value()!, rational(lowest))], {
      output: exactReading(data),
      provenance: provenanceOf(name, options),
    });
    const nonzeroBiases = low.filter((v) => v.n !== 0n).length + thresholds.filter((v) => v.n !== 0n).length;
    return {
      network,
      claims: asClaims(ballIndicatorCounts(d, samples.length)),
      variables: {
        ...baseVariables(prepared),
        T: BigInt(samples.length),
        Z: BigInt(nonzeroBiases),
        Zo: lowest === 0 ? 0n : 1n,
      },
    };
  },
};
