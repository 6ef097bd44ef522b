import { describe, expect, it } from 'vitest';
import { proofJson } from '../../src/report/json.js';
import { tally } from '../../src/report/proof-report.js';
import { mixedReport, provedReport } from './tiny.js';

describe('proofJson', () => {
  it('holds the reports as they are, with their counts', () => {
    const parsed = JSON.parse(proofJson([provedReport, mixedReport]));
    expect(parsed.format).toBe('muball-report');
    expect(parsed.version).toBe(1);
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
    expect(parsed.runs[0]).toEqual(plain({ ...provedReport, tally: tally(provedReport.balls) }));
    expect(parsed.runs[1]).toEqual(plain({ ...mixedReport, tally: tally(mixedReport.balls) }));
  });

  it('has no thousands separators', () => {
    expect(proofJson([mixedReport])).toContain('"samples": 12345');
    expect(proofJson([mixedReport])).toContain('"parameters": "17000000"');
  });
});
