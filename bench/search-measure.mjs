/**
 * One query, measured: the search and the checker in CPU seconds of this process, z3 in CPU seconds of its child, native
 * solvers, where they are installed, in seconds. Every verdict is checked: certificates by the checker, points by replay.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dist = new URL('../dist/', import.meta.url);
const { certificateText } = await import(new URL('format/index.js', dist));
const { checkOutcome, encode, intervalBounds, replay, search, z3Engine } = await import(
  new URL('verify/index.js', dist)
);
const { z3Pool } = await import(new URL('verify/smt/z3.js', dist));

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The median; of an even number the upper one. */
export const median = (values) => quantile(values, 0.5);

/** The value below which a share of the values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const leavesOf = (tree) => {
  let leaves = 0;
  const todo = [tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node.rule === 'split') todo.push(node.below, node.above);
    else leaves++;
  }
  return leaves;
};

/** The search, the median of some repetitions, and the checker once the network has been read. */
export async function measuredSearch({ name, query, expected }, { repeat, timeoutMs }) {
  const times = [];
  let found;
  for (let k = 0; k < repeat; k++) {
    const start = cpu();
    found = await search(query, { timeoutMs });
    times.push(cpu() - start);
  }
  const { verdict, statistics } = found;
  const known = verdict === 'sat' || verdict === 'unsat';
  if (known && expected !== undefined && verdict !== expected)
    throw new Error(`${name}: expected ${expected}, got ${verdict}`);
  const row = { verdict, search: median(times), nodes: statistics.nodes, reason: found.reason };
  if (verdict === 'sat') {
    const { inside, unsafe } = replay(query, found.point);
    if (!inside || !unsafe) throw new Error(`${name}: the point is no counterexample`);
  }
  if (verdict !== 'unsat') return row;
  const { certificate } = found;
  const text = certificateText(certificate);
  const file = JSON.parse(text);
  const checks = [];
  for (let k = 0; k <= repeat; k++) {
    const start = cpu();
    const outcome = checkOutcome(query, file);
    if (outcome.outcome !== 'valid') throw new Error(`${name}: ${outcome.where}: ${outcome.why}`);
    // The first time includes reading the network.
    if (k > 0) checks.push(cpu() - start);
  }
  const trees = [...(certificate.lemmas ?? []).map(({ proof }) => proof), ...certificate.proofs];
  const leaves = trees.reduce((sum, tree) => sum + leavesOf(tree), 0);
  return { ...row, check: median(checks), bytes: text.length, leaves, lemmas: certificate.lemmas?.length ?? 0 };
}

/** z3-solver with exact interval bounds, in a warm child. */
export function z3Solver(timeoutMs) {
  const pool = z3Pool({ timeoutMs, memoryMb: 3000 });
  const engine = z3Engine({ pool });
  return {
    async measure({ query }) {
      const before = new Map(pool.pids().map((pid) => [pid, childCpu(pid)]));
      const start = performance.now();
      const { verdict } = await engine.verify(query);
      const wall = (performance.now() - start) / 1000;
      const spent = pool.pids().map((pid) => childCpu(pid) - (before.get(pid) ?? 0));
      const isKnown = verdict === 'sat' || verdict === 'unsat';
      // A child that did not end in time is gone, and its CPU time with it.
      const seconds = isKnown && spent.length === 1 && spent[0] > 0 ? spent[0] : Math.min(wall, timeoutMs / 1000);
      return { verdict, seconds };
    },
    close: () => engine.close(),
  };
}

const ticks = 100;

/** CPU seconds of a process so far; 0 where the system does not tell. */
function childCpu(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    return 0;
  }
}

/** Native solvers that are installed, as { name, measure }. */
export function nativeSolvers(timeoutMs) {
  const seconds = Math.ceil(timeoutMs / 1000);
  const known = [
    { name: 'z3', options: [`-T:${seconds}`] },
    { name: 'cvc5', options: [`--tlimit=${timeoutMs}`] },
  ];
  return known
    .filter(({ name }) => spawnSync('which', [name]).status === 0)
    .map(({ name, options }) => ({
      name,
      measure({ query }) {
        const folder = mkdtempSync(join(tmpdir(), 'muball-bench-'));
        const file = join(folder, 'query.smt2');
        writeFileSync(
          file,
          `${encode(query, { bounds: intervalBounds(query.network, query.region) }).text}\n(check-sat)\n`,
        );
        const start = performance.now();
        const { stdout } = spawnSync(name, [...options, file], { encoding: 'utf8' });
        const wall = (performance.now() - start) / 1000;
        rmSync(folder, { recursive: true });
        const [word] = stdout.trim().split('\n');
        return { verdict: word === 'sat' || word === 'unsat' ? word : 'timed-out', seconds: wall };
      },
    }));
}
