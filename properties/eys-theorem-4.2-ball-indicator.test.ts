/**
 * [EYS, Thm 4.2]: ball indicators with several coordinates in a layer, and with weights that are not rounded, obey the
 * same laws and claims; squares are approximated from above, and never by more than the room between balls.
 */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { instance } from '../src/arbitrary/index.js';
import { type ConstructionOptions, eysBall, eysBallL1, eysBallL2, squareScales } from '../src/construction/index.js';
import { add, compare, mul, powerOfTwo, rational, square, sub } from '../src/exact/index.js';
import { identityMap, imagesUnder, separation } from '../src/geometry/index.js';
import { robustMemorizationLaws } from '../src/laws/index.js';
import { complexity } from '../src/network/index.js';
import { laws, property } from './property.js';

const variants: readonly (readonly [string, Partial<ConstructionOptions>])[] = [
  ['two coordinates in a layer', { perLayer: 2 }],
  ['all coordinates in a layer', { perLayer: 9 }],
  ['weights not rounded', { dyadic: false }],
];

for (const theorem of [eysBall, eysBallL1, eysBallL2]) {
  for (const [title, extra] of variants) {
    if ('dyadic' in extra && theorem !== eysBallL2) continue;
    describe(`${theorem.name}, ${title}`, () => {
      const variant = {
        ...theorem,
        construct: (...[data, options]: Parameters<typeof theorem.construct>) =>
          theorem.construct(data, { ...options, ...extra }),
      };
      laws(robustMemorizationLaws(variant, { runs: 80, without: ['impossible input is refused'] }));
    });
  }
}

property(
  'with more coordinates in a layer the network is never deeper',
  [instance({ size: { max: 5 }, dimension: { max: 6 } }), fc.integer({ min: 1, max: 6 })],
  ({ data, norm, radius }, perLayer) => {
    const theorem = { linf: eysBall, l1: eysBallL1, l2: eysBallL2 }[norm];
    const depths = [perLayer, perLayer + 1].map(
      (B) => complexity(theorem.construct(data, { norm, radius, perLayer: B }).network).depth,
    );
    expect(depths[1]).toBeLessThanOrEqual(depths[0]!);
  },
  { runs: 100 },
);

property(
  'the levels of the sawtooth are the least that leave room between balls, rounded or not',
  [instance({ norms: ['l2'], labels: { min: 2 } }), fc.boolean()],
  ({ data, radius }, dyadic) => {
    const map = identityMap(data.dimension);
    const squared = separation(data, 'l2')!.magnitude;
    const scales = squareScales(map, imagesUnder(map, data), squared, radius, { dyadic });
    const total = scales.weights.reduce(add);
    const error = (m: number) => mul(total, powerOfTwo(-2 * (m + 1)));
    // Own balls end below the threshold, others begin beyond threshold + gap, which is at most (δ − μ)².
    const own = sub(scales.threshold, square(radius));
    expect(compare(error(scales.levels), own)).toBeLessThanOrEqual(0);
    const far = add(scales.threshold, scales.gap);
    // √far + μ ≤ δ, squared twice: far + μ² + 2μ√far ≤ δ².
    const rest = sub(sub(squared, far), square(radius));
    expect(rest.n >= 0n).toBe(true);
    expect(compare(mul(rational(4), mul(square(radius), far)), square(rest))).toBeLessThanOrEqual(0);
    if (scales.levels > 1) {
      const room = mul(rational(1, 2), sub(squared, mul(rational(4), square(radius))));
      // One level less would cost more than a part of the room that depends on nothing.
      expect(compare(mul(rational(32), error(scales.levels - 1)), mul(rational(1, 4), room))).toBeGreaterThan(0);
    }
  },
  { runs: 400 },
);
