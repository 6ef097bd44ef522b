/**
 * The neurons of a layer by the direction in which they look: parallel neurons are functions of one variable.
 *
 * Main definitions: `Line`, `NeuronOnLine`, `layerLines`, `formKey`.
 *
 * Notation. z_r = scale·t + offset, where t = Σ direction(c)·h_c over the layer before, with 1 as the coefficient of the
 * first column. |t|, clips and hats are sums of neurons of one line.
 */
import { div, formatRational, one, type Rational, zero } from '../../../exact/index.js';
import { type AffineForm, type Layer, rowCount, rowOf } from '../../../network/index.js';

/** A direction t over the outputs of the layer before, without constant. */
export type Line = AffineForm;

export interface NeuronOnLine {
  /** Number of the line; undefined for a neuron without weights, whose argument is `offset`. */
  readonly line?: number;
  readonly scale: Rational;
  readonly offset: Rational;
}

export interface LayerLines {
  readonly lines: readonly Line[];
  /** One per row. */
  readonly neurons: readonly NeuronOnLine[];
}

/** The lines of a layer, in order of their first neuron. */
export function layerLines(layer: Layer): LayerLines {
  const lines: Line[] = [];
  const known = new Map<string, number>();
  const neurons = Array.from({ length: rowCount(layer) }, (_, r): NeuronOnLine => {
    const { columns, weights, bias } = rowOf(layer, r);
    const scale = weights[0];
    if (scale === undefined) return { scale: one, offset: bias };
    const terms = new Map(columns.map((c, k) => [c, div(weights[k]!, scale)]));
    const direction = { terms, constant: zero };
    const key = formKey(direction);
    let line = known.get(key);
    if (line === undefined) {
      line = lines.length;
      known.set(key, line);
      lines.push(direction);
    }
    return { line, scale, offset: bias };
  });
  return { lines, neurons };
}

/** The terms of a form as text, equal for equal terms in whatever order. */
export const formKey = ({ terms }: AffineForm): string =>
  [...terms]
    .sort(([a], [b]) => a - b)
    .map(([c, w]) => `${c}:${formatRational(w)}`)
    .join();

/** The coefficient of the smallest column; undefined for a constant form. */
export function leading({ terms }: AffineForm): Rational | undefined {
  let first: number | undefined;
  for (const column of terms.keys()) if (first === undefined || column < first) first = column;
  return first === undefined ? undefined : terms.get(first)!;
}
