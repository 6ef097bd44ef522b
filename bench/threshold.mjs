/**
 * Fits of threshold networks: two moons, two kinds of MNIST digits, signals in all shifts.
 *
 *     npm ci --prefix bench && npm run bench:threshold
 *
 * CPU time of this process, which uses one thread; the median of several fits with different seeds.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fitThreshold, signalWindows, windowViews } from '../dist/construction/index.js';
import { half, rational } from '../dist/exact/index.js';
import { readDigits } from '../dist/experiment/digit-files.js';
import { noisyMoons } from '../dist/experiment/noisy-moons.js';
import { turnedSignals } from '../dist/experiment/turned-signals.js';

/** The median CPU time and the last fit of `runs` fits. */
function measured(runs, fit) {
  const times = [];
  let last;
  for (let seed = 1; seed <= runs; seed++) {
    const before = process.cpuUsage();
    last = fit(seed);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return { ms: times[Math.floor(runs / 2)], most: times.at(-1), last };
}

function report(what, runs, fit) {
  const { ms, most, last } = measured(runs, fit);
  const size = `${last.hyperplanes.reduce((n, h) => n + h.count, 0)} hyperplanes, ${last.neurons.length} neurons`;
  console.log(`${what}: median ${ms.toFixed(1)} ms, most ${most.toFixed(1)} ms of ${runs} fits; the last: ${size}`);
}

const moons = noisyMoons(1000, 1);
const biasBound = rational(3, 4);
report('two moons, N = 1000, n1 = 500', 50, (seed) =>
  fitThreshold(moons, { hyperplanes: 500, biasBound, base: 0, seed }),
);

const digits = dirname(createRequire(import.meta.url).resolve('mnist/src/digits/0.json'));
for (const other of [8, 9]) {
  const data = readDigits([1, other], 1000, digits);
  report(`digits 1 against ${other}, N = ${data.size}, n1 = 5000`, 3, (seed) =>
    fitThreshold(data, { hyperplanes: 5000, biasBound: half, base: 1, seed }),
  );
}

const signals = turnedSignals(800, 32, 1);
const views = windowViews(signals, signalWindows(32));
report('signals in 32 shifts, N = 800, n1 = 400', 5, (seed) =>
  fitThreshold(signals, { hyperplanes: 400, base: 0, seed, views }),
);
