/**
 * How fast datasets are drawn, and how small failing ones become. Prints the tables of PERFORMANCE.md.
 *
 *   npm run build && node bench/arbitrary.bench.mjs
 */
import fc from 'fast-check';
import { dataset, geometries } from '../dist/arbitrary/index.js';
import { add, equal, less, lessEqual, maxOfAbs, mul, rational, subVectors, zero } from '../dist/exact/index.js';
import { points, separation } from '../dist/geometry/index.js';

const values = 40_000;
const seeds = 60;

/** Values a second, the best of three rounds; fast-check's own work is included. */
function rate(arbitrary) {
  fc.sample(arbitrary, { seed: 1, numRuns: 4000 });
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    fc.sample(arbitrary, { seed: 2 + round, numRuns: values });
    best = Math.max(best, (1000 * values) / (performance.now() - start));
  }
  return best;
}

console.log('datasets a second, N ≤ 8, d ≤ 4 (thousands)\n');
console.log('| norm | default mix | cells, δ ≥ 3/4 | tight, δ ≥ 3/4 | nothing at all (fc.constant) |');
console.log('|---|---|---|---|---|');
const thousands = (perSecond) => (perSecond / 1000).toFixed(0);
for (const norm of ['linf', 'l1', 'l2']) {
  const asked = { norm, separation: rational(3, 4) };
  const columns = [
    dataset({ norm }),
    dataset({ ...asked, geometry: 'cells' }),
    dataset({ ...asked, geometry: 'tight' }),
    fc.constant(0),
  ];
  console.log(`| ${norm} | ${columns.map((arbitrary) => thousands(rate(arbitrary))).join(' | ')} |`);
}

const threeHalves = rational(3, 2);

function closePair(data) {
  const delta = separation(data, 'linf')?.magnitude;
  if (delta === undefined) return false;
  const list = points(data);
  return list.some((a, i) =>
    list.some((b, k) => {
      return data.labels[i] !== data.labels[k] && lessEqual(maxOfAbs(subVectors(a, b)), mul(threeHalves, delta));
    }),
  );
}

const largeSum = (data) => points(data).some((p) => less(rational(10), p.reduce(add, zero)));

function threeCollinear(data) {
  const list = points(data);
  return list.some((a, i) => list.some((b, j) => j > i && list.some((c, k) => k > j && collinear(a, b, c))));
}

function collinear(a, b, c) {
  const u = subVectors(b, a);
  const v = subVectors(c, a);
  return u.every((x, j) => v.every((_, k) => equal(mul(x, v[k]), mul(u[k], v[j]))));
}

/** Name, bug, fewest samples, fewest dimensions. */
const bugs = [
  ['any sample of class 2', (data) => data.labels.includes(2), 1, 1],
  ['different labels within 3δ/2', closePair, 2, 1],
  ['coordinate sum above 10, d = 2', (data) => data.dimension === 2 && largeSum(data), 1, 2],
  ['three collinear samples', threeCollinear, 3, 1],
  ['coordinate sum above 10, any d', largeSum, 1, 1],
];

console.log(`\nminimal after shrinking, of ${seeds} seeds each (fewest samples and dimensions)\n`);
console.log('| bug | any δ | δ ≥ 3/4 | mean shrinks | mean runs of the property while shrinking |');
console.log('|---|---|---|---|---|');
const totals = [0, 0];
bugs.forEach(([name, bug, samples, dimension], which) => {
  const cells = [];
  let shrinks = 0;
  let tried = 0;
  [{}, { separation: rational(3, 4) }].forEach((constraints, column) => {
    let minimal = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      let calls = 0;
      const property = fc.property(dataset(constraints), (data) => {
        calls++;
        return !bug(data);
      });
      const found = fc.check(property, { seed, numRuns: 2000 });
      const [least] = found.counterexample;
      if (least.size === samples && least.dimension === dimension) minimal++;
      shrinks += found.numShrinks;
      tried += calls - found.numRuns;
    }
    cells.push(minimal);
    if (which < 4) totals[column] += minimal;
  });
  const mean = (total) => (total / (2 * seeds)).toFixed(1);
  console.log(`| ${name} | ${cells.join(' | ')} | ${mean(shrinks)} | ${mean(tried)} |`);
});
console.log(`| first four together, of ${4 * seeds} | ${totals.join(' | ')} | | |`);

console.log(`\nshare of each geometry's draws that shrink to one sample in one dimension: any sample of class 2\n`);
for (const geometry of geometries) {
  let least = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const property = fc.property(dataset({ geometry }), (data) => !data.labels.includes(2));
    const { size, dimension } = fc.check(property, { seed, numRuns: 2000 }).counterexample[0];
    if (size === 1 && dimension === 1) least++;
  }
  console.log(`  ${geometry.padEnd(10)} ${least} of ${seeds}`);
}
