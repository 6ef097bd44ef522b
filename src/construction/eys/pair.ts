/**
 * The pair network: one hyperplane for each ordered pair of differently labelled samples.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in ℓ1, ℓ2 or ℓ∞.
 * Returns: depth 4, at most N(N − 1) hidden neurons in a layer.
 * Guarantees: F(x) = y_i, exactly, on the whole closed ball. Interval propagation with the dual norm proves it.
 * Method: for y_i ≠ base, y_j ≠ y_i, v = x_j − x_i, take λ with ‖λ‖* as small as λ·v allows: v for ℓ2, sign(v) for
 *   ℓ1, ± the largest coordinate for ℓ∞. For a rational M ≥ ‖λ‖* with λ·v > 2μM,
 *     h_ij = relu((λ·(x − x_i) − μM) / (λ·v − 2μM))
 *   is 0 on ball i and at least 1 on ball j, because |λ·u| ≤ μ‖λ‖* on a ball. g_i = relu(1 − Σ_j h_ij); class clip.
 *   M is chosen so that the gap λ·v − 2μM is a power of two: with κ = λ/gap, h_ij = relu(κ·(x − (x_i + x_j)/2) + 1/2).
 *   Each weight is then short, and a layer keeps a small common denominator.
 * Reference: ours; [EYS] separates balls pair by pair after a projection, here without one.
 */

import {
  abs,
  addVectors,
  compare,
  constructionRootBits,
  dot,
  floorLog2,
  half,
  mul,
  neg,
  one,
  powerOfTwo,
  type Rational,
  rational,
  scaleVector,
  sign,
  sub,
  subVectors,
  type Vector,
  zero,
} from '../../exact/index.js';
import { AssumptionError, type Norm } from '../../format/index.js';
import { dualNormAbove, points, samplePairText, samplesOutside } from '../../geometry/index.js';
import { layerBuilder } from '../../network/index.js';
import { classClip, classOutput, outputBias } from '../class-clip.js';
import {
  baseVariables,
  constantConstruction,
  exactReading,
  mostFrequentClass,
  nonzeroCount,
  prepare,
  provenanceOf,
  requireSize,
} from '../prepare.js';
import { type Claim, theorem } from '../theorem.js';

const name = 'eys-pair';

const claims: readonly Claim[] = [
  { quantity: 'width', theorem: 'N*(N - 1)', count: 'max(H, T, C - 1)' },
  { quantity: 'depth', theorem: '4', count: '4' },
  {
    quantity: 'nonzero',
    theorem: 'N*(N - 1)*(d + 2) + 2*N + 2*(C - 1) + 1',
    count: 'E + Z + F + 2*T + 2*(C - 1) + Zo',
  },
  {
    quantity: 'parameters',
    theorem: '(N*(N - 1) + 1)*(d + 1) + N^2*(N - 1) + N + (N + 1)*(C - 1) + C',
    count: 'H*(d + 1) + (H + 1)*T + (T + 1)*(C - 1) + C',
  },
];

export const eysPair = theorem({
  name,
  title: 'pair network, depth 4, a hyperplane for each pair of differently labelled samples',
  reference: 'ours, after [EYS]',
  norms: ['linf', 'l1', 'l2'],
  balls: 'closed',
  construct(given, options) {
    const { norm, radius: mu } = options;
    const prepared = prepare(given, norm, mu);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
    const base = mostFrequentClass(data);
    const others = prepared.classes.filter((c) => c !== base);
    const samples = samplesOutside(data, base);
    const all = points(data);
    const coordinates = Array.from({ length: data.dimension }, (_, m) => m);
    const partners = (i: number): number[] => samplesOutside(data, data.labels[i]!);
    const pairs = samples.reduce((sum, i) => sum + partners(i).length, 0);
    requireSize(pairs * ((norm === 'linf' ? 1 : data.dimension) + 2), options);

    const first = layerBuilder(data.dimension, 'relu');
    const rows = samples.map((i) =>
      partners(i).map((j) => {
        const { kappa, bias } = pairHyperplane(all[i]!, all[j]!, norm, mu, () => samplePairText(data, i, j));
        return first.neuron(coordinates, kappa, bias);
      }),
    );
    const second = layerBuilder(first.size(), 'relu', { merge: false });
    for (const own of rows)
      second.neuron(
        own,
        own.map(() => neg(one)),
        one,
      );
    const pairLayer = first.build();
    const indicatorLayer = second.build();
    const indicators = samples.map((i, row) => ({ row, label: data.labels[i]! }));
    return {
      network: {
        layers: [pairLayer, indicatorLayer, classClip(samples.length, indicators, others), classOutput(base, others)],
        output: exactReading(data),
        provenance: provenanceOf(name, options),
      },
      claims,
      variables: {
        ...baseVariables(prepared),
        H: BigInt(first.size()),
        T: BigInt(samples.length),
        E: BigInt(pairLayer.columns.length),
        F: BigInt(indicatorLayer.columns.length),
        Z: BigInt(nonzeroCount(pairLayer.biases)),
        Zo: outputBias(base, others).n === 0n ? 0n : 1n,
      },
    };
  },
});

/**
 * κ and β of h_ij = relu(κ·x + β) for a = x_i and b = x_j: κ·(b − a)/2 − μ‖κ‖* ≥ 1/2, and β places 1/2 at the midpoint.
 * @throws AssumptionError when 64 significant bits of ‖b − a‖₂ cannot tell it from 2μ; `pair` names the samples.
 */
export function pairHyperplane(
  a: Vector,
  b: Vector,
  norm: Norm,
  mu: Rational,
  pair: () => string,
): { kappa: Vector; bias: Rational } {
  const v = subVectors(b, a);
  const direction = bestDirection(norm, v);
  const size = dualNormAbove(norm, direction, constructionRootBits).value;
  const kappa = scaleVector(direction, powerOfTwo(-gapExponent(dot(direction, v), size, mu, pair)));
  return { kappa, bias: sub(half, mul(half, dot(kappa, addVectors(a, b)))) };
}

/** The exponent of the largest power of two ≤ along − 2μ·size. */
export function gapExponent(along: Rational, size: Rational, mu: Rational, pair: () => string): number {
  const gap = sub(along, mul(mul(rational(2), mu), size));
  if (compare(gap, zero) <= 0) {
    throw new AssumptionError(
      `needs 2μ below the distance of ${pair()} by more than ${constructionRootBits} significant bits can tell`,
    );
  }
  return floorLog2(gap);
}

function bestDirection(norm: Norm, v: Vector): Vector {
  if (norm === 'l2') return v;
  if (norm === 'l1') return v.map((a) => rational(sign(a)));
  const widest = v.reduce((best, a, m) => (compare(abs(a), abs(v[best]!)) > 0 ? m : best), 0);
  return v.map((a, m) => (m === widest ? rational(sign(a)) : zero));
}
