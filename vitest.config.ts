/**
 * Three suites that never mix: `test` (fast and deterministic), `properties` (random data: can only refute) and
 * `proofs` (named instances, exact: no sampling). Time limits only stop what hangs; speed is not asserted.
 */
import { defineConfig } from 'vitest/config';

const minute = 60_000;

export default defineConfig({
  test: {
    reporters: ['default', './scripts/run-report.mjs'],
    projects: [
      {
        test: {
          name: 'test',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      {
        test: {
          name: 'properties',
          include: ['properties/**/*.test.ts'],
          globalSetup: ['properties/setup.ts'],
          testTimeout: 20 * minute,
          hookTimeout: 5 * minute,
        },
      },
      {
        test: {
          name: 'proofs',
          include: ['proofs/**/*.test.ts'],
          testTimeout: 20 * minute,
          hookTimeout: 5 * minute,
        },
      },
    ],
    // Child processes: solvers and typed arrays of many megabytes then cannot disturb each other. Two at a time.
    pool: 'forks',
    maxWorkers: 2,
  },
});
