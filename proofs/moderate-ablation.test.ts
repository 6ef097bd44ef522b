/**
 * The gate of the moderate regime is what makes it right: without it, points in strips below walls have wrong labels.
 *
 * Every point is evaluated exactly, inside its closed ball; a wrong one is a counterexample.
 */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../src/construction/index.js';
import { classRanks } from '../src/construction/kmy/class-ranks.js';
import { moderateNetwork } from '../src/construction/kmy/moderate.js';
import { moderatePlan } from '../src/construction/kmy/moderate-plan.js';
import { mul, randomSource, rational } from '../src/exact/index.js';
import { type Dataset, datasetOf } from '../src/geometry/index.js';
import { networkHash } from '../src/network/index.js';
import { robustnessQuery } from '../src/verify/query.js';
import { replay } from '../src/verify/verdict.js';
import { radiusAt } from './instances/instance.js';
import { stripAttack } from './strip-attack.js';

/** Integer points with three classes in turn. */
function integerPoints(N: number, d: number, seed: number): Dataset {
  const random = randomSource(seed);
  const rows = Array.from({ length: N }, () => Array.from({ length: d }, () => rational(random.between(-40, 40))));
  return datasetOf(
    rows,
    rows.map((_, i) => i % 3),
  );
}

const cases = (['linf', 'l1', 'l2'] as const).flatMap((norm) => [1, 2].map((seed) => ({ norm, seed })));

describe.each(cases)('$norm, dataset $seed', ({ norm, seed }) => {
  const data = integerPoints(48, 4, seed);
  const theorem = theoremNamed('kmy-moderate');
  const radius = mul(theorem.range!.end(data, norm), radiusAt(data, norm, '1/2'));
  const ranks = classRanks(data.labels);
  const plan = moderatePlan(data, ranks, norm, radius)!;
  const { network } = theorem.construct(data, { norm, radius });
  const options = { norm, radius, reading: network.output! };
  const ungated = { ...moderateNetwork(data, ranks, plan, { gated: false }), output: network.output! };

  it('the attack never breaks the network, and breaks it without its gates', () => {
    expect(plan.groups.length).toBeGreaterThanOrEqual(4);
    const found = { inside: 0, gated: 0, ungated: 0 };
    for (const { sample, point } of stripAttack(plan, data, norm)) {
      const query = robustnessQuery(network, data, sample, options);
      const own = replay(query, point);
      if (!own.inside) continue;
      found.inside++;
      if (own.unsafe) found.gated++;
      if (replay({ ...query, network: ungated }, point).unsafe) found.ungated++;
    }
    expect(found.inside).toBeGreaterThan(300);
    expect(found.gated).toBe(0);
    expect(found.ungated).toBeGreaterThanOrEqual(4);
  });

  it('is of the network that the theorem builds', () => {
    const gated = moderateNetwork(data, ranks, plan);
    expect(networkHash({ ...gated, output: network.output! })).toBe(networkHash(network));
    expect(networkHash(ungated)).not.toBe(networkHash(network));
  });
});
