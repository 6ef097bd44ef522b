import { describe, expect, it } from 'vitest';
import { type CsvOptions, datasetFromCsv, linesOf } from '../../src/data/index.js';
import { formatRational } from '../../src/exact/index.js';
import { InputError, longestCoordinate } from '../../src/format/index.js';
import { points } from '../../src/geometry/index.js';

const read = (text: string, options?: CsvOptions) => datasetFromCsv(linesOf([text], 'f.csv'), 'f.csv', options);
async function shape(text: string, options?: CsvOptions) {
  const data = await read(text, options);
  return {
    points: points(data).map((p) => p.map(formatRational).join(' ')),
    labels: data.labels.join(' '),
    lines: data.lines!.join(' '),
    ...(data.labelNames === undefined ? {} : { names: data.labelNames.join(' ') }),
  };
}

describe('datasetFromCsv', () => {
  it.each<[string, string, CsvOptions, object]>([
    ['no header', '1,2,0\n3,4,1\n', {}, { points: ['1 2', '3 4'], labels: '0 1', lines: '1 2' }],
    ['a header', 'x,y,c\n1,2,0\n3,4,1', {}, { points: ['1 2', '3 4'], labels: '0 1', lines: '2 3' }],
    ['a header with 2nd', 'x,2nd,c\n1,2,0\n', {}, { points: ['1 2'], labels: '0', lines: '2' }],
    ['exact values', '3/8,-0.125,1e-3,0\n', {}, { points: ['3/8 -1/8 1/1000'], labels: '0', lines: '1' }],
    ['blank lines', '\nx,c\n\n1,0\n  \n2,1\n\n', {}, { points: ['1', '2'], labels: '0 1', lines: '4 6' }],
    [
      'quotes and CRLF',
      '"x","c"\r\n"1","no, sir"\r\n2,yes\r\n',
      {},
      { points: ['1', '2'], labels: '0 1', lines: '2 3', names: 'no, sir yes' },
    ],
    [
      'names in order of appearance',
      '1,b\n2,a\n3,b\n',
      {},
      { points: ['1', '2', '3'], labels: '0 1 0', lines: '1 2 3', names: 'b a' },
    ],
    [
      'class numbers as they are',
      '1,7\n2,0\n3,1000000\n',
      {},
      { points: ['1', '2', '3'], labels: '7 0 1000000', lines: '1 2 3' },
    ],
    [
      'one label that is no number',
      '1,7\n2,x\n3,7\n',
      {},
      { points: ['1', '2', '3'], labels: '0 1 0', lines: '1 2 3', names: '7 x' },
    ],
    ['negative labels', '1,1\n2,-1\n', {}, { points: ['1', '2'], labels: '0 1', lines: '1 2', names: '1 -1' }],
    ['labels 01 and 1', '1,01\n2,1\n', {}, { points: ['1', '2'], labels: '0 1', lines: '1 2', names: '01 1' }],
    ['labels 0.0 and 1.0', '1,0.0\n2,1.0\n', {}, { points: ['1', '2'], labels: '0 1', lines: '1 2', names: '0.0 1.0' }],
    [
      'large whole labels beside names',
      '1,2000000\n2,x\n',
      {},
      { points: ['1', '2'], labels: '0 1', lines: '1 2', names: '2000000 x' },
    ],
    ['label by name', 'c,x,y\n0,1,2\n', { label: 'c' }, { points: ['1 2'], labels: '0', lines: '2' }],
    ['label by name, header of numbers', '0,c\n5,1\n', { label: 'c' }, { points: ['5'], labels: '1', lines: '2' }],
    ['label first', '0,1,2\n1,3,4\n', { label: 1 }, { points: ['1 2', '3 4'], labels: '0 1', lines: '1 2' }],
    ['label first, as text', '0,1,2\n', { label: '1' }, { points: ['1 2'], labels: '0', lines: '1' }],
    [
      'label second from the end',
      'x,c,y\n1,a,2\n',
      { label: -2 },
      { points: ['1 2'], labels: '0', lines: '2', names: 'a' },
    ],
    ['label first, as text from the end', '0,1,2\n', { label: '-3' }, { points: ['1 2'], labels: '0', lines: '1' }],
    [
      'a string label in a first row of data',
      '1,2,a\n3,4,b\n',
      {},
      { points: ['1 2', '3 4'], labels: '0 1', lines: '1 2', names: 'a b' },
    ],
    ['header forced', '1,2\n3,4\n', { header: true }, { points: ['3'], labels: '4', lines: '2' }],
    ['header of numbers, auto', '1,2\n3,4\n', {}, { points: ['1', '3'], labels: '2 4', lines: '1 2' }],
    ['a mark at the start', '\ufeff1,0\n', {}, { points: ['1'], labels: '0', lines: '1' }],
  ])('%s', async (_, text, options, expected) => expect(await shape(text, options)).toEqual(expected));

  it('keeps long decimals and huge numbers to the last digit', async () => {
    const digits = `0.${'1234567890'.repeat(12)}1`;
    const data = await read(`${digits},1e400,0\n-1e-400,0,1\n`);
    expect(points(data).flat().map(formatRational)).toEqual([
      `${'1234567890'.repeat(12)}1/1${'0'.repeat(121)}`.replace(/^0+/, ''),
      `1${'0'.repeat(400)}`,
      `-1/1${'0'.repeat(400)}`,
      '0',
    ]);
  });
});

const notRational = (text: string) => `expected rational text such as "3/8", got ${JSON.stringify(text)}`;

describe('refusals', () => {
  it.each<[string, string, CsvOptions, string]>([
    ['an empty file', '', {}, 'f.csv: expected at least one sample, got an empty file'],
    ['blank lines', '\n \n', {}, 'f.csv: expected at least one sample, got blank lines only'],
    ['a header alone', 'x,c\n', {}, 'f.csv: expected at least one sample, got a header only'],
    ['one column', '\n1\n2\n', {}, 'f.csv:2: expected at least 2 columns (coordinates and a label), got 1'],
    ['semicolons', '1;2;0\n', {}, 'f.csv:1: expected at least 2 columns (coordinates and a label), got 1'],
    ['a short row', 'x,y,c\n1,2,0\n\n1,2\n', {}, 'f.csv:4: expected 3 fields, got 2'],
    ['a long row', '1,2,0\n1,2,3,0\n', {}, 'f.csv:2: expected 3 fields, got 4'],
    ['NaN', 'x,petal length,c\n1,2,0\n1,NaN,0\n', {}, `f.csv:3: column 2 (petal length): ${notRational('NaN')}`],
    ['infinity', '1,2,0\n1,-inf,0\n', {}, `f.csv:2: column 2: ${notRational('-inf')}`],
    ['an empty field', '1,,0\n', {}, `f.csv:1: column 2: ${notRational('')}`],
    ['NaN in the first row', 'NaN,1,0\n1,2,0\n', {}, `f.csv:1: column 1: ${notRational('NaN')}`],
    ['nothing but missing values in the first row', '?,NA,0\n1,2,0\n', {}, `f.csv:1: column 1: ${notRational('?')}`],
    ['a misprint in the first row', '5.1,1..4,a\n1,2,a\n', {}, `f.csv:1: column 2: ${notRational('1..4')}`],
    ['a name among the numbers of the first row', '5.1,x,a\n1,2,a\n', {}, `f.csv:1: column 2: ${notRational('x')}`],
    ['misprints only in the first row', '1..5,1O,a\n1,2,a\n', {}, `f.csv:1: column 1: ${notRational('1..5')}`],
    ['a header where none is allowed', 'x,c\n1,0\n', { header: false }, `f.csv:1: column 1: ${notRational('x')}`],
    ['1/0', '1/0,0\n', {}, 'f.csv:1: column 1: expected a denominator other than 0, got "1/0"'],
    ['a huge exponent', '1e99999,0\n', {}, `f.csv:1: column 1: ${notRational('1e99999')}`],
    [
      'a long number',
      `${'1'.repeat(longestCoordinate + 1)},0\n`,
      {},
      'f.csv:1: column 1: expected at most 10000 characters, got 10001',
    ],
    ['an empty label', 'x,c\n1,a\n2,\n', {}, 'f.csv:3: column 2 (c): expected a label, got nothing'],
    [
      'a class above a million',
      '1,0\n2,1000001\n',
      {},
      'f.csv:2: column 2: expected a class number up to 1000000, got 1000001',
    ],
    [
      'an unknown label column',
      'x,c\n1,0\n',
      { label: 'species' },
      'f.csv:1: expected a column named "species", got "x, c"',
    ],
    [
      'a name without a header',
      '1,0\n',
      { label: 'c', header: false },
      'f.csv:1: expected a label column by its number, without a header, got "c"',
    ],
    [
      'two label columns of one name',
      'c,x,c\n1,2,3\n',
      { label: 'c' },
      'f.csv:1: expected one column named "c", got 2',
    ],
    ['column 0', '1,0\n', { label: 0 }, 'f.csv:1: expected a label column from 1 to 2 or from -1 to -2, got 0'],
    ['column 3 of 2', '1,0\n', { label: 3 }, 'f.csv:1: expected a label column from 1 to 2 or from -1 to -2, got 3'],
    [
      'column -3 of 2',
      '1,0\n',
      { label: '-3' },
      'f.csv:1: expected a label column from 1 to 2 or from -1 to -2, got -3',
    ],
    ['column 1.5', '1,0\n', { label: 1.5 }, 'f.csv:1: expected a label column from 1 to 2 or from -1 to -2, got 1.5'],
    ['an open quote', '1,"a\n', {}, 'f.csv:1: column 2: expected a closing quote before the line ends'],
    [
      'a line too long',
      `1,0\n${'1,'.repeat(3_000_000)}0\n`,
      {},
      'f.csv:2: expected a line of at most 1000000 characters, got a longer one',
    ],
  ])('%s', async (_, text, options, message) => {
    await expect(read(text, options)).rejects.toThrow(new InputError(message));
  });
});
