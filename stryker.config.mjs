/**
 * Mutation tests of one part of `src/`, which MUBALL_MUTATE names; `npm run mutation` runs all parts one by one.
 *
 * What survives is explained in docs/mutation.md.
 */
import { mutationParts } from './scripts/mutation-parts.mjs';

const part = process.env.MUBALL_MUTATE ?? 'exact';
const folder = `out/mutation/${part}`;

export default {
  mutate: mutationParts[part].mutate,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.mjs', related: false },
  // A file that does not exist: stryker's rewriting of tsconfig files calls a function that TypeScript 6 does not have.
  tsconfigFile: 'out/no-tsconfig.json',
  ignorePatterns: ['/dist', '/out', '/bench', '/proofs', '/properties', '/counterexamples', '*.tgz'],
  tempDirName: 'out/mutation/sandbox',
  concurrency: Number(process.env.MUBALL_MUTATION_JOBS ?? 1),
  // A busy machine is no reason to count a change as noticed.
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile: `${folder}.incremental.json`,
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: `${folder}.json` },
  htmlReporter: { fileName: `${folder}.html` },
  thresholds: { high: 95, low: 85, break: 85 },
  allowEmpty: false,
};
