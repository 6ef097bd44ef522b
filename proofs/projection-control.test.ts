/**
 * A map that does not preserve is never proved: beyond the radius that its kernel allows, z3 refutes a ball of the closest
 * pair, although the balls are disjoint and other networks are right on them. Below it every ball is proved.
 */
import { expect, it } from 'vitest';
import { theoremNamed } from '../src/construction/index.js';
import { half, less, mul, rational } from '../src/exact/index.js';
import { separation } from '../src/geometry/index.js';
import { breakNetwork } from '../src/theory/index.js';
import { robustnessQuery } from '../src/verify/query.js';
import { replay } from '../src/verify/verdict.js';
import { datasets } from './instances/datasets.js';
import { warmZ3 } from './warm-z3.js';

const z3 = warmZ3();

it.each([
  ['l1', 'space', 1],
  ['linf', 'cube', 2],
] as const)('a memorizer in %s of %s that begins with a map to %i dimensions', async (norm, name, projected) => {
  const data = datasets[name];
  const radius = rational(1, 40);
  const { network } = theoremNamed('eys-projected-ball').construct(data, { norm, radius, projected });
  const reading = network.output!;
  const { samples, radiusMagnitude } = breakNetwork(network, data, norm)!;
  // The balls that the map merges are still disjoint.
  expect(less(radiusMagnitude, mul(half, separation(data, norm)!.magnitude))).toBe(true);
  expect(less(radius, radiusMagnitude)).toBe(true);
  const words: string[] = [];
  for (const i of samples) {
    expect((await z3.verify(robustnessQuery(network, data, i, { norm, radius, reading }))).verdict).toBe('unsat');
    const beyond = robustnessQuery(network, data, i, { norm, radius: radiusMagnitude, reading });
    const verdict = await z3.verify(beyond);
    words.push(verdict.verdict);
    if (verdict.verdict === 'sat') expect(replay(beyond, verdict.point)).toMatchObject({ inside: true, unsafe: true });
  }
  expect(words).toContain('sat');
});
