/**
 * The convolutional threshold network: signals are labelled alike in all their shifts, by filters that shifts share.
 *
 * Requires: a dataset of cyclic signals on ℤ_a or ℤ_a × ℤ_b, any classes; 0 ≤ μ and 2μ < δ_W in ℓ1, ℓ2 or ℓ∞, where δ_W is
 *   the distance of a sample's window from the windows of all shifts of the others (window-separation.ts).
 * Returns: depth 4, `step` activations; H(k + 1) + T(H + 1) weights and biases in its first two layers for H filters on
 *   windows of k places and T counting neurons, whatever the number D of shifts; stored, each is there D times.
 * Guarantees: F(T_t z) = F(z), exactly, for every z and every shift t; F(z) = y_i, exactly, on the closed balls around all
 *   shifts of all samples, whatever the random choices. Interval propagation proves it.
 * Method: Φ_{i,t}(x) = step(w_i·(T_t x) + b_i) on the window. The covering of threshold.ts with all shifts as views: U and the
 *   neuron of a candidate come from its window in shift 0; m is the least count over the other classes in all shifts; a
 *   sample is covered when one of its shifts is. ψ_{j,t} = step(m_j − Σ_{U_j} Φ_{i,t}); a class fires when one of its ψ does.
 * Reference: [F, Part I] on convolutional networks, after its abstract; the construction is ours.
 */
import { div, type Rational, rational, rootBelow } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { type Dataset, distinctSamples, selectSamples, separation } from '../../geometry/index.js';
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
import { convolutionNetwork, sharedParameters } from './convolution-layers.js';
import { fitThreshold, hyperplaneCount } from './fit.js';
import { type FitChoice, fitChoice, fitText, uncoveredError } from './fit-choice.js';
import { thresholdGuarantees } from './guarantees.js';
import { signalWindows, windowViews } from './signal-windows.js';
import { hyperplaneLayer } from './threshold-layers.js';
import { requireWindowsApart, windowSeparation } from './window-separation.js';

const name = 'finke-conv';

/** Sizes for n₁ filters in the first round, d shifts. */
function claimsFor({ hyperplanes, rounds, complete }: FitChoice): readonly Claim[] {
  const drawn = BigInt(hyperplanes) << BigInt(rounds - 1);
  const most = complete ? `(${drawn} + d*N*(N - 1))` : `${drawn}`;
  return [
    { quantity: 'width', theorem: `d*${most}`, count: 'max(d*H, d*T, C - 1)' },
    { quantity: 'depth', theorem: '4', count: '4' },
    {
      quantity: 'nonzero',
      theorem: `d*(${most}*(d + 1 + N) + 2*N) + 2*(C - 1) + 1`,
      count: 'd*(E + Z + F + 2*T) + 2*(C - 1) + Zo',
    },
    {
      quantity: 'parameters',
      theorem: `d*${most}*(d + 1) + (d*${most} + 1)*d*N + (d*N + 1)*(C - 1) + C`,
      count: 'd*H*(d + 1) + (d*H + 1)*d*T + (d*T + 1)*(C - 1) + C',
    },
  ];
}

export const finkeConvolutional = theorem({
  name,
  title: 'convolutional threshold network: cyclic signals, the same label in all shifts',
  reference: 'ours, after [F, Part I]',
  norms: ['linf', 'l1', 'l2'],
  balls: 'closed',
  signal: true,
  range: { text: 'μ < δ/2 over all shifts', end: shiftRatio },
  construct(given, options) {
    const { norm, radius, seed = 1, shape, window } = options;
    const choice = fitChoice(options);
    const claims = claimsFor(choice);
    const windows = signalWindows(given.dimension, { shape, window });
    const prepared = prepare(given, norm, radius);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
    const base = mostFrequentClass(data);
    const closest = windowSeparation(data, windows, norm, base)!;
    requireWindowsApart(data, windows, closest, radius);
    // Every filter is stored once for each shift, and so is every counting neuron that reads it.
    const weights = (filters: number): number => windows.shifts * filters * (windows.size + 1);
    const views = windowViews(data, windows);
    const admit = (filters: number): void => requireSize(weights(filters), options);
    const fit = fitThreshold(data, { ...choice, norm, radius, seed, base, views, admit });
    if (!fit.success) throw uncoveredError(data, fit);
    const H = hyperplaneCount(fit.hyperplanes);
    const T = fit.neurons.length;
    const F = fit.neurons.reduce((sum, { members }) => sum + members.length, 0);
    requireSize(weights(H) + windows.shifts * F, options);
    const others = prepared.classes.filter((c) => c !== base);
    const filters = hyperplaneLayer(fit.hyperplanes);
    // Distances over shifts are those of a metric only where filters see the whole signal.
    const whole = windows.size === windows.shifts;
    const promised = radius.n === 0n && whole ? thresholdGuarantees(data, { base, views }) : undefined;
    return {
      network: {
        ...convolutionNetwork(fit, windows, others),
        output: exactReading(data),
        provenance: provenanceOf(name, options),
      },
      claims,
      variables: {
        ...baseVariables(prepared),
        k: BigInt(windows.size),
        H: BigInt(H),
        T: BigInt(T),
        E: BigInt(filters.columns.length),
        Z: BigInt(nonzeroCount(filters.biases)),
        F: BigInt(F),
        Zo: base === 0 ? 0n : 1n,
        ...promised?.variables,
      },
      ...(promised === undefined ? {} : { guarantees: promised.guarantees, rationals: promised.rationals }),
      note: `${fitText(fit, choice)}; ${sharedParameters(fit, windows)} parameters on windows of ${windows.size} places, shared by ${windows.shifts} shifts`,
    };
  },
});

/** δ_W/δ for windows as large as the signal, in ℓ2 rounded down; 0 when a shift of a sample has another label. */
function shiftRatio(given: Dataset, norm: Norm): Rational {
  const data = selectSamples(given, distinctSamples(given));
  const whole = separation(data, norm);
  const closest = windowSeparation(data, signalWindows(data.dimension), norm, mostFrequentClass(data));
  if (whole === undefined || closest === undefined) return rational(1);
  const ratio = div(closest.magnitude, whole.magnitude);
  return norm !== 'l2' || ratio.n === 0n ? ratio : rootBelow(ratio, 24).value;
}
