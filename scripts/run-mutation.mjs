/**
 * What `npm run mutation` runs: stryker on each part of `src/` in turn, then one table of scores.
 *
 *   node scripts/run-mutation.mjs [part …]
 *
 * Reports lie in `out/mutation`. Exit code 0 when every part reaches the score of stryker.config.mjs, 1 when one does
 * not, 2 for an unknown part.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutationParts } from './mutation-parts.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const known = Object.keys(mutationParts);
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !known.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`run-mutation: expected ${known.join(', ')}, got ${unknown}\n`);
  process.exit(2);
}
mkdirSync(join(root, 'out', 'mutation'), { recursive: true });
const stryker = join(
  dirname(createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json')),
  'bin',
  'stryker.js',
);

/** Counts of mutants by what became of them. */
function countsOf(part) {
  const file = join(root, 'out', 'mutation', `${part}.json`);
  if (!existsSync(file)) return {};
  const mutants = Object.values(JSON.parse(readFileSync(file, 'utf8')).files).flatMap((f) => f.mutants);
  return Object.fromEntries(
    ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map((s) => [s, mutants.filter((m) => m.status === s).length]),
  );
}

let failed = false;
const lines = [];
for (const part of asked.length > 0 ? asked : known) {
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'stryker.config.mjs'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUBALL_MUTATE: part },
  });
  failed ||= status !== 0;
  const { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0 } = countsOf(part);
  const noticed = Killed + Timeout;
  const all = noticed + Survived + NoCoverage;
  const score = all === 0 ? 'no mutants' : `${((100 * noticed) / all).toFixed(1)} %`;
  lines.push(`${part}: ${score}, ${noticed} of ${all} noticed, ${Survived} survived, ${NoCoverage} not covered`);
}
process.stdout.write(`\n${lines.join('\n')}\n`);
process.exit(failed ? 1 : 0);
