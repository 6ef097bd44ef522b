import { describe, expect, it } from 'vitest';
import { proofText, secondsText } from '../../src/report/text.js';
import { mixedReport, provedReport } from './tiny.js';

describe('proofText', () => {
  it('prints a proved run', async () => {
    await expect(proofText(provedReport)).toMatchFileSnapshot('../golden/report/proved.txt');
  });

  it('prints every outcome with its reason', async () => {
    await expect(proofText(mixedReport)).toMatchFileSnapshot('../golden/report/mixed.txt');
  });

  it('has colours only when asked, and the same words', () => {
    const esc = String.fromCharCode(27);
    for (const report of [provedReport, mixedReport]) {
      expect(proofText(report)).not.toContain(esc);
      const colored = proofText(report, { color: true });
      expect(colored).toContain(`${esc}[1m`);
      expect(colored.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(proofText(report));
    }
  });

  it('lists as many as asked and counts the rest', () => {
    const balls = Array.from({ length: 7 }, (_, sample) => ({
      sample,
      label: 0,
      verdict: 'unknown' as const,
      reason: 'r',
    }));
    const text = proofText({ ...mixedReport, balls }, { listed: 2 });
    expect(text.match(/\? sample/g)).toHaveLength(2);
    expect(text).toContain('… 5 more undecided');
  });

  it('marks a violated claim', () => {
    const wrong = { ...provedReport, complexity: { ...provedReport.complexity, width: 17 } };
    expect(proofText(wrong)).toContain('violated');
    expect(proofText(provedReport)).not.toContain('violated');
  });
});

describe('secondsText', () => {
  it.each([
    [0.314, '0.31 s'],
    [12.4, '12 s'],
    [59.7, '1 min 0 s'],
    [200, '3 min 20 s'],
  ])('writes %d as %s', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });
});
