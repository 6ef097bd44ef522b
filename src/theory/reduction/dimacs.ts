/**
 * Reading 3-SAT formulas in DIMACS form.
 *
 * Main definition: `parseDimacs`.
 *
 * Notes. Lines that begin with c are comments. `p cnf <variables> <clauses>` stands before the first clause; a clause is numbers
 * ended by 0, on one line or several. A line with % ends the formula, as in the files of SATLIB. A literal written twice
 * counts once; clauses that are empty, tautologies or repeated are kept.
 */
import { InputError } from '../../format/index.js';
import type { Cnf } from './cnf.js';

/** Literals of a clause. */
const mostLiterals = 3;
/** Enough for any formula whose dataset fits into memory. */
const mostVariables = 1_000_000;

/**
 * The formula of a text.
 * @throws InputError naming `where` and the line, for anything else than a formula with at most three literals in a clause.
 */
export function parseDimacs(text: string, where = 'formula'): Cnf {
  const refuseAt = (line: number, expected: string, got: string): never => {
    throw new InputError(`${where}: line ${line}: expected ${expected}, got ${got}`);
  };
  let header: { readonly variables: number; readonly clauses: number } | undefined;
  const clauses: number[][] = [];
  let open: { readonly literals: Set<number>; readonly line: number } | undefined;
  const lines = text.split(/\r\n|\n|\r/);
  let last = 0;
  for (const [at, content] of lines.entries()) {
    const words = content.trim().split(/\s+/).filter(Boolean);
    const line = at + 1;
    if (words[0] === undefined) continue;
    last = line;
    if (words[0].startsWith('%')) break;
    if (words[0] === 'c' || (header === undefined && words[0].startsWith('c'))) continue;
    if (words[0] === 'p') {
      if (header !== undefined) refuseAt(line, 'one line "p cnf …"', 'a second one');
      header = headerOf(words) ?? refuseAt(line, '"p cnf <variables> <clauses>"', JSON.stringify(content.trim()));
      continue;
    }
    if (header === undefined) {
      return refuseAt(line, '"p cnf <variables> <clauses>" before the first clause', shown(words[0]));
    }
    for (const word of words) {
      const literal = Number(word);
      if (!/^-?\d+$/.test(word)) refuseAt(line, 'a literal or 0', shown(word));
      if (Math.abs(literal) > header.variables) {
        refuseAt(line, `a variable from 1 to ${header.variables}`, String(literal));
      }
      open ??= { literals: new Set(), line };
      if (literal !== 0) {
        open.literals.add(literal);
        continue;
      }
      if (open.literals.size > mostLiterals) {
        refuseAt(open.line, `a clause of at most ${mostLiterals} literals`, String(open.literals.size));
      }
      clauses.push([...open.literals]);
      open = undefined;
    }
  }
  if (header === undefined) return refuseAt(Math.max(1, last), '"p cnf <variables> <clauses>"', 'the end');
  if (open !== undefined) refuseAt(last, `0 at the end of the clause that begins on line ${open.line}`, 'the end');
  if (clauses.length !== header.clauses) {
    refuseAt(Math.max(1, last), `${header.clauses} clauses, as the line "p cnf …" says`, String(clauses.length));
  }
  return { variables: header.variables, clauses };
}

function headerOf(words: readonly string[]): { readonly variables: number; readonly clauses: number } | undefined {
  const [, format, v, n] = words;
  if (words.length !== 4 || format !== 'cnf' || !/^\d+$/.test(v!) || !/^\d+$/.test(n!)) return undefined;
  const [variables, clauses] = [Number(v), Number(n)];
  return variables <= mostVariables && Number.isSafeInteger(clauses) ? { variables, clauses } : undefined;
}

const shown = (word: string): string => JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word);
