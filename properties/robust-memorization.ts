/** Every construction of the registry obeys the laws of robust memorization; a file for each norm, so that they run side by side. */
import { describe } from 'vitest';
import { theorems } from '../src/construction/index.js';
import type { Norm } from '../src/format/index.js';
import { robustMemorizationLaws } from '../src/laws/index.js';
import { laws } from './property.js';

/** Networks of many layers and those that are completed take their time, and others draw the same problems. */
const fewer: Readonly<Record<string, number>> = {
  'kmy-moderate': 80,
  'kmy-large': 80,
  'finke-threshold': 40,
  'finke-axis': 40,
  'finke-conv': 10,
};

/** Declares the laws of all constructions in a norm. */
export function lawsInNorm(norm: Norm): void {
  for (const theorem of theorems) {
    if (!theorem.norms.includes(norm)) continue;
    describe(`${theorem.name} in ${norm}`, () => {
      laws(robustMemorizationLaws(theorem, { norms: [norm], runs: fewer[theorem.name] ?? 200 }));
    });
  }
}
