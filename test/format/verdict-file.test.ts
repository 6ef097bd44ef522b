import { describe, expect, it } from 'vitest';
import { counterexampleFileAt, type Evidence, evidenceText, InputError } from '../../src/format/index.js';

const query = {
  format: 'muball-query',
  version: 1,
  network: { sha256: 'ab'.repeat(32) },
  region: { kind: 'ball', norm: 'linf', centre: ['0'], radius: '1' },
  unsafe: [],
};
const good = { format: 'muball-counterexample', version: 1, query, point: ['1/2'], outputs: ['3'] };

describe('counterexampleFileAt', () => {
  it('gives back what it has checked', () => {
    expect(counterexampleFileAt(good)).toEqual(good);
    const whole = { ...good, networkFile: 'n.json', note: 'sample 3' };
    expect(counterexampleFileAt(whole)).toEqual(whole);
  });

  it.each<[unknown, string]>([
    [[], 'counterexample: expected an object, got []'],
    [
      { ...good, label: 1 },
      'counterexample.label: unknown field, expected format, version, query, point, outputs, networkFile, note',
    ],
    [{ ...good, format: 'x' }, 'counterexample.format: expected "muball-counterexample", got "x"'],
    [{ ...good, version: 9 }, 'counterexample.version: expected 1, got 9'],
    [{ ...good, query: { ...query, version: 9 } }, 'counterexample.query.version: expected 1, got 9'],
    [{ ...good, point: '1/2' }, 'counterexample.point: expected an array, got "1/2"'],
    [{ ...good, point: [0.5] }, 'counterexample.point[0]: write "0.5" as text, a JSON number is not exact'],
    [{ ...good, outputs: ['x'] }, 'counterexample.outputs[0]: expected rational text such as "3/8", got "x"'],
    [{ ...good, networkFile: 1 }, 'counterexample.networkFile: expected a string, got 1'],
    [{ ...good, note: [] }, 'counterexample.note: expected a string, got []'],
  ])('refuses %j', (value, message) => expect(() => counterexampleFileAt(value)).toThrow(new InputError(message)));
});

describe('evidenceText', () => {
  it.each<[Evidence, string]>([
    [{ level: 'certificate', engines: ['interval'] }, 'proved (certificate)'],
    [{ level: 'two', engines: ['interval', 'z3'] }, 'proved (search + z3)'],
    [{ level: 'engine', engines: ['z3'] }, 'unsat (z3)'],
  ])('%o', (evidence, text) => expect(evidenceText(evidence)).toBe(text));
});
