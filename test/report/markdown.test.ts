import { describe, expect, it } from 'vitest';
import { inline, proofMarkdown } from '../../src/report/markdown.js';
import { mixedReport, provedReport } from './tiny.js';

describe('proofMarkdown', () => {
  it('prints several runs', async () => {
    const text = proofMarkdown([provedReport, mixedReport], {
      title: 'Two runs',
      pictures: [{ path: 'moons (1).svg', alt: 'regions [of] moons' }],
    });
    await expect(text).toMatchFileSnapshot('../golden/report/two-runs.md');
  });

  it('keeps every table row whole, whatever names hold', () => {
    const evil = {
      ...provedReport,
      dataset: { ...provedReport.dataset, name: 'a|b\n|c|', labelNames: ['x|\ny', '```'] },
    };
    const text = proofMarkdown([evil]);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
    expect(new Set(rows.slice(0, 3).map(cells))).toEqual(new Set([14]));
    expect(new Set(rows.slice(3).map(cells))).toEqual(new Set([8]));
  });

  it('closes code blocks that hold fences', () => {
    const { counterexample } = mixedReport.balls[1]!;
    const ball = { ...mixedReport.balls[1]!, counterexample: { ...counterexample!, hint: '```\n# forged' } };
    expect(proofMarkdown([{ ...mixedReport, balls: [ball] }])).toContain('````text\n');
  });

  it('never speaks of tests', () => {
    expect(proofMarkdown([provedReport, mixedReport])).not.toMatch(/test|sampled/i);
  });
});

describe('inline', () => {
  it('escapes markup', () => {
    expect(inline('[a](b) <i> *x* `y` | #')).toBe('\\[a\\](b) \\<i\\> \\*x\\* \\`y\\` \\| \\#');
  });
});
