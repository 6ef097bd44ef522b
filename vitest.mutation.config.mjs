/** The tests of the part of `src/` that MUBALL_MUTATE names; see stryker.config.mjs. */
import { defineConfig } from 'vitest/config';
import { mutationParts } from './scripts/mutation-parts.mjs';

const { tests, without = [] } = mutationParts[process.env.MUBALL_MUTATE ?? 'exact'];

export default defineConfig({
  test: { include: tests, exclude: ['node_modules/**', ...without], testTimeout: 60_000, hookTimeout: 60_000 },
});
