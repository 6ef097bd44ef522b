/**
 * A form over the outputs of a layer, taken apart: groups of neurons that belong together, and what each may be.
 *
 * Main definitions: `formPieces`, `Group`, `choicesOf`.
 *
 * The terms of a form are functions φ_C(t_C) of its lines. Lines whose directions share a neuron of the layer before form
 * a group: max(a, b) = relu(a) + relu(b − a) is a group of the lines a and b − a, and two such sums beside each other are
 * two. Choosing a cell of every line of a group makes it a form over the layer before, `a` or `b` here.
 */
import { add, mul, type Rational } from '../../../exact/index.js';
import type { Activation } from '../../../format/index.js';
import { type AffineForm, constantForm, scaleForm, sumForms } from '../../../network/index.js';
import { activated, type Cell, type LineFunction, type LineTerm, lineFunction, type Range } from './line-function.js';
import type { LayerLines, Line } from './lines.js';

/** φ_C(t_C) of one line. */
export interface LinePart extends LineFunction {
  readonly direction: Line;
}

/** Lines that are connected by the neurons they look at. */
export type Group = readonly LinePart[];

export interface FormPieces {
  /** What does not depend on the input. */
  readonly constant: Rational;
  readonly groups: readonly Group[];
}

/** The parts of a form over the outputs of a layer. */
export function formPieces(
  activation: Activation,
  { lines, neurons }: LayerLines,
  form: AffineForm,
  rangeOf: (line: number) => Range,
): FormPieces {
  let constant = form.constant;
  const terms = new Map<number, LineTerm[]>();
  for (const [k, weight] of form.terms) {
    const { line, scale, offset } = neurons[k]!;
    if (line === undefined) constant = add(constant, mul(weight, activated(activation, offset)));
    else {
      const own = terms.get(line);
      if (own === undefined) terms.set(line, [{ weight, scale, offset }]);
      else own.push({ weight, scale, offset });
    }
  }
  const parts = [...terms].map(([line, own]): LinePart => {
    return { direction: lines[line]!, ...lineFunction(activation, own, rangeOf(line)) };
  });
  return { constant, groups: connected(parts) };
}

/** What a form is for each choice of cells of a group; undefined where a line may jump, or there are more than `most`. */
export function choicesOf(group: Group, most: number): AffineForm[] | undefined {
  let count = 1;
  for (const { cells } of group) {
    if (cells === undefined) return undefined;
    count *= cells.length;
    if (count > most) return undefined;
  }
  let choices: AffineForm[][] = [[]];
  for (const { cells, direction } of group)
    choices = choices.flatMap((chosen) => cells!.map((cell) => [...chosen, onCell(cell, direction)]));
  return choices.map(sumForms);
}

const onCell = ({ slope, constant }: Cell, direction: Line): AffineForm =>
  sumForms([scaleForm(direction, slope), constantForm(constant)]);

/** The parts by connection, each group and all groups in the order given. */
function connected(parts: readonly LinePart[]): Group[] {
  const above = parts.map((_, p) => p);
  const root = (p: number): number => {
    let at = p;
    while (above[at] !== at) {
      above[at] = above[above[at]!]!;
      at = above[at]!;
    }
    return at;
  };
  const lastOf = new Map<number, number>();
  parts.forEach(({ direction }, p) => {
    for (const column of direction.terms.keys()) {
      const other = lastOf.get(column);
      if (other !== undefined) above[root(p)] = root(other);
      lastOf.set(column, p);
    }
  });
  const groups = new Map<number, LinePart[]>();
  parts.forEach((part, p) => {
    const own = groups.get(root(p));
    if (own === undefined) groups.set(root(p), [part]);
    else own.push(part);
  });
  return [...groups.values()];
}
