import { describe, expect, it } from 'vitest';
import {
  type RadiusReport,
  radiusHistogram,
  radiusRow,
  radiusSummary,
  type SampleRadiusReport,
} from '../../src/report/radius-text.js';

const sample = (i: number, radius: string, rest: Partial<SampleRadiusReport> = {}): SampleRadiusReport => ({
  sample: i,
  label: 0,
  certified: { radius, open: false },
  exact: false,
  most: '9',
  queries: 1,
  seconds: 0,
  ...rest,
});
const report = (...samples: SampleRadiusReport[]): RadiusReport => ({
  dataset: 'd',
  norm: 'linf',
  network: 'ab'.repeat(32),
  samples,
});
const far = { attained: true, point: ['1'], outputs: ['0'] };

describe('radiusRow', () => {
  it.each<[Partial<SampleRadiusReport>, readonly string[]]>([
    [{ witnessed: { ...far, radius: '1/2' }, exact: true }, ['≤ 1/2', '≥ 1/2', 'exact']],
    [
      { certified: { radius: '1/2', open: true }, witnessed: { ...far, attained: false, radius: '2/3' } },
      ['< 1/2', '> 2/3', ''],
    ],
    [{ reason: 'timed out' }, ['≤ 1/2', 'none to 9', 'timed out']],
    [
      { certified: { radius: '1/3', open: false, evidence: { level: 'engine', engines: ['z3'] } } },
      ['≤ 1/3', 'none to 9', 'unsat (z3)'],
    ],
    [
      { certified: { radius: '123456789012345678/1000000000000000007', open: false } },
      ['≤ ≈ 0.123456789', 'none to 9', ''],
    ],
  ])('%j', (rest, row) => {
    expect(radiusRow(sample(0, '1/2', rest))).toEqual(row);
  });

  it('an unsafe centre has nothing certified', () => {
    const { certified: _, ...unsafe } = sample(0, '0', { witnessed: { ...far, radius: '0' }, exact: true });
    expect(radiusRow(unsafe)).toEqual(['none', '≥ 0', 'exact']);
    expect(radiusSummary(report(unsafe, sample(1, '1')))).toBe(
      'certified from 0 (sample 0) to 1 (sample 1) · exact for 1 of 2',
    );
  });
});

describe('radiusHistogram', () => {
  it('counts every sample once, the greatest in the last part', () => {
    const lines = radiusHistogram(report(...['0', '1/8', '1/8', '1', '15/16'].map((r, i) => sample(i, r))));
    expect(lines).toHaveLength(8);
    expect(lines[0]).toBe(`  0.000 … 0.1250           ${'█'.repeat(20)} 1`);
    expect(lines[1]).toBe(`  0.1250 … 0.2500          ${'█'.repeat(40)} 2`);
    expect(lines[2]).toBe('  0.2500 … 0.3750          0');
    expect(lines[7]).toBe(`  0.8750 … 1.000           ${'█'.repeat(40)} 2`);
  });

  it('one radius is one part, no sample is none', () => {
    expect(radiusHistogram(report(sample(0, '1/3'), sample(1, '1/3')))).toEqual([
      `  0.3333${' '.repeat(19)}${'█'.repeat(40)} 2`,
    ]);
    expect(radiusHistogram(report())).toEqual([]);
    expect(radiusSummary(report())).toBe('no samples');
  });
});
