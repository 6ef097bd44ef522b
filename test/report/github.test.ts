import { describe, expect, it } from 'vitest';
import {
  escapeData,
  escapeProperty,
  githubAnnotations,
  githubSummary,
  largestSummary,
  longestMessage,
  mostAnnotations,
} from '../../src/report/github.js';
import { crowded, eventful, quiet } from './regression.js';

const lines = (text: string) => text.split('\n').slice(0, -1);

describe('githubAnnotations', () => {
  it('has an error for what is worse and what could not be run, a notice for what is better', () => {
    expect(lines(githubAnnotations(eventful))).toEqual([
      '::error file=muball.instances.json,line=10,title=muball%3A fails::./a,b.csv: cannot be read (ENOENT)',
      '::error file=muball.instances.json,line=6,title=muball%3A broken::sample 3: locked proved (certificate), now sat (counterexample)%0Amuball replay counterexamples/9f3ac1.json',
      '::error file=muball.instances.json,line=6,title=muball%3A broken::nonzero: locked 30, now 31',
      '::error file=muball.instances.json,line=7,title=muball%3A lies::samples 0-1 (2 balls): locked sat (counterexample), now proved (certificate)%0Aone query, answered both ways',
      '::error title=muball%3A gone::instance: locked 4 balls, now not in the list of instances',
      '::notice file=muball.instances.json,line=8,title=muball%3A gains::samples 0-2, 5 (4 balls): locked timed-out, now unsat (z3)',
    ]);
  });

  it('is empty when nothing changed', () => {
    expect(githubAnnotations(quiet)).toBe('');
  });

  it.each([
    [mostAnnotations, 0],
    [mostAnnotations + 1, 2],
    [250, 241],
  ])('says of %i errors, of which ten are shown, how many more there are', (n, more) => {
    const all = lines(githubAnnotations(crowded(n)));
    expect(all).toHaveLength(mostAnnotations);
    if (more > 0) expect(all.at(-1)).toBe(`::error title=muball::and ${more} more, see the summary of the step`);
    else expect(all.at(-1)).toContain('sample 0');
  });

  it('cuts long messages between characters', () => {
    const [line] = lines(githubAnnotations(crowded(1, '𝔽'.repeat(longestMessage))));
    const message = line!.slice(line!.indexOf('::', 2) + 2);
    expect(message.length).toBeLessThanOrEqual(longestMessage);
    expect(message.length).toBeGreaterThan(longestMessage - 3);
    expect(message.endsWith('𝔽…')).toBe(true);
  });

  it('stays one command a line whatever the words are', () => {
    const evil = { ...eventful, instancesFile: 'a,b:c\nd.json', instances: eventful.instances, changes: [] };
    const failing = { ...eventful.instances[5]!, failure: { message: '50%\r\n::error::x', code: 2 } };
    expect(githubAnnotations({ ...evil, instances: [failing] })).toBe(
      '::error file=a%2Cb%3Ac%0Ad.json,line=10,title=muball%3A fails::50%25%0D%0A::error::x\n',
    );
  });
});

it('escapes as workflow commands ask for', () => {
  expect(escapeData('100%0A:,\r\n')).toBe('100%250A:,%0D%0A');
  expect(escapeProperty('100%:,\n')).toBe('100%25%3A%2C%0A');
});

describe('githubSummary', () => {
  it('tells of every instance, the urgent first, and of every change', async () => {
    await expect(githubSummary(eventful)).toMatchFileSnapshot('../golden/report/regress.md');
  });

  it.each([
    [20_000, largestSummary],
    [5000, 100_000],
    [300, 2000],
  ])('keeps %i changes within %i bytes and counts the rest', (n, most) => {
    const text = githubSummary(crowded(n), most);
    const size = Buffer.byteLength(text);
    expect(size).toBeLessThanOrEqual(most);
    const shown = text.match(/^\| i\d+ \|/gm)?.length ?? 0;
    const rest = [...text.matchAll(/^… and (\d+) more rows\.$/gm)].reduce((sum, m) => sum + Number(m[1]), 0);
    expect(shown + rest).toBe(2 * n);
    expect(rest).toBeGreaterThan(0);
  });

  it('says nothing rather than too much', () => {
    for (let most = 0; most < 3000; most += 7) {
      expect(Buffer.byteLength(githubSummary(crowded(300), most))).toBeLessThanOrEqual(most);
    }
    expect(githubSummary(eventful, 500)).toBe('');
  });

  it('shows words as they are', () => {
    const [change] = eventful.changes;
    const text = githubSummary({ ...eventful, changes: [{ ...change!, now: 'a|b<img>\n`x`' }] });
    expect(text).toContain('a\\|b\\<img\\>');
    expect(text).not.toContain('<img>');
  });
});
