/**
 * Bounds of forms over the outputs of a layer, on a region or everywhere.
 *
 * Main definition: `formRanges`.
 *
 * A form is at least the sum of the least values of its lines, and of each group at least what it is for the worst choice
 * of cells. So min(a, b) = relu(a) − relu(a − b) ≥ 0 is seen when a, b ≥ 0, although its second term has no bound.
 */
import { abs, add, max, mul, neg, one, type Rational, sub, type Vector, zero } from '../../../exact/index.js';
import { dualNormAbove, type Region } from '../../../geometry/index.js';
import { type AffineForm, type Network, scaleForm } from '../../../network/index.js';
import { choicesOf, type FormPieces, formPieces, type Group } from './form-pieces.js';
import type { Range } from './line-function.js';
import { formKey, type LayerLines, layerLines, leading } from './lines.js';

/** What choices of cells may cost, in terms of forms. What is not tried costs tightness only. */
export interface Budget {
  left: number;
}

/** Choices of cells that a group may have. */
export const mostChoices = 64;
/** Layers that one question may go down through, so that it fits the stack. */
const deepest = 500;

export interface FormRanges {
  /** The parts of a form over the outputs of layer l. */
  pieces(l: number, form: AffineForm): FormPieces;
}

/** The ranges for a network on a region, or everywhere. */
export function formRanges(network: Network, region: Region | undefined, budget: Budget): FormRanges {
  const lines: readonly LayerLines[] = network.layers.map(layerLines);
  const ranges = lines.map((own) => new Array<Range | undefined>(own.lines.length).fill(undefined));
  const known = lines.map(() => new Map<string, Rational | undefined>());
  let depth = 0;

  const rangeOf = (l: number, line: number): Range => {
    const found = ranges[l]![line];
    if (found !== undefined) return found;
    const direction = lines[l]!.lines[line]!;
    const below = least(l - 1, scaleForm(direction, neg(one)));
    const range = { low: least(l - 1, direction), high: below === undefined ? undefined : neg(below) };
    ranges[l]![line] = range;
    return range;
  };
  const pieces = (l: number, form: AffineForm): FormPieces =>
    formPieces(network.layers[l]!.activation, lines[l]!, form, (line) => rangeOf(l, line));

  /** A lower bound of a form over the outputs of layer l, of the inputs for l = −1; undefined for −∞. */
  const least = (l: number, form: AffineForm): Rational | undefined => {
    const first = leading(form);
    if (first === undefined) return form.constant;
    if (l < 0) return leastOverInputs(form, region);
    const scale = abs(first);
    const unit = scaleForm({ ...form, constant: zero }, { n: scale.d, d: scale.n });
    const key = formKey(unit);
    const memo = known[l]!;
    if (!memo.has(key)) memo.set(key, leastOfUnit(l, unit));
    const value = memo.get(key);
    return value === undefined ? undefined : add(mul(value, scale), form.constant);
  };
  const leastOfUnit = (l: number, unit: AffineForm): Rational | undefined => {
    if (depth >= deepest) return undefined;
    depth++;
    const { constant, groups } = pieces(l, unit);
    let sum: Rational | undefined = constant;
    for (const group of withLinearTogether(groups)) {
      sum = sumOrNone(sum, leastOfGroup(l, group));
      if (sum === undefined) break;
    }
    depth--;
    return sum;
  };
  const leastOfGroup = (l: number, group: Group): Rational | undefined => {
    const apart = group.map((part) => part.least).reduce(sumOrNone);
    if (group.length === 1 || budget.left <= 0) return apart;
    let together: Rational | undefined;
    for (const choice of choicesOf(group, mostChoices) ?? []) {
      budget.left -= choice.terms.size;
      const value = least(l - 1, choice);
      if (value === undefined) return apart;
      if (together === undefined || sub(value, together).n < 0n) together = value;
    }
    return apart === undefined || together === undefined ? (apart ?? together) : max(apart, together);
  };

  // From below, so that no question goes far down.
  for (const [l, own] of lines.entries()) for (let line = 0; line < own.lines.length; line++) rangeOf(l, line);
  return { pieces };
}

/** Groups without a choice look at one form together. */
function withLinearTogether(groups: readonly Group[]): readonly Group[] {
  const isLinear = (group: Group): boolean => group.every(({ cells }) => cells?.length === 1);
  const linear = groups.filter(isLinear).flat();
  return linear.length === 0 ? groups : [linear, ...groups.filter((group) => !isLinear(group))];
}

const sumOrNone = (a: Rational | undefined, b: Rational | undefined): Rational | undefined =>
  a === undefined || b === undefined ? undefined : add(a, b);

/** The infimum of a form over the inputs, in ℓ2 rounded down. */
function leastOverInputs(form: AffineForm, region: Region | undefined): Rational | undefined {
  if (region === undefined) return undefined;
  const terms = [...form.terms];
  const at = (x: (j: number, w: Rational) => Rational): Rational =>
    terms.reduce((sum, [j, w]) => add(sum, mul(w, x(j, w))), form.constant);
  if (region.kind === 'box') return at((j, w) => (w.n > 0n ? region.lower : region.upper)[j]!);
  const weights: Vector = terms.map(([, w]) => w);
  return sub(
    at((j) => region.centre[j]!),
    mul(region.radius, dualNormAbove(region.norm, weights).value),
  );
}
