import { describe, expect, it } from 'vitest';
import { junitXml } from '../../src/report/junit.js';
import { eventful, quiet } from './regression.js';

/** Element names of a document in which every element is closed in its turn; throws when one is not. */
function elements(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const tag = /<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)(\/?)>|<\?[^?]*\?>|([^<]+)|(.)/gs;
  for (const [, end, name, , empty, text, stray] of xml.matchAll(tag)) {
    if (stray !== undefined) throw new Error(`stray ${stray}`);
    if (name === undefined) {
      if (text !== undefined && /&(?!(lt|gt|amp|quot|#39);)|>/.test(text)) throw new Error(`not escaped: ${text}`);
      continue;
    }
    if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    seen.push(name);
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`${open} not closed`);
  return seen;
}
const count = (names: readonly string[], name: string) => names.filter((n) => n === name).length;

describe('junitXml', () => {
  it('has a suite for each instance and a case for each ball', async () => {
    const xml = junitXml(eventful);
    await expect(xml).toMatchFileSnapshot('../golden/report/regress.xml');
    const names = elements(xml);
    expect(count(names, 'testsuite')).toBe(8);
    // Six instances with sizes, 14 balls, one that could not be run, one that is missing.
    expect(count(names, 'testcase')).toBe(6 + 14 + 1 + 1);
    expect(xml).toContain(`tests="${count(names, 'testcase')}" failures="3" errors="3"`);
    expect([count(names, 'failure'), count(names, 'error')]).toEqual([3, 3]);
  });

  it('gives each sample of a change its own failure', () => {
    const xml = junitXml(eventful);
    expect(xml.match(/<error message="sample [01]: locked sat \(counterexample\), now proved/g)).toHaveLength(2);
  });

  it('counts nothing bad when nothing is, and better is not bad', () => {
    expect(junitXml(quiet)).toContain(
      '<testsuites name="muball regress" tests="3" failures="0" errors="0" time="3.250">',
    );
    const gains = { ...eventful, changes: eventful.changes.filter(({ direction }) => direction === 'better') };
    expect(junitXml({ ...gains, instances: [eventful.instances[3]!] })).toContain('failures="0" errors="0"');
  });

  it('leaves out the case of sizes where they belong to another part', () => {
    const part = { ...quiet, instances: [{ ...quiet.instances[0]!, whole: false }] };
    expect(count(elements(junitXml(part)), 'testcase')).toBe(2);
  });

  it('stays XML whatever the words are', () => {
    const evil = '<a b="c">&amp; ]]> \u0000 \'';
    const change = { ...eventful.changes[0]!, now: evil, note: evil };
    const failing = { ...eventful.instances[5]!, failure: { message: evil, code: 2 } };
    const xml = junitXml({ ...eventful, changes: [change], instances: [eventful.instances[1]!, failing] });
    expect(count(elements(xml), 'testcase')).toBe(6);
    expect(xml).not.toContain('\u0000');
    expect(() => elements('<a><b></a>')).toThrow();
  });
});
