import { describe, expect, test } from 'vitest';
import { parseDimacs } from '../../../src/theory/index.js';

describe('accepted', () => {
  test.each<[string, string, number, number[][]]>([
    [
      'a formula',
      'p cnf 3 2\n1 -2 0\n2 3 -1 0\n',
      3,
      [
        [1, -2],
        [2, 3, -1],
      ],
    ],
    ['comments, also between clauses', 'c hello\nc\np cnf 1 2\nc 1 2 3\n1 0\n\nc end\n-1 0', 1, [[1], [-1]]],
    ['a comment without a blank before the header', 'comment\np cnf 1 0\n', 1, []],
    ['clauses over several lines and two on one', 'p cnf 3 3\n1\n2 0 3\n0 -1 0', 3, [[1, 2], [3], [-1]]],
    ['line ends of Windows, blanks and tabs', '  p  cnf\t2 1 \r\n 1\t -2  0\r\n', 2, [[1, -2]]],
    ['the end of SATLIB files', 'p cnf 2 1\n1 2 0\n%\n0\n\n', 2, [[1, 2]]],
    ['a literal written twice', 'p cnf 3 1\n1 2 1 3 2 0\n', 3, [[1, 2, 3]]],
    ['tautologies and repeated clauses, kept', 'p cnf 2 3\n1 -1 2 0\n2 0\n2 0\n', 2, [[1, -1, 2], [2], [2]]],
    ['an empty clause', 'p cnf 2 2\n0 1 0\n', 2, [[], [1]]],
    ['no variables', 'p cnf 0 0\n', 0, []],
  ])('%s', (_, text, variables, clauses) => {
    expect(parseDimacs(text)).toEqual({ variables, clauses });
  });
});

describe('refused', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'line 1: expected "p cnf <variables> <clauses>", got the end'],
    ['only comments', 'c a\nc b\n', 'line 2: expected "p cnf <variables> <clauses>", got the end'],
    ['a clause before the header', 'c a\n1 0\np cnf 1 1\n', 'line 2: expected "p cnf <variables> <clauses>" before'],
    ['another format', 'p sat 3\n', 'line 1: expected "p cnf <variables> <clauses>", got "p sat 3"'],
    ['a negative count', 'p cnf -1 0\n', 'line 1: expected "p cnf <variables> <clauses>", got "p cnf -1 0"'],
    ['too many variables', 'p cnf 99999999 0\n', 'line 1: expected "p cnf <variables> <clauses>"'],
    ['two headers', 'p cnf 1 1\np cnf 1 1\n1 0\n', 'line 2: expected one line "p cnf …", got a second one'],
    ['a word', 'p cnf 1 1\n1 x 0\n', 'line 2: expected a literal or 0, got "x"'],
    ['a fraction', 'p cnf 1 1\n1.0 0\n', 'line 2: expected a literal or 0, got "1.0"'],
    ['a sign alone', 'p cnf 1 1\n- 1 0\n', 'line 2: expected a literal or 0, got "-"'],
    ['an unknown variable', 'p cnf 2 1\n1\n-3 0\n', 'line 3: expected a variable from 1 to 2, got -3'],
    ['a variable beyond doubles', `p cnf 2 1\n${'9'.repeat(400)} 0\n`, 'line 2: expected a variable from 1 to 2'],
    ['four literals', 'p cnf 4 2\n1 0\n1 2\n3 4 0\n', 'line 3: expected a clause of at most 3 literals, got 4'],
    ['an unended clause', 'p cnf 2 1\n1\n2\n', 'line 3: expected 0 at the end of the clause that begins on line 2'],
    [
      'an unended clause before %',
      'p cnf 2 1\n1 2\n%\n0\n',
      'line 3: expected 0 at the end of the clause that begins on line 2',
    ],
    ['too few clauses', 'p cnf 2 2\n1 2 0\n', 'line 2: expected 2 clauses, as the line "p cnf …" says, got 1'],
    ['too many clauses', 'p cnf 2 1\n1 0\n2 0\n', 'line 3: expected 1 clauses, as the line "p cnf …" says, got 2'],
  ])('%s', (_, text, message) => {
    expect(() => parseDimacs(text, 'f.cnf')).toThrow(`f.cnf: ${message}`);
  });
});
