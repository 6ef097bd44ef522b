import { expect, it } from 'vitest';
import { regressJson } from '../../src/report/regress-json.js';
import { eventful } from './regression.js';

it('holds the plain data, with standings and counts', () => {
  const text = regressJson(eventful);
  expect(text.endsWith('}\n')).toBe(true);
  const value = JSON.parse(text);
  expect(value).toMatchObject({
    format: 'muball-regression',
    version: 1,
    lock: 'muball.lock.json',
    changes: eventful.changes,
  });
  const standings = value.instances.map(
    ({ name, standing }: { name: string; standing: string }) => `${name} ${standing}`,
  );
  expect(standings).toEqual([
    'calm as locked',
    'broken worse',
    'lies contradiction',
    'gains better',
    'other changed',
    'fails failed',
    'sizes as locked',
    'gone worse',
  ]);
  expect(value.instances[1]).toMatchObject({
    tally: { balls: 4, proved: 3, sat: 1 },
    balls: eventful.instances[1]!.balls,
  });
  expect(value.instances[7]).toEqual({ name: 'gone', standing: 'worse' });
});
