/** `muball reduce`: formulas of all outcomes, the files written, assignments read from networks. */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filesIn, folderWith, muball, readJson } from './run-muball.js';

const satisfiable = 'c exactly one of three\np cnf 3 4\n1 2 3 0\n-1 -2 0\n-1 -3 0\n-2 -3 0\n';
const unsatisfiable = 'p cnf 3 5\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n3 1 0\n%\n0\n';

interface Reduced {
  readonly answer: {
    readonly status: string;
    readonly assignment?: readonly boolean[];
    readonly core?: readonly number[];
  };
  readonly network?: { readonly assignment: readonly boolean[]; readonly supports: number };
}

test('satisfiable: a network, proved, and the same assignment from its file', async () => {
  const cwd = folderWith({ 'f.cnf': satisfiable });
  const built = await muball(['reduce', 'f.cnf', '--out', 'data.json', '--network-out', 'net.json'], { cwd });
  expect(built).toMatchObject({ code: 0, stderr: '' });
  expect(built.stdout).toMatch(
    /^f\.cnf · 3 variables, 4 clauses · set splitting of 7 elements, 7 sets\n {2}22 samples, d = 7 · ℓ∞ · δ = 1\/4 · μ = 1\/112 · ρ = 2μ\/δ = 1\/14\n/,
  );
  expect(built.stdout).toMatch(/^formula {7}satisfiable: ¬x1 x2 ¬x3$/m);
  expect(built.stdout).toMatch(/^exact labels {2}no network of depth 2 and width 2 has them: /m);
  expect(built.stdout).toMatch(/^✓ 22 of 22 balls proved \(certificate\) · 22 by support functions in /m);
  expect(filesIn(cwd)).toEqual(['data.json', 'f.cnf', 'net.json']);
  // The files are what other commands read.
  const radius = ['--data', 'data.json', '--norm', 'linf', '--radius', '1/112'];
  expect((await muball(['prove', '--network', 'net.json', ...radius], { cwd })).code).toBe(0);
  const read = await muball(['reduce', 'f.cnf', '--network', 'net.json', '--json'], { cwd });
  expect(read.code).toBe(0);
  const report = JSON.parse(read.stdout) as Reduced;
  expect(report).toMatchObject({
    answer: { status: 'satisfiable', assignment: [false, true, false] },
    network: { given: true, width: 2, depth: 2, supports: 22 },
    exactLabels: { separable: false },
  });
});

test('a network that is right at the samples only has an assignment too, and counterexamples: exit 1', async () => {
  const cwd = folderWith({ 'f.cnf': satisfiable });
  await muball(['reduce', 'f.cnf', '--network-out', 'net.json'], { cwd });
  const net = readJson<{ layers: { rows: { bias: string }[] }[] }>(cwd, 'net.json');
  // At e_i the larger neuron is 9/8 − 1/9, just above 1.
  for (const row of net.layers[0]!.rows) row.bias = '37/72';
  writeFileSync(`${cwd}/tight.json`, JSON.stringify(net));
  const { code, stdout } = await muball(['reduce', 'f.cnf', '--network', 'tight.json'], { cwd });
  expect(stdout).toMatch(/^formula {7}satisfiable, as the network says: ¬x1 x2 ¬x3$/m);
  expect(stdout).toMatch(/^✗ \d+ of 22 balls proved — .*\d+ with a counterexample · \d+ by support functions/m);
  expect(code).toBe(1);
  for (const row of net.layers[0]!.rows) row.bias = '1/2';
  writeFileSync(`${cwd}/wrong.json`, JSON.stringify(net));
  expect(await muball(['reduce', 'f.cnf', '--network', 'wrong.json'], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('wrong.json: expected class 0 at sample 0 = (0, 0, 0, 0, 0, 0, 0)'),
  });
});

test('unsatisfiable: none by z3, at the samples of the clauses that matter; no network is written', async () => {
  const cwd = folderWith({ 'f.cnf': unsatisfiable });
  const { code, stdout, stderr } = await muball(['reduce', 'f.cnf', '--network-out', 'net.json'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^formula {7}unsatisfiable: refuted by \d+ cases, checked, with clauses 1, 2, 3, 4$/m);
  expect(stdout).toMatch(
    /^✓ no network of depth 2 and width 2 is right at the 17 samples of clauses 1, 2, 3, 4: unsat \(z3\) in /m,
  );
  expect(stdout).not.toContain('proved');
  expect(stderr).toBe('muball: net.json is not written: there is no network\n');
  expect(filesIn(cwd)).toEqual(['f.cnf']);
});

test('undecided: too few cases, or too little time for z3', async () => {
  const cwd = folderWith({ 'f.cnf': unsatisfiable });
  const few = await muball(['reduce', 'f.cnf', '--cases', '2'], { cwd });
  expect(few.code).toBe(3);
  expect(few.stdout).toMatch(/^formula {7}undecided: no answer within 2 cases$/m);
  const quick = await muball(['reduce', 'f.cnf', '--timeout', '0.001'], { cwd });
  expect(quick.code).toBe(3);
  expect(quick.stdout).toMatch(
    /^\? no network of depth 2 and width 2, by the theorem alone: at the 17 samples .*z3 is undecided \(z3 timed out\)/m,
  );
});

test('bad input: exit 2, with the line', async () => {
  const cwd = folderWith({ 'f.cnf': 'p cnf 4 1\n1 2 3 4 0\n' });
  expect(await muball(['reduce', 'f.cnf'], { cwd })).toMatchObject({
    code: 2,
    stderr: 'muball: f.cnf: line 2: expected a clause of at most 3 literals, got 4\n',
  });
  expect(await muball(['reduce', 'none.cnf'], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('none.cnf: cannot be read'),
  });
});
