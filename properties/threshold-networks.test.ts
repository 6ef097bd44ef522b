/** The randomized threshold networks obey the laws of robust memorization, and their sizes are recomputed plainly. */
import { describe, expect } from 'vitest';
import { instance } from '../src/arbitrary/index.js';
import { finkeAxis, finkeThreshold, mostFrequentClass } from '../src/construction/index.js';
import { classes, distinctSamples, selectSamples } from '../src/geometry/index.js';
import { robustMemorizationLaws } from '../src/laws/index.js';
import { laws, property } from './property.js';
import { thresholdSizes } from './threshold-reference.js';

for (const theorem of [finkeThreshold, finkeAxis]) {
  for (const norm of theorem.norms) {
    describe(`${theorem.name} in ${norm}`, () => {
      laws(robustMemorizationLaws(theorem, { norms: [norm], runs: 40 }));
      property(
        'counts what a plain construction counts',
        [instance({ norms: [norm], size: { max: 9 }, labels: { min: 2 } })],
        ({ data, radius }) => {
          const merged = selectSamples(data, distinctSamples(data));
          if (classes(merged).length < 2) return;
          const family = theorem === finkeAxis ? 'axis' : 'gaussian';
          const sizes = thresholdSizes(merged, mostFrequentClass(merged), family, norm, radius);
          expect(theorem.construct(data, { norm, radius }).variables).toMatchObject(sizes);
        },
        { runs: 40 },
      );
    });
  }
}
