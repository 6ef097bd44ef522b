/**
 * A walk over the full-dimensional cells on which a network is affine, for the largest gradient.
 *
 * Main definitions: `cellWalk`, `CellWalk`.
 *
 * Main statement. Neurons are decided layer by layer; on a cell with all earlier layers decided each is an affine form of the
 * input, which is positive inside the cell, not positive, or cuts it into two full-dimensional parts (cone.ts). So the
 * leaves are the activation cells with inner points, each once, whose gradients are all that the network has almost
 * everywhere; kinks, cells of lower dimension and neurons that are 0 everywhere do not count. A branch is left out when no
 * gradient in it is larger than the best so far (branch-bound.ts).
 *
 * Notes. Neurons that the outputs do not read, at whatever distance, cut nothing. The walk is a loop over a stack that can be
 * paused anywhere; what is on the stack bounds what has not been seen.
 */
import { max, type Rational, rational } from '../../../exact/index.js';
import type { Norm } from '../../../format/index.js';
import type { Region } from '../../../geometry/index.js';
import { type Layer, rowCount } from '../../../network/index.js';
import { operatorSize } from '../operator-magnitude.js';
import { slopeRanges } from '../slope-ranges.js';
import { type BranchBound, branchBound, isHopeless, type Place, undecided } from './branch-bound.js';
import { type Cone, cut } from './cone.js';
import { type Homogeneous, homogeneous } from './homogeneous.js';
import { type Form, formDenominators, inputForms, layerForms } from './layer-forms.js';
import type { Side, StartCell } from './start-cell.js';

export interface Leaf {
  /** ‖DF‖ on the cell, squared in ℓ2. */
  readonly magnitude: Rational;
  /** DF, row by row. */
  readonly gradient: readonly (readonly Rational[])[];
  readonly cone: Cone;
  readonly sides: Side | undefined;
}

export interface CellWalk {
  /** Goes on for so many cuts; true when nothing is left. */
  advance(cuts: number): boolean;
  /** Cells visited. */
  cells(): number;
  /** Branches left out. */
  cutOff(): number;
  best(): Leaf | undefined;
  /** A bound of all gradients in the part that is still to be walked, 0 when there is none; undefined is ∞. */
  bound(): Rational | undefined;
  /** The first step neuron that changes where the outputs may depend on it; the walk ends there. */
  jump(): { readonly layer: number; readonly neuron: number } | undefined;
}

export interface CellWalkOptions {
  /** Where the cells are looked for, to bound branches; the start cell decides which cells there are. @defaultValue everywhere */
  readonly region?: Region;
  /** Whether branches without hope are left out. @defaultValue true */
  readonly prune?: boolean;
}

interface Node extends Place {
  readonly cone: Cone;
  readonly sides: Side | undefined;
  /** The first neuron of the layer that is not decided. */
  readonly row: number;
}

/** The walk over the cells of layers whose last is affine. */
export function cellWalk(
  layers: readonly Layer[],
  norm: Norm,
  start: StartCell,
  { prune = true, region }: CellWalkOptions = {},
): CellWalk {
  const d = layers[0]!.inputs;
  const last = layers.length - 1;
  const isRead = neuronsRead(layers);
  const firstOf = layers.map((_, l) => layers.slice(0, l).reduce((sum, layer) => sum + rowCount(layer), start.next));
  const denominators = formDenominators(layers);
  const bounds: BranchBound = branchBound(layers, slopeRanges(layers, region), norm, denominators);
  let [cells, cutOff] = [0, 0];
  let [bestSize, best, bestMagnitude]: [bigint, Leaf | undefined, Rational] = [-1n, undefined, rational(0)];
  let jump: ReturnType<CellWalk['jump']>;

  const placeOf = (layer: number, below: readonly Form[]): Place => {
    const denominator = layer === 0 ? 1n : denominators[layer - 1]!;
    const forms = layerForms(layers[layer]!, below, denominator, d).map(homogeneous);
    return { layer, forms, decided: new Uint8Array(forms.length).fill(undecided) };
  };
  const stack: Node[] = [{ ...placeOf(0, inputForms(d)), cone: start.cone, sides: undefined, row: 0 }];

  const leaf = ({ cone, sides, forms }: Node): void => {
    cells++;
    const rows = forms.map(({ values }) => values.slice(0, d));
    const size = operatorSize(norm, rows);
    if (size <= bestSize) return;
    if (start.entry !== undefined && start.entry(sides) === undefined) return;
    const denominator = denominators[last]!;
    bestSize = size;
    bestMagnitude = rational(size, norm === 'l2' ? denominator * denominator : denominator);
    const gradient = rows.map((row) => row.map((v) => rational(v, denominator)));
    best = { magnitude: bestMagnitude, gradient, cone, sides };
  };

  /** What the next layer reads, when all neurons of a layer are decided. */
  const activations = ({ layer, forms, decided }: Node): Form[] => {
    const isStep = layers[layer]!.activation === 'step';
    const on: Form = Array.from({ length: d + 1 }, (_, j) => (j === d ? denominators[layer]! : 0n));
    return forms.map(({ values }, k) => (decided[k] === 0 ? undefined : isStep ? on : values));
  };

  /** Follows a node until a neuron cuts its cell, or to its leaf. */
  const follow = (given: Node): void => {
    let node = given;
    for (;;) {
      if (node.layer === last) {
        leaf(node);
        return;
      }
      const { layer, forms, decided, cone, sides } = node;
      const { activation } = layers[layer]!;
      for (let row = node.row; row < forms.length; row++) {
        if (activation === 'identity' || !isRead[layer]![row]) {
          decided[row] = activation === 'identity' ? 1 : 0;
          continue;
        }
        const form = forms[row]!;
        const found = cut(cone, form, firstOf[layer]! + row);
        if (typeof found === 'number') {
          decided[row] = found > 0 ? 1 : 0;
          continue;
        }
        if (activation === 'step') {
          jump = { layer, neuron: row };
          stack.length = 0;
          return;
        }
        branch({ layer, forms, decided, row }, form, sides, found);
        return;
      }
      node = { ...placeOf(layer + 1, activations(node)), cone, sides, row: 0 };
    }
  };

  const branch = (
    { layer, forms, decided, row }: Place & { readonly row: number },
    form: Homogeneous,
    before: Side | undefined,
    parts: { readonly above: Cone; readonly below: Cone },
  ): void => {
    const part = (positive: boolean): Node => {
      const own = decided.slice();
      own[row] = positive ? 1 : 0;
      const cone = positive ? parts.above : parts.below;
      return { layer, forms, decided: own, cone, sides: { form, positive, before }, row: row + 1 };
    };
    const [on, off] = [part(true), part(false)];
    // The part with the larger bound goes on top: a large gradient found early leaves out more.
    const isOnFirst = prune && bounds.near(on) >= bounds.near(off);
    stack.push(isOnFirst ? off : on, isOnFirst ? on : off);
  };

  return {
    advance(cuts) {
      for (let k = 0; k < cuts && stack.length > 0; k++) {
        const node = stack.pop()!;
        if (prune && best !== undefined && isHopeless(bounds, node, bestMagnitude)) cutOff++;
        else follow(node);
      }
      return stack.length === 0;
    },
    cells: () => cells,
    cutOff: () => cutOff,
    best: () => best,
    bound() {
      let most = rational(0);
      for (const node of stack) {
        const bound = bounds.exactly(node);
        if (bound === undefined) return undefined;
        most = max(most, bound);
      }
      return most;
    },
    jump: () => jump,
  };
}

/** For each layer, which neurons some output reads, through however many layers. */
function neuronsRead(layers: readonly Layer[]): readonly Uint8Array[] {
  const read = layers.map((layer) => new Uint8Array(rowCount(layer)));
  read.at(-1)!.fill(1);
  for (let l = layers.length - 1; l > 0; l--) {
    const layer = layers[l]!;
    for (let r = 0; r < rowCount(layer); r++) {
      if (read[l]![r] === 0) continue;
      for (let k = layer.rowStart[r]!; k < layer.rowStart[r + 1]!; k++) read[l - 1]![layer.columns[k]!] = 1;
    }
  }
  return read;
}
