/**
 * The search, its certificates and the checker, with z3 beside them in the same run.
 *
 *   npm run bench:search -- [--limit 20] [--repeat 3] [--random 20] [--share 0.95] [--only trees,thresholds,coav,random] [--no-z3]
 *
 * Seconds are CPU seconds; `--limit` is that of each solver for each query. z3 gets exact interval bounds, as the
 * encoding that the `z3` engine uses. Any verdict that contradicts another, or what is known, ends the run with an error.
 */
import { parseArgs } from 'node:util';
import { measuredSearch, median, nativeSolvers, quantile, z3Solver } from './search-measure.mjs';
import { coavQueries, maxTreeQueries, randomQueries, thresholdQueries } from './search-queries.mjs';

const { values: flags } = parseArgs({
  options: {
    limit: { type: 'string', default: '20' },
    repeat: { type: 'string', default: '3' },
    random: { type: 'string', default: '20' },
    share: { type: 'string', default: '0.95' },
    only: { type: 'string', default: 'trees,thresholds,coav,random' },
    'no-z3': { type: 'boolean', default: false },
  },
});
const timeoutMs = 1000 * Number(flags.limit);
const repeat = Math.max(1, Number(flags.repeat) || 1);
const chosen = new Set(flags.only.split(','));
const natives = flags['no-z3'] ? [] : nativeSolvers(timeoutMs);
const z3 = flags['no-z3'] ? undefined : z3Solver(timeoutMs);
const names = natives.map(({ name }) => `native ${name}`);
const certificates = [];

console.log(`node ${process.version}, limit ${flags.limit} s, median of ${repeat} searches, CPU seconds`);
if (!flags['no-z3']) {
  const missing = ['z3', 'cvc5'].filter((name) => !natives.some((native) => native.name === name));
  if (missing.length > 0) console.log(`not installed: ${missing.map((name) => `native ${name}`).join(', ')}`);
}

// Both are warm before the first figure.
const [warm] = maxTreeQueries([[5, 4, 1]], ['tight']);
await measuredSearch(warm, { repeat: 3, timeoutMs });
await z3?.measure(warm);

async function measured(entry) {
  const row = { ...entry, ...(await measuredSearch(entry, { repeat, timeoutMs })), others: [] };
  if (row.leaves !== undefined) certificates.push(row);
  for (const solver of [...(z3 === undefined ? [] : [z3]), ...natives]) {
    const other = await solver.measure(entry);
    if (isKnown(other) && isKnown(row) && other.verdict !== row.verdict)
      throw new Error(`${entry.name}: the search says ${row.verdict}, a solver ${other.verdict}`);
    row.others.push(other);
  }
  return row;
}

const isKnown = ({ verdict }) => verdict === 'sat' || verdict === 'unsat';
const time = (seconds) => (seconds === undefined ? '' : seconds.toFixed(seconds < 0.1 ? 3 : 2));
const shown = ({ verdict, seconds }) => (isKnown({ verdict }) ? time(seconds) : `> ${flags.limit}`);
const ratio = (other, row) => {
  const r = other.seconds / row.search;
  return `${isKnown(other) ? '' : '> '}${r < 10 ? r.toFixed(1) : r.toFixed(0)}`;
};
const table = (head, rows) => {
  console.log(`\n| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
};
const othersHead = [
  ...(z3 === undefined ? [] : ['z3-solver', 'z3 : search']),
  ...names.flatMap((n) => [n, `${n} : search`]),
];
const othersOf = (row) => row.others.flatMap((other) => [shown(other), ratio(other, row)]);

async function oneByOne(title, entries) {
  const rows = [];
  for (const entry of entries) rows.push(await measured(entry));
  table(
    [title, 'relus', 'verdict', 'search', 'check', 'nodes', 'lemmas', 'leaves', 'bytes', ...othersHead],
    rows.map((row) => [
      row.name,
      row.size,
      row.verdict,
      time(row.search),
      time(row.check),
      row.nodes,
      row.lemmas ?? '',
      row.leaves ?? '',
      row.bytes ?? '',
      ...othersOf(row),
    ]),
  );
  return rows;
}

const summary = (rows) => {
  const times = rows.map((row) => row.search);
  return [time(median(times)), time(quantile(times, 0.95)), time(Math.max(...times))];
};

if (chosen.has('trees')) {
  const sizes = [
    [20, 8, 1],
    [50, 8, 1],
    [50, 8, 2],
    [100, 8, 1],
    [100, 8, 2],
    [20, 16, 1],
    [20, 16, 2],
    [50, 16, 1],
    [100, 16, 1],
    [100, 16, 2],
  ];
  await oneByOne('max-tree, worst ball', maxTreeQueries(sizes, ['0.9', 'tight']));
  await oneByOne(
    'max-tree, beyond and at δ/2',
    maxTreeQueries(
      [
        [50, 8, 1],
        [100, 16, 1],
      ],
      ['bad', 'edge'],
    ),
  );
}
if (chosen.has('thresholds')) {
  const sizes = [1, 2, 3].flatMap((seed) => [
    [20, 8, seed, 8],
    [50, 8, seed, 8],
    [20, 16, seed, 8],
  ]);
  await oneByOne('max-tree, f below its least', thresholdQueries(sizes));
}
if (chosen.has('coav')) {
  const rows = await oneByOne('collision avoidance', await coavQueries());
  console.log(`\nsearch: median, 95th percentile, maximum: ${summary(rows).join(', ')}`);
}
if (chosen.has('random')) {
  const rows = [];
  for (const norm of ['linf', 'l1', 'l2']) {
    const here = [];
    for (const entry of randomQueries(Number(flags.random), norm, Number(flags.share)))
      here.push(await measured(entry));
    const word = (list, of) => `${list.filter(({ verdict }) => verdict === of).length} ${of}`;
    const verdicts = (list) =>
      ['unsat', 'sat', 'timed-out', 'unknown'].map((of) => word(list, of)).filter((t) => t[0] !== '0');
    const line = [norm, here.length, verdicts(here).join(', '), ...summary(here)];
    for (let k = 0; k < othersHead.length / 2; k++) {
      const others = here.map((row) => row.others[k]);
      const seconds = others.map((other) => (isKnown(other) ? other.seconds : timeoutMs / 1000));
      const [middle, high] = [median(seconds), quantile(seconds, 0.95)].map((t) =>
        t >= timeoutMs / 1000 ? `> ${flags.limit}` : time(t),
      );
      line.push(verdicts(others).join(', '), middle, high);
    }
    rows.push(line);
  }
  const others = othersHead.filter((_, k) => k % 2 === 0).flatMap((n) => [`${n} verdicts`, `${n} median`, `${n} 95 %`]);
  table(['random 4-30-30-2', 'balls', 'verdicts', 'median', '95 %', 'maximum', ...others], rows);
}
await z3?.close();

if (certificates.length > 0) {
  const perLeaf = certificates.map(({ bytes, leaves }) => bytes / leaves);
  const slower = certificates.filter(({ check, search }) => check > search);
  const total = (key) => certificates.reduce((sum, row) => sum + row[key], 0);
  console.log(`\n${certificates.length} certificates, all valid: ${total('bytes')} bytes, ${total('leaves')} leaves`);
  console.log(
    `bytes a leaf: ${[0, 0.5, 1].map((p) => quantile(perLeaf, p).toFixed(0)).join(', ')} (least, median, most)`,
  );
  console.log(
    `bytes a ball: median ${median(certificates.map(({ bytes }) => bytes))}, most ${Math.max(...certificates.map(({ bytes }) => bytes))}`,
  );
  console.log(
    `check : search, CPU: ${(total('check') / total('search')).toFixed(2)} in all, longer in ${slower.length}`,
  );
  const [large, small] = [
    certificates.filter(({ leaves }) => leaves >= 100),
    certificates.filter(({ leaves }) => leaves < 100),
  ];
  const rate = (list) =>
    (list.reduce((s, { bytes }) => s + bytes, 0) / list.reduce((s, { leaves }) => s + leaves, 0)).toFixed(0);
  if (large.length > 0 && small.length > 0)
    console.log(`bytes a leaf, below 100 leaves and above: ${rate(small)}, ${rate(large)}`);
}
