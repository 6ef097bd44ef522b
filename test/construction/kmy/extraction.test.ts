/** The original bit extraction of [VYS] in place of ours: other networks, the same labels. */
import { describe, expect, test } from 'vitest';
import { theoremNamed } from '../../../src/construction/index.js';
import { add, randomSource, rational, sub } from '../../../src/exact/index.js';
import { datasetOf, point } from '../../../src/geometry/index.js';
import { requireClaims } from '../../../src/laws/claims-hold.js';
import { complexity, evaluate } from '../../../src/network/index.js';

// On a line, so that records outnumber what hats look up faster.
const random = randomSource(2);
const places = new Set<number>();
while (places.size < 600) places.add(random.below(40_000));
const data = datasetOf(
  [...places].map((x) => [rational(x)]),
  [...places].map((_, i) => i % 3),
);
const radius = rational(1, 2000);

describe.each(['kmy-small', 'kmy-moderate'])('%s', (name) => {
  const built = (['peeling', 'triangle'] as const).map((extraction) =>
    theoremNamed(name).construct(data, { norm: 'l2', radius, extraction }),
  );
  const sizes = built.map(({ network }) => complexity(network));

  test('triangles take a layer more and more neurons', () => {
    expect(sizes[1]!.depth).toBe(sizes[0]!.depth + 1);
    expect(sizes[1]!.width).toBeGreaterThan(sizes[0]!.width);
    expect(built[1]!.network.provenance?.extraction).toBe('triangle');
  });

  test('labels are right at centres and ends of balls', () => {
    for (const { network } of built) {
      for (let i = 0; i < data.size; i += 23) {
        const x = point(data, i)[0]!;
        for (const at of [x, add(x, radius), sub(x, radius)]) {
          expect(evaluate(network, [at])).toEqual([rational(data.labels[i]!)]);
        }
      }
    }
  });

  test('claims hold for both', async () => {
    for (const construction of built) await requireClaims(construction);
  });
});
