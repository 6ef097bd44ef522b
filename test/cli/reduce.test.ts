/** `muball reduce`: formulas of all outcomes, the files written, assignments read from networks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datasetFromFile, datasetToFile } from '../../src/data/index.js';
import { splittingDataset, splittingOf } from '../../src/theory/index.js';
import { muball } from './command-line.js';
import { filesIn, folderWith, readJson } from './run-muball.js';

const satisfiable = 'c exactly one of three\np cnf 3 4\n1 2 3 0\n-1 -2 0\n-1 -3 0\n-2 -3 0\n';
const unsatisfiable = 'p cnf 3 5\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n3 1 0\n%\n0\n';

/** A folder with the formula, and the path of a file in it. */
function withFormula(text: string): (name: string) => string {
  const folder = folderWith({ 'f.cnf': text });
  return (name) => join(folder, name);
}

test('satisfiable: a network, proved, and the same assignment from its file', async () => {
  const at = withFormula(satisfiable);
  const built = await muball('reduce', at('f.cnf'), '--out', at('data.json'), '--network-out', at('net.json'));
  expect(built).toMatchObject({ code: 0, stderr: '' });
  expect(built.stdout).toMatch(
    /^f\.cnf · 3 variables, 4 clauses · set splitting of 7 elements, 7 sets\n {2}22 samples, d = 7 · ℓ∞ · δ = 1\/4 · μ = 1\/112 · ρ = 2μ\/δ = 1\/14\n/,
  );
  expect(built.stdout).toMatch(/^formula {7}satisfiable: ¬x1 x2 ¬x3$/m);
  expect(built.stdout).toMatch(/^exact labels {2}no network of depth 2 and width 2 has them: /m);
  expect(built.stdout).toMatch(/^✓ 22 of 22 balls proved \(certificate\) · 22 by support functions in /m);
  expect(filesIn(at('.'))).toEqual(['data.json', 'f.cnf', 'net.json']);
  const { data } = splittingDataset(
    splittingOf({
      variables: 3,
      clauses: [
        [1, 2, 3],
        [-1, -2],
        [-1, -3],
        [-2, -3],
      ],
    }),
  );
  expect(datasetToFile(datasetFromFile(readJson(at('data.json'))))).toEqual(datasetToFile(data));
  const read = await muball('reduce', at('f.cnf'), '--network', at('net.json'), '--json');
  expect(read.code).toBe(0);
  expect(JSON.parse(read.stdout)).toMatchObject({
    answer: { status: 'satisfiable', assignment: [false, true, false] },
    network: { given: true, width: 2, depth: 2, supports: 22 },
    exactLabels: { separable: false },
  });
});

test('a network that is right at the samples only has an assignment too, and counterexamples: exit 1', async () => {
  const at = withFormula(satisfiable);
  await muball('reduce', at('f.cnf'), '--network-out', at('net.json'));
  const net = readJson<{ layers: { rows: { bias: string }[] }[] }>(at('net.json'));
  const withBias = (bias: string, name: string): string => {
    for (const row of net.layers[0]!.rows) row.bias = bias;
    writeFileSync(at(name), JSON.stringify(net));
    return at(name);
  };
  // At e_i the larger neuron is 9/8 − 1/9, just above 1.
  const tight = await muball('reduce', at('f.cnf'), '--network', withBias('37/72', 'tight.json'));
  expect(tight.stdout).toMatch(/^formula {7}satisfiable, as the network says: ¬x1 x2 ¬x3$/m);
  expect(tight.stdout).toMatch(/^✗ \d+ of 22 balls proved — .*\d+ with a counterexample · \d+ by support functions/m);
  expect(tight.code).toBe(1);
  expect(await muball('reduce', at('f.cnf'), '--network', withBias('1/2', 'wrong.json'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('wrong.json: expected class 0 at sample 0 = (0, 0, 0, 0, 0, 0, 0)'),
  });
});

test('unsatisfiable: none by z3, at the samples of the clauses that matter; no network is written', async () => {
  const at = withFormula(unsatisfiable);
  const { code, stdout, stderr } = await muball('reduce', at('f.cnf'), '--network-out', at('net.json'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^formula {7}unsatisfiable: refuted by \d+ cases, checked, with clauses 1, 2, 3, 4$/m);
  expect(stdout).toMatch(
    /^✓ no network of depth 2 and width 2 is right at the 17 samples of clauses 1, 2, 3, 4: unsat \(z3\) in /m,
  );
  expect(stdout).not.toContain('proved');
  expect(stderr).toBe(`muball: ${at('net.json')} is not written: there is no network\n`);
  expect(filesIn(at('.'))).toEqual(['f.cnf']);
});

test('undecided: too few cases', async () => {
  const at = withFormula(unsatisfiable);
  const { code, stdout } = await muball('reduce', at('f.cnf'), '--cases', '2');
  expect(code).toBe(3);
  expect(stdout).toMatch(/^formula {7}undecided: no answer within 2 cases$/m);
  expect(stdout).toMatch(/^\? undecided in /m);
});

test('bad input: exit 2, with the line', async () => {
  const at = withFormula('p cnf 4 1\n1 2 3 4 0\n');
  expect(await muball('reduce', at('f.cnf'))).toMatchObject({
    code: 2,
    stderr: `muball: ${at('f.cnf')}: line 2: expected a clause of at most 3 literals, got 4\n`,
  });
  expect(await muball('reduce', at('none.cnf'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('none.cnf: cannot be read'),
  });
});
