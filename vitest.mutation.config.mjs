/** The tests of the part of `src/` that MUBALL_MUTATE names; see stryker.config.mjs. */
import { defineConfig } from 'vitest/config';
import { mutationParts } from './scripts/mutation-parts.mjs';
import { LoadingReporter } from './scripts/mutation-reporter.mjs';

const { tests, without = [], together = false } = mutationParts[process.env.MUBALL_MUTATE ?? 'exact'];

export default defineConfig({
  test: {
    include: tests,
    exclude: ['node_modules/**', ...without],
    reporters: [new LoadingReporter()],
    // Files that leave nothing behind share a process: starting one takes longer than most of them.
    isolate: !together,
    setupFiles: together ? ['scripts/mutation-coverage.mjs'] : [],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
