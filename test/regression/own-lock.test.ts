import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { theorems } from '../../src/construction/index.js';
import { instancesFileAt, lockFileAt, lockText } from '../../src/format/index.js';

const text = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const { instances } = instancesFileAt(JSON.parse(text('muball.instances.json')), 'muball.instances.json');
const lock = lockFileAt(JSON.parse(text('muball.lock.json')), 'muball.lock.json');

it('the project guards every construction in every norm that it has', () => {
  const guarded = instances.map(({ construction, norm }) => `${construction} ${norm}`);
  for (const { name, norms } of theorems) for (const norm of norms) expect(guarded).toContain(`${name} ${norm}`);
});

it('its lock file holds these instances, as muball writes them, and no counterexample', () => {
  expect(lock.instances.map(({ name, asked }) => ({ name, ...asked }))).toEqual(instances);
  expect(lockText(lock)).toBe(text('muball.lock.json'));
  for (const { balls } of lock.instances) for (const { verdict } of balls) expect(verdict).toBe('unsat');
});
