/**
 * Formulas over ℚ: radii, and the claims of constructions.
 *
 * Main definitions: `Expression` (our tree), `parseExpression`, `expressionToLatex`; `evaluateExpression` stands in
 * evaluate-expression.ts.
 *
 * mathjs reads the grammar, and nothing else: every number is cut out of the text before and replaced by a name `_0`,
 * `_1`, …, so that no value ever passes through a double or a rounding BigNumber; its digits are read by
 * `parseRational`. mathjs takes a second to import, so it is loaded when a text is more than one number or name. This is the
 * only file that imports it.
 */
import { InputError, refuse, shown } from '../format/index.js';
import type { Rational } from './rational.js';
import { parseRational } from './text.js';

export type Expression =
  | { readonly kind: 'constant'; readonly value: Rational }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: BinaryKind; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'ceil' | 'floor' | 'isqrt' | 'log2'; readonly of: Expression }
  | { readonly kind: 'max' | 'min'; readonly of: readonly Expression[] };

export type BinaryKind = 'sum' | 'difference' | 'product' | 'quotient' | 'power';

/** What we read of a node of mathjs. */
type MathNode = { toString(): string; toTex(options: { handler: (node: MathNode) => string | undefined }): string } & (
  | { readonly type: 'ParenthesisNode'; readonly content: MathNode }
  | { readonly type: 'SymbolNode'; readonly name: string }
  | { readonly type: 'OperatorNode'; readonly op: string; readonly implicit: boolean; readonly args: MathNode[] }
  | { readonly type: 'FunctionNode'; readonly fn: object; readonly args: MathNode[] }
  | { readonly type: 'ConstantNode' }
);

/** Longest text of a formula, in characters. */
export const longestFormula = 2000;

const deepestBrackets = 100;

const binaryKinds: Readonly<Record<string, BinaryKind>> = {
  '+': 'sum',
  '-': 'difference',
  '*': 'product',
  '/': 'quotient',
  '^': 'power',
};

const grammar = 'numbers, variables, + - * / ^ ( ), ceil, floor, max, min, isqrt and log2 inside ceil or floor';

/**
 * The tree of a formula over numbers, variables, + − · /, powers, parentheses, `ceil`, `floor`, `max`, `min`,
 * `isqrt` = ⌊√·⌋, and `log2` inside `ceil` or `floor`. A product is written with `*`.
 * @throws InputError naming `where` and what was found instead.
 */
export async function parseExpression(text: string, where = 'formula'): Promise<Expression> {
  const trimmed = text.trim();
  if (isNumber.test(trimmed)) return { kind: 'constant', value: parseRational(trimmed, where) };
  if (isShortName.test(trimmed)) return { kind: 'variable', name: trimmed };
  const formula = await readFormula(trimmed, where);
  return treeOf(formula.node, formula, false);
}

/** The formula in LaTeX; numbers keep their digits. @throws InputError as `parseExpression`. */
export async function expressionToLatex(text: string, where = 'formula'): Promise<string> {
  const formula = await readFormula(text.trim(), where);
  treeOf(formula.node, formula, false);
  return formula.node.toTex({
    handler: (node: MathNode): string | undefined => {
      if (node.type !== 'SymbolNode') return undefined;
      const literal = literalText(node.name, formula);
      if (literal !== undefined) return literal.replace(/[eE]\+?(-?\d+)$/, '\\cdot 10^{$1}');
      // The blank keeps a symbol apart from a command before it: \cdot N.
      if (node.name === 'delta' || node.name === 'δ') return ' \\delta';
      const [stem, ...indices] = node.name.split('_');
      const symbol = stem!.length === 1 ? ` ${stem}` : `\\mathrm{${stem}}`;
      return indices.length === 0 ? symbol : `${symbol}_{${indices.join(',')}}`;
    },
  });
}

const isNumber = /^[+-]?(?:\d+\/\d+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
/** A letter and digits, which is no word that mathjs takes for a value. */
const isShortName = /^[A-Za-z]\d*$/;
const token = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-zδ][A-Za-z0-9_]*|[-+*/^(),]))\s*/y;

interface Formula {
  readonly node: MathNode;
  readonly literals: readonly string[];
  readonly where: string;
}

/** The tree of mathjs, with the numbers of the text set aside. */
async function readFormula(text: string, where: string): Promise<Formula> {
  if (text === '') refuse(where, 'a formula', 'nothing');
  if (text.length > longestFormula) refuse(where, `at most ${longestFormula} characters`, String(text.length));
  const literals: string[] = [];
  const words: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) refuse(where, grammar, `${JSON.stringify(text.charAt(at))} at character ${at + 1}`);
    const [, literal, word] = found;
    depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    if (depth > deepestBrackets) refuse(where, `at most ${deepestBrackets} brackets inside each other`, 'more');
    words.push(word ?? `_${literals.push(literal!) - 1}`);
  }
  const parse = await mathParser();
  try {
    return { node: parse(words.join(' ')), literals, where };
  } catch (error) {
    // A syntax error, or a stack overflow on a long chain of signs or powers.
    const reason = error instanceof SyntaxError ? error.message.replace(/ \(char \d+\)/, '') : 'nested too deeply';
    return refuse(where, 'a formula', `${shown(text)}: ${withLiterals(reason, literals)}`);
  }
}

let parser: Promise<(text: string) => MathNode> | undefined;

/** The parser of mathjs, loaded once. */
function mathParser(): Promise<(text: string) => MathNode> {
  parser ??= import('mathjs').then(({ create, parseDependencies }) => {
    const { parse } = create({ parseDependencies }, { number: 'BigNumber' });
    return (text) => parse(text) as unknown as MathNode;
  });
  return parser;
}

/** The text of the number that a name stands for. */
function literalText(name: string, formula: Formula): string | undefined {
  return /^_\d+$/.test(name) ? formula.literals[Number(name.slice(1))] : undefined;
}

const withLiterals = (text: string, literals: readonly string[]): string =>
  text.replace(/(?<!\w)_(\d+)/g, (name, k) => literals[Number(k)] ?? name);

/** Our tree of a node; `rounded` where the value is only used through ceil or floor, so that log2 may stand there. */
function treeOf(node: MathNode, formula: Formula, rounded: boolean): Expression {
  const { where } = formula;
  const inner = (child: MathNode, stays = rounded): Expression => treeOf(child, formula, stays);
  const unexpected = (): never => refuse(where, grammar, withLiterals(node.toString(), formula.literals));
  switch (node.type) {
    case 'ParenthesisNode':
      return inner(node.content);
    case 'SymbolNode': {
      const literal = literalText(node.name, formula);
      if (literal === undefined) return { kind: 'variable', name: node.name };
      return { kind: 'constant', value: parseRational(literal, where) };
    }
    case 'OperatorNode': {
      if (node.implicit) refuse(where, 'a product written with *', withLiterals(node.toString(), formula.literals));
      const [left, right] = node.args;
      if (right === undefined) {
        if (node.op === '-') return { kind: 'negative', of: inner(left!) };
        return node.op === '+' ? inner(left!) : unexpected();
      }
      const kind = Object.hasOwn(binaryKinds, node.op) ? binaryKinds[node.op]! : unexpected();
      const linear = kind !== 'power' && rounded;
      return { kind, left: inner(left!, linear), right: inner(right, linear && kind !== 'quotient') };
    }
    case 'FunctionNode': {
      const name = String(node.fn);
      const one = (stays: boolean): Expression =>
        node.args.length === 1
          ? inner(node.args[0]!, stays)
          : refuse(where, `one argument of ${name}`, String(node.args.length));
      switch (name) {
        case 'ceil':
        case 'floor':
          return { kind: name, of: one(true) };
        case 'max':
        case 'min':
          if (node.args.length === 0) refuse(where, `an argument of ${name}`, 'none');
          return { kind: name, of: node.args.map((child) => inner(child, false)) };
        case 'isqrt':
          return { kind: name, of: one(false) };
        case 'log2':
          if (!rounded)
            throw new InputError(
              `${where}: expected log2 inside ceil or floor only, got ${withLiterals(node.toString(), formula.literals)}`,
            );
          return { kind: name, of: one(false) };
        default:
          return unexpected();
      }
    }
    default:
      return unexpected();
  }
}
