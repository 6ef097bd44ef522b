import { describe, expect, it } from 'vitest';
import { tally } from '../../src/report/proof-report.js';
import { headlineText, outcomeText, radiusNotes, sizeRows } from '../../src/report/report-words.js';
import { certificate, mixedReport, oneEngine, provedReport, twoEngines } from './tiny.js';

const ball = (evidence?: typeof certificate) => ({ sample: 0, label: 0, verdict: 'unsat' as const, evidence });

describe('tally', () => {
  it('counts verdicts and evidence, strongest first', () => {
    expect(tally(mixedReport.balls)).toEqual({
      balls: 6,
      proved: 2,
      confirmed: 0,
      evidence: [
        { text: 'proved (certificate)', balls: 1 },
        { text: 'proved (search + z3)', balls: 1 },
        { text: 'unsat (z3)', balls: 1 },
      ],
      sat: 1,
      unknown: 1,
      timedOut: 1,
    });
  });

  it('does not call proved what has no evidence', () => {
    expect(tally([ball(), ball(oneEngine)]).proved).toBe(0);
    expect(outcomeText(tally([ball()]))).toBe('1 of 1 balls unsat (no evidence)');
  });
});

describe('outcomeText', () => {
  it.each([
    [[ball(certificate), ball(certificate)], '2 of 2 balls proved (certificate)'],
    [
      [ball({ level: 'certificate', engines: ['interval', 'z3'] }), ball(certificate)],
      '2 of 2 balls proved (certificate) · z3 agrees on 1, untightened',
    ],
    [[ball(oneEngine)], '1 of 1 balls unsat (z3)'],
    [[ball(certificate), ball(twoEngines)], '2 of 2 balls proved — 1 proved (certificate) · 1 proved (search + z3)'],
    [[ball(certificate), ball(oneEngine)], '1 of 2 balls proved — 1 proved (certificate) · 1 unsat (z3)'],
    [[], '0 of 0 balls proved'],
  ])('is right (%#)', (balls, text) => {
    expect(outcomeText(tally(balls))).toBe(text);
  });
});

describe('headlineText', () => {
  it('has the documented form', () => {
    const report = {
      ...provedReport,
      dataset: { ...provedReport.dataset, samples: 150, distinct: 149, dimension: 4 },
      separation: { magnitude: '1/10', pair: [70, 138] as const, lines: [72, 140] as const },
      radius: { value: '99/2000' },
    };
    expect(headlineText(report)).toBe(
      'ℓ∞ · ygz-wide · 150 (149 distinct) samples, d = 4 · δ = 1/10 between samples 70 and 138 (lines 72 and 140) · μ = 99/2000',
    );
  });

  it('says ∞ for one class, and open for open balls', () => {
    const { separation: _, ...report } = provedReport;
    expect(headlineText({ ...report, open: true })).toBe(
      'ℓ∞ · ygz-wide · 4 samples, d = 2 · δ = ∞ (one class) · μ = 3/8, open balls',
    );
  });
});

describe('radiusNotes', () => {
  it('repeats nothing', () => {
    expect(radiusNotes({ value: '1/8', asked: '1/8' })).toEqual([]);
    expect(radiusNotes({ value: '1/8', asked: 'delta/4', ratio: '1/2', note: 'n' })).toEqual([
      'asked for as delta/4',
      'ρ = 2μ/δ = 1/2',
      'n',
    ]);
  });
});

describe('sizeRows', () => {
  const claim = (value: string, count?: string) => ({
    ...provedReport,
    construction: {
      ...provedReport.construction!,
      claims: [
        {
          quantity: 'width' as const,
          theorem: { formula: 't', value },
          ...(count === undefined ? {} : { count: { formula: 'c', value: count } }),
        },
      ],
    },
  });

  it.each([
    ['7', undefined, true],
    ['6', undefined, false],
    ['20', '7', true],
    ['20', '8', false],
  ])('compares 7 with theorem %s and count %s', (value, count, holds) => {
    expect(sizeRows(claim(value, count))[0]!.holds).toBe(holds);
  });

  it('claims nothing where nothing is claimed', () => {
    expect(sizeRows(mixedReport).map((row) => row.holds)).toEqual(Array(5).fill(undefined));
  });
});
