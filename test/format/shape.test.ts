import { describe, expect, it } from 'vitest';
import {
  arrayAt,
  booleanAt,
  countAt,
  InputError,
  objectAt,
  rationalAt,
  shown,
  stringAt,
  versionAt,
  wordAt,
} from '../../src/format/index.js';

const refused = (read: () => unknown, message: string) => expect(read).toThrow(new InputError(message));

describe('shown', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    [12n, '12'],
    ['a"b', '"a\\"b"'],
    [[1, 'x'], '[1,"x"]'],
    [Number.NaN, 'null'],
    [() => 1, '() => 1'],
    ['x'.repeat(70), `"${'x'.repeat(56)}…`],
  ])('%s', (value, text) => expect(shown(value)).toBe(text));
});

describe('shapes accept what they ask for', () => {
  it('and give it back', () => {
    const object = { a: 1 };
    expect(objectAt(object, 'x', ['a', 'b'])).toBe(object);
    expect(arrayAt([1, 2], 'x', 2)).toEqual([1, 2]);
    expect(arrayAt([], 'x')).toEqual([]);
    expect(stringAt('', 'x')).toBe('');
    expect(booleanAt(false, 'x')).toBe(false);
    expect(wordAt('b', 'x', ['a', 'b'])).toBe('b');
    expect(countAt(0, 'x')).toBe(0);
    expect(countAt(7, 'x', 7)).toBe(7);
    expect(rationalAt(-3, 'x')).toBe('-3');
    expect(rationalAt('1e-3', 'x')).toBe('1e-3');
    expect(versionAt({ format: 'f', version: 1 }, 'x', 'f')).toBeUndefined();
  });
});

describe('shapes refuse everything else', () => {
  it.each<[() => unknown, string]>([
    [() => objectAt(null, 'x', []), 'x: expected an object, got null'],
    [() => objectAt([], 'x', []), 'x: expected an object, got []'],
    [() => objectAt('a', 'x', []), 'x: expected an object, got "a"'],
    [() => objectAt({ c: 1 }, 'x', ['a', 'b']), 'x.c: unknown field, expected a, b'],
    [() => arrayAt({}, 'x'), 'x: expected an array, got {}'],
    [() => arrayAt([1], 'x', 2), 'x: expected 2 entries, got 1'],
    [() => stringAt(1, 'x'), 'x: expected a string, got 1'],
    [() => booleanAt(0, 'x'), 'x: expected true or false, got 0'],
    [() => wordAt('c', 'x', ['a', 'b']), 'x: expected a or b, got "c"'],
    [() => wordAt(1, 'x', ['a']), 'x: expected a, got 1'],
    [() => countAt(-1, 'x'), 'x: expected a whole number ≥ 0, got -1'],
    [() => countAt(1.5, 'x'), 'x: expected a whole number ≥ 0, got 1.5'],
    [() => countAt(2 ** 53, 'x'), 'x: expected a whole number ≥ 0, got 9007199254740992'],
    [() => countAt('1', 'x'), 'x: expected a whole number ≥ 0, got "1"'],
    [() => countAt(8, 'x', 7), 'x: expected a whole number from 0 to 7, got 8'],
    [() => rationalAt(0.1, 'x'), 'x: write "0.1" as text, a JSON number is not exact'],
    [() => rationalAt(2 ** 53, 'x'), 'x: write "9007199254740992" as text, a JSON number is not exact'],
    [() => rationalAt(null, 'x'), 'x: expected rational text such as "3/8", got null'],
    [() => rationalAt('1e10000', 'x'), 'x: expected rational text such as "3/8", got "1e10000"'],
    [() => rationalAt('1/0', 'x'), 'x: expected a denominator other than 0, got "1/0"'],
    [() => versionAt({ format: 'g', version: 1 }, 'x', 'f'), 'x.format: expected "f", got "g"'],
    [() => versionAt({ version: 1 }, 'x', 'f'), 'x.format: expected "f", got nothing'],
    [() => versionAt({ format: 'f', version: 9 }, 'x', 'f'), 'x.version: expected 1, got 9'],
    [() => versionAt({ format: 'f', version: '1' }, 'x', 'f'), 'x.version: expected 1, got "1"'],
  ])('%s', refused);
});
