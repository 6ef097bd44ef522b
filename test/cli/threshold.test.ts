/** Random threshold networks from the command line: what a fit took, what most seeds give, and what is refused. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, muball } from './run-muball.js';

const construct = ['construct', '--data', 'xor', '--radius', '0', '--construction', 'finke-axis'];

test('rounds, hyperplanes and completion are reported, and guarantees with them', async () => {
  const cwd = folderWith();
  const flags = ['--hyperplanes', '16', '--rounds', '2', '--no-complete', '--seed', '4', '--out', 'net.json', '--json'];
  const { code, stdout, stderr } = await muball([...construct, ...flags], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { why, guarantees } = JSON.parse(stdout) as { why: string; guarantees: object[] };
  expect(why).toMatch(
    /^\d+ hyperplanes drawn in [12] of at most 2 rounds, none made to complete them, 2 neurons to count them$/,
  );
  expect(guarantees).toMatchObject([
    { hyperplanes: '101', neurons: '2', probability: '999/1000', neuronsFormula: 'I' },
    { hyperplanes: '3495', neurons: '2', neuronsFormula: 'M' },
  ]);
  const { provenance } = JSON.parse(readFileSync(join(cwd, 'net.json'), 'utf8')) as { provenance: object };
  expect(provenance).toMatchObject({ hyperplanes: 16, rounds: 2, complete: false, seed: 4 });
});

test.each([
  [
    ['--hyperplanes', '1', '--rounds', '1', '--no-complete'],
    /--rounds: .* got 1 round with 1 hyperplane, which leave 2 of 4 samples uncovered/,
  ],
  [['--rounds', '33'], /--rounds: expected a whole number from 1 to 32, got 33/],
  [['--hyperplanes', '0'], /--hyperplanes: expected a whole number ≥ 1, got "0"/],
])('%j leaves with exit code 2', async (flags, message) => {
  const { code, stderr } = await muball([...construct, ...flags]);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
