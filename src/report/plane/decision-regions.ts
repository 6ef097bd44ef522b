/**
 * Where in a rectangle a network's output means which class, as exact polygons.
 *
 * Main definitions: `decisionRegions`, `DecisionPolygon`, `regionOutlines`.
 *
 * Each affine piece is cut along the lines where its reading changes: exact, none (a piece means class c only where f
 * is constantly that value); round, f = v ± 1/2; sign, f = 0; argmax, the ties of the largest outputs. What means no
 * class is the transition zone. For the reading exact, a piece on which f merely crosses a class value belongs to the
 * zone: it has the value on a line, which has no area.
 */
import { add, half, parseRational, type Rational, sub } from '../../exact/index.js';
import type { OutputReading } from '../../format/index.js';
import { type Network, readLabel } from '../../network/index.js';
import { type AffinePiece, affinePieces, type SubdivisionOptions } from './affine-pieces.js';
import { type AffineRow, isConstant, rowDifference, rowMinus, scaledValue, signAt, valueAt } from './affine-row.js';
import { outline } from './outline.js';
import { centroid, cut, type Polygon } from './polygon.js';

/** A convex polygon whose interior has one meaning. */
export interface DecisionPolygon {
  readonly polygon: Polygon;
  /** The class, or undefined in the transition zone. */
  readonly label: number | undefined;
}

/**
 * Polygons that fill a convex polygon, interiors disjoint, each with the meaning of the outputs on its interior.
 * @throws InputError as `affinePieces`.
 */
export function decisionRegions(
  network: Network,
  polygon: Polygon,
  reading: OutputReading,
  options: SubdivisionOptions = {},
): DecisionPolygon[] {
  return affinePieces(network, polygon, options).flatMap((piece) => meanings(piece, reading));
}

function meanings({ polygon, outputs }: AffinePiece, reading: OutputReading): DecisionPolygon[] {
  const at = (part: Polygon): DecisionPolygon => ({
    polygon: part,
    label: readLabel(
      reading,
      outputs.map((row) => valueAt(row, centroid(part))),
    ),
  });
  switch (reading.notion) {
    case 'exact':
      return isConstant(outputs[0]!) ? [at(polygon)] : [{ polygon, label: undefined }];
    case 'round': {
      const values = reading.labels.map((text) => parseRational(text));
      const levels = values.flatMap((v) => [sub(v, half), add(v, half)]);
      const cutAt = (part: Polygon, level: Rational) => zeroCut(part, rowMinus(outputs[0]!, level));
      return levels.reduce((parts, level) => parts.flatMap((p) => cutAt(p, level)), [polygon]).map(at);
    }
    case 'sign':
      return zeroCut(polygon, outputs[0]!).map(at);
    case 'argmax':
      return largestCut(polygon, outputs, reading.classes).map(at);
  }
}

/** The polygon cut so that on each part one output, or several equal ones, are largest throughout. */
function largestCut(polygon: Polygon, outputs: readonly AffineRow[], classes: number): Polygon[] {
  let parts = [{ polygon, best: 0 }];
  for (let c = 1; c < classes; c++) {
    parts = parts.flatMap(({ polygon: part, best }) => {
      const above = rowDifference(outputs[c]!, outputs[best]!);
      return zeroCut(part, above).map((side) => ({
        polygon: side,
        best: side.some((p) => signAt(above, p) > 0) ? c : best,
      }));
    });
  }
  return parts.map((part) => part.polygon);
}

/** Both sides of the row's zero line in the polygon, or the polygon when it lies on one side. */
function zeroCut(polygon: Polygon, row: AffineRow): Polygon[] {
  const values = polygon.map((p) => scaledValue(row, p));
  if (!values.some((v) => v > 0n) || !values.some((v) => v < 0n)) return [polygon];
  const { positive, negative } = cut(polygon, values);
  return [positive, negative];
}

/** The boundary of all polygons with one meaning, by class; undefined stands for the transition zone. */
export function regionOutlines(polygons: readonly DecisionPolygon[]): Map<number | undefined, Polygon[]> {
  const groups = new Map<number | undefined, Polygon[]>();
  for (const { polygon, label } of polygons) {
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [polygon]);
    else group.push(polygon);
  }
  const order = [...groups.keys()].sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  return new Map(order.map((label) => [label, outline(groups.get(label)!)]));
}
