import { describe, expect, it } from 'vitest';
import { csvFields } from '../../src/data/index.js';
import { InputError } from '../../src/format/index.js';

describe('csvFields', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['a', ['a']],
    ['', ['']],
    [',', ['', '']],
    [' a , b\t', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a ""b"" c",d', ['a "b" c', 'd']],
    ['  " a "  ,b', [' a ', 'b']],
    ['"",""', ['', '']],
    ['"a",', ['a', '']],
    ['"a",b,', ['a', 'b', '']],
    [',"a"', ['', 'a']],
    ['5" pipe,"x"', ['5" pipe', 'x']],
    ['""""', ['"']],
  ])('%s', (line, fields) => expect(csvFields(line, 'f:1')).toEqual(fields));

  it.each([
    ['a,"b', 'f:3: column 2: expected a closing quote before the line ends'],
    ['"a""', 'f:3: column 1: expected a closing quote before the line ends'],
    ['"a"b,c', 'f:3: column 1: expected a comma after the closing quote, got "b"'],
    ['1,"a" "b"', 'f:3: column 2: expected a comma after the closing quote, got "\\""'],
  ])('refuses %s', (line, message) => expect(() => csvFields(line, 'f:3')).toThrow(new InputError(message)));
});
