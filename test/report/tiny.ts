/** A dataset of four points of the plane, its wide ℓ∞ network [YGZ, Thm 4.8], and reports about them, by hand. */
import { parseRational, type Rational, rational } from '../../src/exact/index.js';
import type { Evidence } from '../../src/format/index.js';
import { type Dataset, datasetOf } from '../../src/geometry/index.js';
import { layerBuilder, type Network } from '../../src/network/index.js';
import { counterexampleReport } from '../../src/report/counterexample.js';
import type { ProofReport } from '../../src/report/proof-report.js';
import { robustnessQuery } from '../../src/verify/query.js';

export const values = (...texts: string[]): Rational[] => texts.map((t) => parseRational(t));

export const tinyData: Dataset = datasetOf(
  [values('0', '0'), values('1', '0'), values('0', '1'), values('2', '1')],
  [0, 1, 1, 0],
  { name: 'tiny', labelNames: ['<low>', 'a & "b"'], lines: [2, 3, 4, 6] },
);

const one = rational(1);
const radius = rational(3, 8);

/** g_i = relu(1 − (1/γ) Σ_j |x_j − x_ij| beyond μ) for both samples of class 1, γ = 1 − 2μ = 1/4; f = 1 − relu(1 − Σ g_i). */
export const tinyNetwork: Network = (() => {
  const first = layerBuilder(2, 'relu');
  const walls = [1, 2].map((i) =>
    [0, 1].flatMap((j) => {
      const x = tinyData.coordinates.numerators[2 * i + j] as number;
      return [
        first.neuron([j], [one], rational(-8 * x - 3, 8)),
        first.neuron([j], [rational(-1)], rational(8 * x - 3, 8)),
      ];
    }),
  );
  const second = layerBuilder(first.size(), 'relu');
  const indicators = walls.map((w) =>
    second.neuron(
      w,
      w.map(() => rational(-4)),
      one,
    ),
  );
  const third = layerBuilder(second.size(), 'relu');
  const clip = third.neuron(indicators, [rational(-1), rational(-1)], one);
  const last = layerBuilder(1, 'identity');
  last.neuron([clip], [rational(-1)], one);
  return {
    layers: [first.build(), second.build(), third.build(), last.build()],
    output: { notion: 'exact', labels: ['0', '1'] },
  };
})();

export const tinyRadius = radius;
export const certificate: Evidence = { level: 'certificate', engines: ['interval'] };
export const twoEngines: Evidence = { level: 'two', engines: ['interval', 'z3'] };
export const oneEngine: Evidence = { level: 'engine', engines: ['z3'] };

/** Around sample 1, a ball beyond δ/2, and a point of it that has class 0. */
export const tinyTooLarge = rational(3, 4);
export const tinyCounterexample = values('1/3', '0');

const tinyQuery = (sample: number, r: Rational) =>
  robustnessQuery(tinyNetwork, tinyData, sample, { norm: 'linf', radius: r, reading: tinyNetwork.output! });

/** Every ball proved. */
export const provedReport: ProofReport = {
  dataset: { name: 'tiny', samples: 4, distinct: 4, dimension: 2, classes: 2, labelNames: tinyData.labelNames },
  norm: 'linf',
  separation: { magnitude: '1', pair: [0, 1], lines: [2, 3] },
  radius: { value: '3/8', asked: '3/4*delta/2', ratio: '3/4' },
  construction: {
    name: 'ygz-wide',
    title: 'wide memorizer for ℓ∞',
    reference: '[YGZ, Thm 4.8]',
    claims: [
      { quantity: 'width', theorem: { formula: '2*d*N', value: '16' }, count: { formula: 'w', value: '7' } },
      { quantity: 'depth', theorem: { formula: '4', value: '4' }, count: { formula: '4', value: '4' } },
      { quantity: 'nonzero', theorem: { formula: '(6*d+2)*N', value: '1256' } },
      { quantity: 'parameters', theorem: { formula: '10^7', value: '10000000' }, count: { formula: 'p', value: '44' } },
    ],
  },
  complexity: { width: 7, depth: 4, nonzero: 29, parameters: '44', bits: 4 },
  network: '9f3ac1d07be2'.padEnd(64, '0'),
  engines: ['interval'],
  balls: [0, 1, 2, 3].map((sample) => ({
    sample,
    line: tinyData.lines![sample]!,
    label: tinyData.labels[sample]!,
    verdict: 'unsat',
    evidence: certificate,
    seconds: 0.001,
  })),
  seconds: 0.25,
};

/** A network from a file with every kind of outcome, ℓ2, many samples. */
export const mixedReport: ProofReport = {
  dataset: {
    name: 'tiny|`x`',
    samples: 12_345,
    distinct: 12_000,
    dimension: 2,
    classes: 2,
    labelNames: tinyData.labelNames,
  },
  norm: 'l2',
  separation: { magnitude: '6/5', pair: [2, 3] },
  radius: { value: '3/4', note: 'rounded down to a multiple of 1e-10' },
  complexity: { width: 1_234, depth: 4, nonzero: 56_789, parameters: '17000000', bits: 30 },
  network: 'ab'.repeat(32),
  engines: ['interval', 'z3'],
  balls: [
    { sample: 0, label: 0, verdict: 'unsat', evidence: certificate },
    {
      sample: 1,
      label: 1,
      verdict: 'sat',
      counterexample: counterexampleReport(
        tinyQuery(1, tinyTooLarge),
        tinyCounterexample,
        tinyNetwork.output!,
        'sample 1',
        { label: 1, labelNames: tinyData.labelNames!, replay: 'muball replay counterexamples/9f3ac1.json' },
      ),
    },
    { sample: 2, line: 4, label: 1, verdict: 'unsat', evidence: twoEngines },
    { sample: 3, label: 0, verdict: 'unsat', evidence: oneEngine },
    { sample: 4, line: 9, label: 1, verdict: 'timed-out', reason: 'no answer after 10 s' },
    { sample: 5, label: 0, verdict: 'unknown', reason: 'z3 was killed, "outside"\nand more' },
  ],
};
