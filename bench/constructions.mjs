/**
 * Every theorem by the command line, in every norm: Iris and the cloud of 64 samples in 16 dimensions, at ratios of the range of the theorem.
 *
 *   npm run bench:constructions -- [--data iris,cloud] [--ratios 0.5,0.9] [--only kmy]
 *
 * For each, `muball construct` has to end with code 0 and a network whose claims hold, and the network of its file has to be right at
 * every sample and, for some samples, at points of their balls. Prints sizes and seconds of the process; ends with code 1 when anything is wrong.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  bundled,
  evaluate,
  falsify,
  formatRational,
  mul,
  point,
  ratioRadius,
  readLabel,
  readNetworkFile,
  resolveRadius,
  robustnessQuery,
  selectClasses,
  separation,
  theorems,
} from '../dist/index.js';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: 'iris,cloud' },
    ratios: { type: 'string', default: '0.5,0.9' },
    only: { type: 'string', default: '' },
  },
});
const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const twoClasses = { iris: 'versicolor,virginica', cloud: '0,1' };
/** Balls in which points are tried, and how many: exact evaluation of deep networks takes its time. */
const attacked = 8;
const samples = 4;
const folder = mkdtempSync(join(tmpdir(), 'muball-constructions-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let failed = false;
/** Tells what is wrong at once. */
const wrong = (text) => {
  failed = true;
  console.error(text);
};

console.log('| construction | norm | data | ρ, of its range | width | depth | nonzero | parameters | s |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const theorem of theorems.filter(({ name }) => name.includes(flags.only))) {
  for (const norm of theorem.norms) {
    for (const name of flags.data.split(',')) {
      for (const ratio of flags.ratios.split(',')) await construct(theorem, norm, name, ratio);
    }
  }
}
process.exitCode = failed ? 1 : 0;

async function construct(theorem, norm, name, ratio) {
  const classes = theorem.notion === 'sign' ? ['--classes', twoClasses[name]] : [];
  const whole = await bundled(name);
  const data = classes.length === 0 ? whole : selectClasses(whole, twoClasses[name].split(','));
  const asked = resolveRadius(ratioRadius(ratio), separation(data, norm), data).radius;
  const radius = theorem.range === undefined ? asked : mul(theorem.range.end(data, norm), asked);
  const file = join(folder, 'network.json');
  const words = ['--construction', theorem.name, '--norm', norm, '--data', name, '--radius', formatRational(radius)];
  const what = [theorem.name, norm, name, ratio].join(' ');
  const start = performance.now();
  let printed;
  try {
    printed = execFileSync(process.execPath, [program, 'construct', ...words, ...classes, '--json', '--out', file]);
  } catch (error) {
    wrong(`${what}: ${error.message}`);
    return;
  }
  const seconds = (performance.now() - start) / 1000;
  const { sizes } = JSON.parse(printed);
  for (const { quantity, measured, count, promised } of sizes) {
    if (BigInt(measured) > BigInt(promised)) wrong(`${what}: ${quantity} ${measured}, promised ${promised}`);
    if (count !== undefined && count !== measured) wrong(`${what}: ${quantity} ${measured}, counted ${count}`);
  }
  const size = Object.fromEntries(sizes.map(({ quantity, measured }) => [quantity, measured]));
  const { network } = await readNetworkFile(file);
  for (let i = 0; i < data.size; i++) {
    const output = evaluate(network, point(data, i));
    if (readLabel(network.output, output) !== data.labels[i]) wrong(`${what}: sample ${i} is wrong`);
  }
  for (let i = 0; i < data.size; i += Math.ceil(data.size / attacked)) {
    const towards = data.labels.flatMap((c, k) => (c === data.labels[i] ? [] : [point(data, k)])).slice(0, 2);
    const query = robustnessQuery(network, data, i, { norm, radius, reading: network.output });
    if (falsify(query, { towards, samples }) !== undefined) wrong(`${what}: the ball of sample ${i} is wrong`);
  }
  const cells = [size.width, size.depth, size.nonzero, size.parameters].map((v) => Number(v).toLocaleString('en'));
  console.log(`| ${[theorem.name, norm, name, ratio, ...cells, seconds.toFixed(1)].join(' | ')} |`);
}
