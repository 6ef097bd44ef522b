/**
 * The main job on small data: Iris, ℓ∞ at ρ = 0.99, construct and prove 150 balls, as a whole process.
 *
 *   npm run build && npm run bench:iris -- [--repeat 7]
 *
 * Each figure is the median of fresh processes, taken in turn with an empty one, so that a busy machine shows in both.
 * Then what each import costs on its own; packages that the job does not load are marked.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({ options: { repeat: { type: 'string', default: '7' } } });
const repeat = Math.max(1, Number(flags.repeat) || 1);
const root = fileURLToPath(new URL('..', import.meta.url));

const job = ['dist/cli/main.js', 'prove', '--data', 'examples/data/iris.csv', '--norm', 'linf', '--ratio', '0.99'];
const runs = { job, 'muball --version': ['dist/cli/main.js', '--version'], 'empty process': ['-e', ''] };
const seconds = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
for (let t = 0; t < repeat; t++) {
  for (const [name, args] of Object.entries(runs)) seconds[name].push(timed(args));
}
console.log(`node ${process.version}, median of ${repeat} processes, seconds`);
for (const [name, list] of Object.entries(seconds)) {
  console.log(`${(name === 'job' ? `node ${job.join(' ')}` : name).padEnd(86)}${median(list).toFixed(2).padStart(6)}`);
}

console.log('\nimport, median of 3 processes, milliseconds');
const imports = [
  ...['format', 'exact', 'geometry', 'data', 'network', 'construction', 'check', 'verify'].map((floor) => [
    `dist/${floor}/index.js`,
    '',
  ]),
  ...['commander', 'cli-table3', 'cli-progress'].map((name) => [name, '']),
  ...['mathjs', 'z3-solver'].map((name) => [name, 'not loaded by the job']),
];
for (const [name, note] of imports) {
  const target = name.startsWith('dist/') ? new URL(`../${name}`, import.meta.url).href : name;
  const program = `const t = performance.now(); await import(${JSON.stringify(target)}); console.log(performance.now() - t); process.exit(0);`;
  const taken = Array.from({ length: 3 }, () => Number(run(['--input-type=module', '-e', program]).stdout));
  console.log(`${name.padEnd(30)}${median(taken).toFixed(0).padStart(6)}  ${note}`.trimEnd());
}

function timed(args) {
  const start = performance.now();
  run(args);
  return (performance.now() - start) / 1000;
}

function run(args) {
  const child = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (child.status !== 0)
    throw new Error(`node ${args.join(' ')}: expected exit code 0, got ${child.status}\n${child.stderr}`);
  return child;
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}
