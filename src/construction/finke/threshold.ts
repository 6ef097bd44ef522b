/**
 * Randomized threshold networks that are right on closed balls.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ < δ/2 in the norm.
 * Returns: depth 4, `step` activations; n₁ hyperplanes, doubled in each further round, and at most one more for each
 *   pair of differently labelled samples; at most one counting neuron for each sample.
 * Guarantees: F(x) = y_i, exactly, on every closed ball of radius μ, whatever the random choices. Interval propagation
 *   proves it, because the construction counts what fires somewhere and everywhere on a ball. Without completion a fit
 *   may fail, and is then refused; guarantees.ts says for which n₁ one round is enough, and how wide layer 2 becomes.
 * Method: Φ_i(x) = step(w_i·x + b_i). For a candidate c, U = {i : Φ_i fires nowhere on its ball}, m = the least number
 *   of i ∈ U that fire everywhere on the ball of a sample of another class, ψ_c = step(m − Σ_U Φ_i) if m > 0. Candidates
 *   are drawn until their ψ cover the class; a class fires when one of its ψ does, and each class but the most frequent
 *   one is told from the rest. At μ = 0, one round without completion is the algorithm of [DFG] as it is stated.
 * Reference: [DFG, Algorithm 2] and [F, Part I]; balls, exact integers, rounds and completion are ours.
 */
import type { Norm } from '../../format/index.js';
import type { Dataset } from '../../geometry/index.js';
import {
  baseVariables,
  constantConstruction,
  exactReading,
  nonzeroCount,
  prepare,
  provenanceOf,
  requireSize,
} from '../prepare.js';
import { type Claim, type Construction, type ConstructionOptions, theorem } from '../theorem.js';
import { fitThreshold, hyperplaneCount } from './fit.js';
import { type FitChoice, fitChoice, fitText, uncoveredError } from './fit-choice.js';
import { thresholdGuarantees } from './guarantees.js';
import type { HyperplaneFamily } from './hyperplanes.js';
import { thresholdNetwork } from './threshold-layers.js';

/** Sizes for n₁ hyperplanes in the first round. */
function claimsFor({ hyperplanes, rounds, complete }: FitChoice): readonly Claim[] {
  const drawn = BigInt(hyperplanes) << BigInt(rounds - 1);
  const most = complete ? `(${drawn} + N*(N - 1))` : `${drawn}`;
  return [
    { quantity: 'width', theorem: most, count: 'max(H, T, C - 1)' },
    { quantity: 'depth', theorem: '4', count: '4' },
    {
      quantity: 'nonzero',
      theorem: `${most}*(d + 1 + N) + 2*N + 2*(C - 1) + 1`,
      count: 'E + Z + F + 2*T + 2*(C - 1) + Zo',
    },
    {
      quantity: 'parameters',
      theorem: `${most}*(d + 1 + N) + N + (N + 1)*(C - 1) + C`,
      count: 'H*(d + 1) + (H + 1)*T + (T + 1)*(C - 1) + C',
    },
  ];
}

function construct(name: string, family: HyperplaneFamily, given: Dataset, options: ConstructionOptions): Construction {
  const { norm, radius, seed = 1 } = options;
  const choice = fitChoice(options);
  const claims = claimsFor(choice);
  const prepared = prepare(given, norm, radius);
  const { data } = prepared;
  if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
  const perHyperplane = family === 'axis' ? 2 : data.dimension + 1;
  const admit = (count: number): void => requireSize(count * perHyperplane, options);
  const fit = fitThreshold(data, { ...choice, family, norm, radius, seed, admit });
  if (!fit.success) throw uncoveredError(data, fit);
  requireSize(
    fit.neurons.reduce((sum, { members }) => sum + members.length, hyperplaneCount(fit.hyperplanes) * perHyperplane),
    options,
  );
  const others = prepared.classes.filter((c) => c !== fit.base);
  const network = thresholdNetwork(fit, others);
  const first = network.layers[0]!;
  const second = network.layers[1]!;
  const promised = radius.n === 0n ? thresholdGuarantees(data, { family, base: fit.base }) : undefined;
  return {
    network: { ...network, output: exactReading(data), provenance: provenanceOf(name, options) },
    claims,
    variables: {
      ...baseVariables(prepared),
      H: BigInt(hyperplaneCount(fit.hyperplanes)),
      T: BigInt(fit.neurons.length),
      E: BigInt(first.columns.length),
      Z: BigInt(nonzeroCount(first.biases)),
      F: BigInt(second.columns.length),
      Zo: fit.base === 0 ? 0n : 1n,
      ...promised?.variables,
    },
    ...(promised === undefined ? {} : { guarantees: promised.guarantees, rationals: promised.rationals }),
    note: fitText(fit, choice),
  };
}

const gaussianNorms: readonly Norm[] = ['linf', 'l1', 'l2'];

export const finkeThreshold = theorem({
  name: 'finke-threshold',
  title: 'randomized threshold network, normal hyperplanes counted on balls; at μ = 0 the algorithm of [DFG]',
  reference: '[DFG, Alg. 2] at μ = 0, on balls ours',
  norms: gaussianNorms,
  balls: 'closed',
  construct: (data, options) => construct('finke-threshold', 'gaussian', data, options),
});

export const finkeAxis = theorem({
  name: 'finke-axis',
  title: 'randomized threshold network, axis-parallel hyperplanes counted on balls',
  reference: 'ours, after [DFG, Alg. 2]',
  norms: ['linf'],
  balls: 'closed',
  construct: (data, options) => construct('finke-axis', 'axis', data, options),
});
