import { describe, expect, it } from 'vitest';
import { csvField, proofCsv } from '../../src/report/csv.js';
import { mixedReport, provedReport } from './tiny.js';

describe('proofCsv', () => {
  it('has one line for each ball below one header', () => {
    const text = proofCsv([provedReport, mixedReport]);
    expect(text.endsWith('\r\n')).toBe(true);
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      'dataset,norm,construction,network,radius,sample,line,label,label_name,verdict,evidence,engines,reason,seconds',
    );
    expect(lines[1]).toBe(
      `tiny,linf,ygz-wide,${provedReport.network},3/8,0,2,0,<low>,unsat,certificate,interval,,0.001`,
    );
    expect(lines[7]).toBe(`tiny|\`x\`,l2,,${mixedReport.network},3/4,2,4,1,"a & ""b""",unsat,two,interval+z3,,`);
    expect(text).toContain('unknown,,,"z3 was killed, ""outside""\nand more",\r\n');
    expect(lines).toHaveLength(1 + 4 + 6 + 1);
  });
});

describe('csvField', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('writes %j as %j', (text, field) => {
    expect(csvField(text)).toBe(field);
  });
});
