/**
 * Moderate networks of [KMY] with four groups and more: ridges prove every ball whole, with certificates that the checker
 * accepts, and do not prove a ball that a strip attack breaks once the gates are gone.
 */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../src/construction/index.js';
import { classRanks } from '../src/construction/kmy/class-ranks.js';
import { moderateNetwork } from '../src/construction/kmy/moderate.js';
import { moderatePlan } from '../src/construction/kmy/moderate-plan.js';
import { mul, randomSource, rational } from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import { type Dataset, datasetOf } from '../src/geometry/index.js';
import { checkedRidge } from '../src/verify/checked-ridge.js';
import { robustnessQuery, unsafeFor } from '../src/verify/query.js';
import { replay } from '../src/verify/verdict.js';
import { datasets } from './instances/datasets.js';
import { radiusAt } from './instances/instance.js';
import { stripAttack } from './strip-attack.js';

/** Integer points in the plane with three classes in turn. */
function plane(N: number, seed: number): Dataset {
  const random = randomSource(seed);
  const rows = Array.from({ length: N }, () => [rational(random.between(-40, 40)), rational(random.between(-40, 40))]);
  return datasetOf(
    rows,
    rows.map((_, i) => i % 3),
  );
}

const cases: readonly { name: string; norm: Norm; data: Dataset; part: string; groups: number }[] = [
  { name: 'line', norm: 'linf', data: datasets.line, part: '0.9', groups: 4 },
  { name: 'line', norm: 'l2', data: datasets.line, part: '0.998', groups: 4 },
  { name: 'plane', norm: 'linf', data: plane(12, 5), part: '0.9', groups: 8 },
];

describe.each(cases)('$name in $norm, $groups groups', ({ norm, data, part, groups }) => {
  const theorem = theoremNamed('kmy-moderate');
  const radius = mul(theorem.range!.end(data, norm), radiusAt(data, norm, part));
  const ranks = classRanks(data.labels);
  const plan = moderatePlan(data, ranks, norm, radius)!;
  const { network } = theorem.construct(data, { norm, radius });
  const options = { norm, radius, reading: network.output! };
  const ungated = { ...moderateNetwork(data, ranks, plan, { gated: false }), output: network.output! };

  it('every ball is proved, its certificate checked', () => {
    expect(plan.groups).toHaveLength(groups);
    for (let i = 0; i < data.size; i++) {
      expect(checkedRidge(robustnessQuery(network, data, i, options)), `ball ${i}`).toMatchObject({
        verdict: 'unsat',
        evidence: { level: 'certificate', engines: ['ridge'] },
      });
    }
  });

  it('another label is not proved', () => {
    for (let i = 0; i < data.size; i += 3) {
      const other = data.labels[i] === 0 ? 1 : 0;
      const flipped = { ...robustnessQuery(network, data, i, options), unsafe: unsafeFor(network.output!, other) };
      expect(checkedRidge(flipped, { timeoutMs: 1000 }).verdict, `ball ${i}`).not.toBe('unsat');
    }
  });

  // On the line no key lies between those of two cells that an attack could hit.
  if (data.dimension > 1) {
    it('without gates, no ball that the attack breaks is proved', () => {
      const broken = new Set<number>();
      for (const { sample, point } of stripAttack(plan, data, norm)) {
        const found = replay(robustnessQuery(ungated, data, sample, options), point);
        if (found.inside && found.unsafe) broken.add(sample);
      }
      expect(broken.size).toBeGreaterThan(0);
      for (const i of [...broken].slice(0, 2)) {
        const verdict = checkedRidge(robustnessQuery(ungated, data, i, options), { timeoutMs: 3000 });
        expect(verdict.verdict, `ball ${i}`).not.toBe('unsat');
      }
    });
  }
});
