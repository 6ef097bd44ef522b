/** Every construction of the registry obeys the laws of robust memorization, in each of its norms. */
import { describe } from 'vitest';
import { theorems } from '../src/construction/index.js';
import { robustMemorizationLaws } from '../src/laws/index.js';
import { laws } from './property.js';

/** Networks of many layers take their time, and others draw the same problems. */
const deep: readonly string[] = ['kmy-moderate', 'kmy-large'];

for (const theorem of theorems) {
  for (const norm of theorem.norms) {
    describe(`${theorem.name} in ${norm}`, () => {
      laws(robustMemorizationLaws(theorem, { norms: [norm], runs: deep.includes(theorem.name) ? 80 : 200 }));
    });
  }
}
