import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import {
  evaluateExpression,
  expressionToLatex,
  formatRational,
  longestFormula,
  parseExpression,
  rational,
} from '../../src/exact/index.js';
import { InputError } from '../../src/format/index.js';

const variables = { N: rational(150), d: rational(4), C: rational(3), delta: rational(1, 2), x_1: rational(7) };
const value = async (text: string) => formatRational(evaluateExpression(await parseExpression(text), variables));
const digits = '1234567890'.repeat(10);

describe('values', () => {
  it.each([
    ['3/8', '3/8'],
    [' -0.125 ', '-1/8'],
    ['1e-3', '1/1000'],
    ['+3/6', '1/2'],
    ['N*(N - 1)/2', '11175'],
    ['T_0', undefined],
    ['-2^2', '-4'],
    ['(-2)^2', '4'],
    ['2^-1', '1/2'],
    ['2^3^2', '512'],
    ['-3/8', '-3/8'],
    ['7 - 2 - 1', '4'],
    ['8/4/2', '1'],
    ['1.5/2', '3/4'],
    ['+N', '150'],
    ['- -N', '150'],
    ['x_1^2', '49'],
    ['2*N*d + C', '1203'],
    ['0.99*delta/2', '99/400'],
    ['max(2*d, C, 1)', '8'],
    ['min(d, C)', '3'],
    ['max(d)', '4'],
    ['ceil(N/4)', '38'],
    ['floor(N/4)', '37'],
    ['floor(-7/2)', '-4'],
    ['ceil(-7/2)', '-3'],
    ['ceil(log2(N))', '8'],
    ['floor(log2(N))', '7'],
    ['d*ceil(log2(N)) + 1', '33'],
    ['2^ceil(log2(N))', '256'],
    ['0^0', '1'],
    ['(-1)^100000000001', '-1'],
    ['0^7', '0'],
    ['0^8', '0'],
  ])('%s = %s', async (text, expected) => {
    if (expected === undefined) await expect(value(text)).rejects.toThrow(InputError);
    else expect(await value(text)).toBe(expected);
  });

  it('keeps every digit of long numbers, which doubles and 64-digit decimals would not', async () => {
    expect(await value(`0.${digits}1`)).toBe(`${digits}1/1${'0'.repeat(101)}`);
    expect(await value(`0.${digits}1*1`)).toBe(`${digits}1/1${'0'.repeat(101)}`);
    expect(await value(`${digits}1 + 0*N`)).toBe(`${digits}1`);
    expect(await value(`(9007199254740993)*N/N`)).toBe('9007199254740993');
    expect(await value('1e-400*1e400')).toBe('1');
    expect(await value('0.1 + 0.2')).toBe('3/10');
  });

  it('agrees with mathjs on Fractions', async () => {
    const math = create(all, { number: 'Fraction' });
    const scope = Object.fromEntries(Object.entries(variables).map(([k, v]) => [k, math.fraction(formatRational(v))]));
    for (const text of [
      '(N + 1/3)*(d - 2/7)/(C + 5)',
      '-N/7 + d^3 - C^-2',
      '1/(1/N + 1/d + 1/C)',
      '(N - d*C)^2 - (N*C)^2/d',
      'ceil(N/7)*floor(N/7) - ceil(-N/7)',
      '2 - 3*4^2/5 - (6 - 7)',
      '-(2/3)^3*(-3)^3',
    ]) {
      const theirs = math.evaluate(text, { ...scope }) as { toFraction(): string };
      expect(await value(text)).toBe(theirs.toFraction());
    }
  });
});

const grammar = 'numbers, variables, + - * / ^ ( ), ceil, floor, max, min, isqrt and log2 inside ceil or floor';

describe('refusals name the place and what was found', () => {
  it.each([
    ['', 'expected a formula, got nothing'],
    ['1/0', 'expected a denominator other than 0, got "1/0"'],
    ['1e99999', 'expected rational text such as "3/8", got "1e99999"'],
    ['2*1e-99999', 'expected rational text such as "3/8", got "1e-99999"'],
    ['2 delta', 'expected a product written with *, got 2 delta'],
    ['2(3)', `expected ${grammar}, got 2(3)`],
    ['(2)(3)', 'expected a product written with *, got (2) (3)'],
    ['0x1F', 'expected a product written with *, got 0 x1F'],
    ['1 2', 'expected a product written with *, got 1 2'],
    ['50%', `expected ${grammar}, got "%" at character 3`],
    ['N!', `expected ${grammar}, got "!" at character 2`],
    ['[1, 2]', `expected ${grammar}, got "[" at character 1`],
    ['a = 1', `expected ${grammar}, got "=" at character 3`],
    ['1; 2', `expected ${grammar}, got ";" at character 2`],
    ['N # all', `expected ${grammar}, got "#" at character 3`],
    ['_0', `expected ${grammar}, got "_" at character 1`],
    ['−1', `expected ${grammar}, got "−" at character 1`],
    ['2 .* 3', `expected ${grammar}, got "." at character 3`],
    ['sin(2*N)', `expected ${grammar}, got sin(2 * N)`],
    ['N(2)', `expected ${grammar}, got N(2)`],
    ['N mod 2', `expected ${grammar}, got N mod 2`],
    ['not N', `expected ${grammar}, got not N`],
    ['1 to 3', `expected ${grammar}, got 1 to 3`],
    ['true', `expected ${grammar}, got true`],
    ['1 + NaN', `expected ${grammar}, got NaN`],
    ['Infinity', `expected ${grammar}, got Infinity`],
    ['log2(N)', 'expected log2 inside ceil or floor only, got log2(N)'],
    ['ceil(max(log2(3), 1))', 'expected log2 inside ceil or floor only, got log2(3)'],
    ['ceil(log2(N)^2)', 'expected log2 inside ceil or floor only, got log2(N)'],
    ['ceil(1/log2(N))', 'expected log2 inside ceil or floor only, got log2(N)'],
    ['ceil(log2(log2(N)))', 'expected log2 inside ceil or floor only, got log2(N)'],
    ['ceil(1, 2)', 'expected one argument of ceil, got 2'],
    ['max()', 'expected an argument of max, got none'],
    ['delta/', 'expected a formula, got "delta/": Unexpected end of expression'],
    ['((1)', 'expected a formula, got "((1)": Parenthesis ) expected'],
    ['1 + * 2', 'expected a formula, got "1 + * 2": Value expected'],
    ['1 + ,2', 'expected a formula, got "1 + ,2": Value expected'],
    [`${'1'.repeat(longestFormula + 1)}*N`, `expected at most ${longestFormula} characters, got ${longestFormula + 3}`],
  ])('%s', async (text, message) => {
    await expect(parseExpression(text, '--radius')).rejects.toThrow(new InputError(`--radius: ${message}`));
  });

  it('of more than a hundred brackets inside each other', async () => {
    const nested = (k: number) => `${'('.repeat(k)}N${')'.repeat(k)}`;
    expect(await value(nested(100))).toBe('150');
    await expect(value(nested(101))).rejects.toThrow(
      new InputError('formula: expected at most 100 brackets inside each other, got more'),
    );
    expect(await value(`${'(N)*'.repeat(150)}0`)).toBe('0');
  });
});

describe('expressionToLatex', () => {
  it.each([
    ['3/8', '\\frac{3}{8}'],
    ['delta/2', '\\frac{ \\delta}{2}'],
    [
      'ceil(log2(N)) + max(2*N*d, C)',
      '\\left\\lceil\\log_{2}\\left( N\\right)\\right\\rceil+\\max\\left(2\\cdot N\\cdot d, C\\right)',
    ],
    ['T_1*(6*d + 2)', ' T_{1}\\cdot\\left(6\\cdot d+2\\right)'],
    ['pairs^2', '{\\mathrm{pairs}}^{2}'],
    ['1e-7*N', '1\\cdot 10^{-7}\\cdot N'],
    ['1e+12*N', '1\\cdot 10^{12}\\cdot N'],
    ['2E3*N', '2\\cdot 10^{3}\\cdot N'],
    ['N*1e-12 + 3.5', ' N\\cdot1\\cdot 10^{-12}+3.5'],
    ['δ + 1', ' \\delta+1'],
    ['x_1_2 + 1', ' x_{1,2}+1'],
    [`0.${digits}`, `0.${digits}`],
  ])('%s', async (text, latex) => expect(await expressionToLatex(text)).toBe(latex));

  it('refuses what is no formula', async () => {
    await expect(expressionToLatex('sin(N)', 'claim')).rejects.toThrow(
      new InputError(`claim: expected ${grammar}, got sin(N)`),
    );
  });
});
