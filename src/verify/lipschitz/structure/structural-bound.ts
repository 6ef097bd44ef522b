/**
 * A Lipschitz bound from the structure that the rows of a network show: exactly 2/δ for the networks of [YGZ, Thm 5.2].
 *
 * Main definition: `structuralBound`.
 *
 * Main statement. Let φ = Σ w_k h_k be a form over the outputs of a layer, on a convex region. Neurons with parallel rows
 * are functions of one variable t_C, so φ = Σ φ_C(t_C) with piecewise linear φ_C whose cells are known, and cells that t_C
 * does not reach on the region are left out. At almost every point each t_C lies inside a cell, or at the end of one where
 * its gradient is 0: for piecewise linear t the level set {t = const} has gradient 0 almost everywhere. In both cases
 * ∇φ = Σ s_C ∇t_C for slopes s_C of cells, which is the gradient of the form Σ s_C t_C over the layer before. So
 *
 *     sup ‖∇φ‖* ≤ Σ over groups of lines of  max over choices of cells of  sup ‖∇(Σ_{C in group} s_C t_C)‖*,
 *
 * whatever the groups, and on the inputs ‖∇(g·x)‖* = ‖g‖*. A piecewise linear function whose gradients are at most K is
 * K-Lipschitz on a convex set. On a flat region all of this holds for gradients along it.
 *
 * No shape of network is asked for: a network without structure gets a large bound, never a wrong one. Lines that look at
 * a common neuron are one group; then max(a, b) = relu(a) + relu(b − a) with a ≥ 0 has the choices a and b, min and |t|
 * likewise, and a clip has t and constants: every gradient is one of an operand, and the bound of a tree of such gadgets is
 * that of its leaves. A sum in place of a maximum is a sum of bounds.
 *
 * Implementation notes. Level by level, each form up to scale once: the networks above have as many as operands. At the
 * first layer the box around the gradients is tried besides. Steps that may change have no constant.
 */
import { abs, add, inverse, max, min, mul, type Rational, zero } from '../../../exact/index.js';
import type { Norm } from '../../../format/index.js';
import { dualNormAbove, type Region } from '../../../geometry/index.js';
import { type AffineForm, type Network, scaleForm, sumForms } from '../../../network/index.js';
import type { OutputFunctional } from '../functional.js';
import { choicesOf, type Group, type LinePart } from './form-pieces.js';
import { type Budget, formRanges, mostChoices } from './form-ranges.js';
import { formKey, leading } from './lines.js';

export interface StructuralOptions {
  /** Where the constant holds, a convex set. @defaultValue everywhere */
  readonly region?: Region;
  /** Terms of forms that choices of cells may cost; decides how tight, never whether right. @defaultValue 2,000,000 */
  readonly effort?: number;
}

/** Networks with more weights are not looked at. */
const mostWeights = 500_000;
/** Forms over one layer from which groups are no longer looked at together. */
const mostForms = 20_000;

/** scale · (the bound of a form over the layer before), or of 0 without one. */
interface Alternative {
  readonly scale: Rational;
  readonly key: string;
}

/** Σ over parts of the largest alternative, and at most `cap`. */
interface Node {
  readonly parts: readonly (readonly Alternative[])[];
  readonly cap?: Rational;
}

/**
 * A rational K with |φ(x) − φ(y)| ≤ K‖x − y‖ on the region, φ being the functional of the outputs; undefined for none: where a
 * step may change, and for networks of more than half a million weights.
 */
export function structuralBound(
  network: Network,
  norm: Norm,
  functional: OutputFunctional,
  options: StructuralOptions = {},
): Rational | undefined {
  const { region, effort = 2_000_000 } = options;
  if (network.layers.reduce((sum, layer) => sum + layer.columns.length, 0) > mostWeights) return undefined;
  const budget: Budget = { left: effort };
  const { pieces } = formRanges(network, region, budget);
  const top: AffineForm = {
    terms: new Map(
      functional.columns.map((c, k) => [c, functional.weights[k]!] as const).filter(([, w]) => w.n !== 0n),
    ),
    constant: zero,
  };
  const nodes: Map<string, Node>[] = [];
  let forms = new Map<string, AffineForm>();
  const goal = entered(forms, top);
  for (let l = network.layers.length - 1; l >= 0; l--) {
    const below = new Map<string, AffineForm>();
    const made = new Map<string, Node>();
    for (const [key, form] of forms) {
      const { groups } = pieces(l, form);
      if (groups.some((group) => group.some(({ cells }) => cells === undefined))) return undefined;
      const parts = partsOf(groups, () => budget.left > 0 && below.size < mostForms).map((alternatives) =>
        alternatives.flatMap((child) => {
          budget.left -= child.terms.size;
          return entered(below, child) ?? [];
        }),
      );
      made.set(key, l === 0 ? { parts, cap: boxBound(norm, groups) } : { parts });
    }
    nodes.unshift(made);
    forms = below;
  }
  let values = new Map([...forms].map(([key, { terms }]) => [key, dualNormAbove(norm, [...terms.values()]).value]));
  for (const made of nodes) {
    const of = ({ scale, key }: Alternative): Rational => mul(scale, values.get(key)!);
    values = new Map(
      [...made].map(([key, { parts, cap }]) => {
        const sum = parts.reduce((total, part) => add(total, part.map(of).reduce(max, zero)), zero);
        return [key, cap === undefined ? sum : min(sum, cap)];
      }),
    );
  }
  return goal === undefined ? zero : mul(goal.scale, values.get(goal.key)!);
}

/** Enters a form, up to scale, among those whose bounds are needed; undefined for a constant. */
function entered(forms: Map<string, AffineForm>, form: AffineForm): Alternative | undefined {
  const first = leading(form);
  if (first === undefined) return undefined;
  const unit = scaleForm({ ...form, constant: zero }, inverse(first));
  const key = formKey(unit);
  if (!forms.has(key)) forms.set(key, unit);
  return { scale: abs(first), key };
}

/** The forms over the layer before that a form may be: Σ over parts of one alternative each. */
function partsOf(groups: readonly Group[], together: () => boolean): AffineForm[][] {
  const linear: AffineForm[] = [];
  const parts: AffineForm[][] = [];
  const add = (part: LinePart): void => {
    const slopes = part.cells!.map(({ slope }) => slope);
    if (slopes.length === 1) linear.push(scaleForm(part.direction, slopes[0]!));
    else parts.push(slopes.map((slope) => scaleForm(part.direction, slope)));
  };
  for (const group of groups) {
    const isLinear = group.every(({ cells }) => cells!.length === 1);
    const choices = isLinear || group.length === 1 || !together() ? undefined : choicesOf(group, mostChoices);
    if (choices === undefined) group.forEach(add);
    else parts.push(choices);
  }
  if (linear.length > 0) parts.push([sumForms(linear)]);
  return parts;
}

/** The dual norm of the largest entries that a gradient Σ s_C·direction_C may have. */
function boxBound(norm: Norm, groups: readonly Group[]): Rational {
  const low = new Map<number, Rational>();
  const high = new Map<number, Rational>();
  for (const { cells, direction } of groups.flat()) {
    for (const [column, w] of direction.terms) {
      const entries = cells!.map(({ slope }) => mul(slope, w));
      low.set(column, add(low.get(column) ?? zero, entries.reduce(min)));
      high.set(column, add(high.get(column) ?? zero, entries.reduce(max)));
    }
  }
  const sizes = [...low].map(([column, value]) => max(abs(value), abs(high.get(column)!)));
  return dualNormAbove(norm, sizes).value;
}
