/** Every construction labels every sampled point of every closed ball exactly, on random datasets in each of its norms. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { MemorizationInstance } from '../src/arbitrary/index.js';
import { instance, pointInBall } from '../src/arbitrary/index.js';
import { theorems } from '../src/construction/index.js';
import { formatRational } from '../src/exact/index.js';
import { type Dataset, point } from '../src/geometry/index.js';
import { evaluate, type Network } from '../src/network/index.js';
import { property } from './property.js';

/** Points drawn in each ball. */
const pointsPerBall = 4;

/** Expects the label of sample i, exactly, at random points of its ball; the directions of other labels come first. */
function expectLabels(network: Network, { data, norm, radius }: MemorizationInstance, seed: number): void {
  for (let i = 0; i < data.size; i++) {
    const towards = otherPoints(data, i);
    const drawn = fc.sample(pointInBall(point(data, i), radius, norm, { towards }), {
      seed: seed + i,
      numRuns: pointsPerBall,
    });
    for (const x of drawn) {
      const outputs = evaluate(network, x).map(formatRational);
      expect(outputs, `sample ${i} at (${x.map(formatRational).join(', ')})`).toEqual([String(data.labels[i])]);
    }
  }
}

const otherPoints = (data: Dataset, i: number) =>
  data.labels.flatMap((label, k) => (label === data.labels[i] ? [] : [point(data, k)]));

for (const theorem of theorems) {
  for (const norm of theorem.norms) {
    property(
      `${theorem.name} memorizes robustly in ${norm}`,
      [instance({ norms: [norm] }), fc.nat({ max: 2 ** 30 })],
      (drawn, seed) => {
        const { network } = theorem.construct(drawn.data, { norm, radius: drawn.radius });
        expectLabels(network, drawn, seed);
      },
      { runs: 200 },
    );
  }
}
