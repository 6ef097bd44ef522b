import { describe, expect, it } from 'vitest';
import { regressText } from '../../src/report/regress-text.js';
import { subjectText } from '../../src/report/regression-report.js';
import { eventful, quiet } from './regression.js';

describe('regressText', () => {
  it('prints everything that can happen to an instance', async () => {
    await expect(regressText(eventful)).toMatchFileSnapshot('../golden/report/regress.txt');
  });

  it('prints a part of the work that was interrupted', () => {
    expect(regressText(quiet)).toBe(
      '✓ calm: 2 of 2 balls proved (certificate), as locked (1 from the cache, verified again)\n' +
        'part 2 of 3: 1 instance, 2 balls against muball.lock.json in 3.25 s: 1 as locked; interrupted, what is not listed was not looked at\n',
    );
  });

  it('has colours only when asked, and the same words', () => {
    const esc = String.fromCharCode(27);
    expect(regressText(eventful)).not.toContain(esc);
    const colored = regressText(eventful, { color: true });
    expect(colored).toContain(`${esc}[31m✗ broken`);
    expect(colored.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(regressText(eventful));
  });

  it('lets nothing from outside move the cursor', () => {
    const note = 'a\u001b[2J\nb';
    const text = regressText({ ...eventful, changes: [{ ...eventful.changes[0]!, note, now: note }], notes: [note] });
    expect(text).not.toContain('\u001b');
    expect(text.match(/\[2J�b/g)).toHaveLength(3);
  });
});

describe('subjectText', () => {
  const change = { ...eventful.changes[0]! };
  it('shortens long lists and counts all', () => {
    const odd = Array.from({ length: 60 }, (_, i) => 2 * i + 1);
    const text = subjectText({ ...change, samples: odd });
    expect(text).toMatch(/^samples 1, 3, 5, .*, … {1,2}\(60 balls\)$/);
    expect(text.length).toBeLessThan(90);
    expect(subjectText({ ...change, samples: [0, 1, 2, 7] })).toBe('samples 0-2, 7 (4 balls)');
  });
});
