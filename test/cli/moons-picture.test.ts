import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { moonsPicture } from '../../src/cli/moons-picture.js';

test('the picture of the README is the one that the main job draws', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muball-'));
  const { verdicts, counterexample } = await moonsPicture(folder, 1);
  expect(readFileSync(join(folder, 'moons.svg'), 'utf8')).toBe(
    readFileSync(new URL('../../docs/moons.svg', import.meta.url), 'utf8'),
  );
  expect(verdicts.map((v) => v.verdict)).toEqual(Array.from({ length: 36 }, () => 'unsat'));
  expect(counterexample).toMatch(/^✗ sample 10: not robust/);
  expect(readdirSync(join(folder, 'counterexamples'))).toHaveLength(1);
});
