/**
 * Randomized threshold networks: guarantees A and B of guarantees.ts, and the radii that counts certify.
 *
 * A guarantee fails with probability η = 10⁻⁶, so that one of all these runs does with probability below 10⁻³, if the
 * generator of a seed draws as independent choices do. Datasets are small integers: P then is not, nor the networks.
 */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { instance } from '../src/arbitrary/index.js';
import {
  countRadii,
  fitThreshold,
  type HyperplaneFamily,
  thresholdGuarantees,
  thresholdNetwork,
} from '../src/construction/index.js';
import {
  compare,
  evaluateExpression,
  formatRational,
  parseExpression,
  type Rational,
  rational,
} from '../src/exact/index.js';
import { classes, type Dataset, datasetOf, distinctSamples, point, selectSamples } from '../src/geometry/index.js';
import { intervalProof } from '../src/verify/bounds/interval.js';
import { falsify } from '../src/verify/falsify.js';
import { robustnessQuery } from '../src/verify/query.js';
import { property } from './property.js';

const failure = rational(1, 1_000_000);

/** Distinct points of a small grid; the first two differ in their labels. */
const gridData = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.nat(2)), {
    minLength: 2,
    maxLength: 9,
    selector: ([x, y]) => `${x} ${y}`,
  })
  .map((samples) =>
    datasetOf(
      samples.map(([x, y]) => [rational(x), rational(y)]),
      samples.map(([, , label], i) => (i < 2 ? i : label)),
    ),
  );

const cases: readonly { family: HyperplaneFamily; biasBound: Rational; runs: number }[] = [
  { family: 'axis', biasBound: rational(1), runs: 40 },
  { family: 'signs', biasBound: rational(3, 2), runs: 20 },
  { family: 'gaussian', biasBound: rational(1), runs: 15 },
  { family: 'gaussian', biasBound: rational(5, 2), runs: 15 },
];

const named = cases.map((entry) => ({ ...entry, name: `${entry.family}, Λ = ${formatRational(entry.biasBound)}` }));

describe.each(named)('$name', ({ family, biasBound, runs }) => {
  const guaranteed = async (data: Dataset, which: number) => {
    const { guarantees, variables, rationals } = thresholdGuarantees(data, { family, biasBound, failure })!;
    const whole = Object.entries(variables).map(([name, n]) => [name, rational(n)] as const);
    const values = { ...rationals, ...Object.fromEntries(whole) };
    const value = async (formula: string): Promise<number> =>
      Number(evaluateExpression(await parseExpression(formula), values).n);
    const { hyperplanes, neurons } = guarantees[which]!;
    return { hyperplanes: await value(hyperplanes), neurons: await value(neurons) };
  };
  property(
    'A: from n₁ on, one round covers every class',
    [gridData, fc.nat(1e6)],
    async (data, seed) => {
      const { hyperplanes, neurons } = await guaranteed(data, 0);
      const fit = fitThreshold(data, { family, biasBound, hyperplanes, seed });
      expect(fit.left).toEqual([]);
      expect(fit.neurons.length).toBeLessThanOrEqual(neurons);
    },
    { runs },
  );
  property(
    'B: from n₁ on, there are no more neurons than parts',
    [gridData, fc.nat(1e6)],
    async (data, seed) => {
      const { hyperplanes, neurons } = await guaranteed(data, 1);
      const fit = fitThreshold(data, { family, biasBound, hyperplanes, seed });
      expect(fit.left).toEqual([]);
      expect(fit.neurons.length).toBeLessThanOrEqual(neurons);
    },
    { runs },
  );
});

for (const norm of ['linf', 'l1', 'l2'] as const) {
  property(
    `counts certify open balls in ${norm}, at least as large as the network was made for`,
    [instance({ norms: [norm], size: { max: 9 }, labels: { min: 2 } }), fc.nat(1e6)],
    ({ data: given, radius }, seed) => {
      const data = selectSamples(given, distinctSamples(given));
      if (classes(data).length < 2) return;
      const fit = fitThreshold(data, { hyperplanes: 24, norm, radius, complete: true, seed });
      const others = classes(data).filter((c) => c !== fit.base);
      const network = thresholdNetwork(fit, others);
      const labels = Array.from({ length: Math.max(...data.labels) + 1 }, (_, c) => String(c));
      const reading = { notion: 'exact', labels } as const;
      const radii = countRadii(fit, norm);
      for (let i = 0; i < data.size; i++) {
        const { cell, count } = radii(point(data, i));
        if (count === undefined) continue;
        expect(compare(cell!, count)).toBeLessThanOrEqual(0);
        expect(compare(radius, count)).toBeLessThanOrEqual(0);
        if (count.n === 0n) continue;
        const options = { norm, radius: count, reading, open: true };
        const asked = robustnessQuery(network, data, i, options);
        expect(intervalProof(asked).every(Boolean)).toBe(true);
        expect(falsify(asked, { samples: 20 })).toBeUndefined();
      }
    },
    { runs: 25 },
  );
}
