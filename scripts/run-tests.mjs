/**
 * What `npm test` runs after the build: the three vitest projects one after the other, then one line of counts.
 *
 *   node scripts/run-tests.mjs [project …]
 *
 * Exit code 0 when all passed; 1 when a test failed, a project had no tests, or a property made fewer runs than asked;
 * 2 for an unknown project; 130 when interrupted.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const known = ['test', 'properties', 'proofs'];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !known.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`run-tests: expected ${known.join(', ')}, got ${unknown}\n`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'muball-tests-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let running;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
    // A test that never yields cannot hear the signal.
    setTimeout(() => running?.kill('SIGKILL'), 3000).unref();
  });
}

/** Runs one project; resolves to its counts and its complaints. */
async function runProject(name) {
  const summaryFile = join(folder, `${name}.json`);
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const code = await new Promise((resolve) => {
    running = spawn(process.execPath, [vitest, 'run', '--root', root, '--project', name], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, MUBALL_TEST_SUMMARY: summaryFile },
    });
    running.once('error', (error) => {
      process.stderr.write(`run-tests: ${error.message}\n`);
      resolve(1);
    });
    running.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  running = undefined;
  const summary = existsSync(summaryFile)
    ? JSON.parse(readFileSync(summaryFile, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, runs: 0, short: [] };
  return { name, code, ...summary };
}

/** What makes a project fail beyond its failed tests. */
function complaints({ name, code, passed, failed, short }) {
  if (passed + failed === 0) return [`${name}: no tests ran`];
  const found = short.map((property) => `${name}: too few runs, ${property}`);
  if (code !== 0 && failed === 0 && found.length === 0) found.push(`${name}: vitest ended with exit code ${code}`);
  return found;
}

/** `properties 96 (41,200 runs, seed 7)` */
function countText({ name, passed, failed, skipped, runs, seed }) {
  const notes = [];
  if (skipped > 0) notes.push(`${skipped} skipped`);
  if (runs > 0) notes.push(`${runs.toLocaleString('en-US')} runs`, `seed ${seed}`);
  return `${name} ${passed + failed}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

const results = [];
for (const name of asked.length > 0 ? asked : known) {
  results.push(await runProject(name));
  if (interrupted) process.exit(130);
}

const found = results.flatMap(complaints);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
// A complaint about a property that ran too few times is also a failed test, and counts once.
const extra = results.filter((result) => result.failed === 0 && complaints(result).length > 0).length;
const failed = results.reduce((sum, result) => sum + result.failed, 0) + extra;
process.stdout.write(`\n${found.map((text) => `${text}\n`).join('')}`);
process.stdout.write(`${results.map(countText).join(' · ')}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
