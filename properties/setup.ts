/** Once per run of the properties, before any worker: fixes the seed, prints it, and hands it to the workers. */
import type { TestProject } from 'vitest/node';
import { defaultSeed, seedFrom } from './seed.js';

declare module 'vitest' {
  interface ProvidedContext {
    seed: number;
  }
}

export function setup(project: TestProject): void {
  const seed = seedFrom(process.env);
  project.provide('seed', seed);
  const note = seed === defaultSeed ? 'the default' : 'from MUBALL_SEED';
  process.stdout.write(`\nproperties: seed ${seed} (${note}; MUBALL_SEED=${seed} repeats this run)\n`);
}
