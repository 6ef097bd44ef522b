/**
 * The dataset file: labelled points with exact coordinates.
 *
 * `{"format":"muball-dataset","version":1,"points":[["1/2","3"],…],"labels":[0,1,…],"labelNames":["setosa",…]}`
 */
import { refuse } from './errors.js';
import { arrayAt, countAt, fileAt, type RationalText, rationalAt, stringAt } from './shape.js';

export interface DatasetFile {
  readonly format: 'muball-dataset';
  readonly version: 1;
  /** N rows of d coordinates. */
  readonly points: readonly (readonly RationalText[])[];
  /** N class numbers ≥ 0. */
  readonly labels: readonly number[];
  /** Name of class c at place c. */
  readonly labelNames?: readonly string[];
}

/** Longest text of a coordinate, in characters. */
export const longestCoordinate = 10_000;

/** Largest label number accepted, so that a file cannot ask for gigabytes of classes. */
export const largestLabel = 1_000_000;

/** The value as a dataset file. @throws InputError naming the place. */
export function datasetFileAt(value: unknown, where = 'dataset'): DatasetFile {
  const file = fileAt(value, where, 'muball-dataset', ['points', 'labels', 'labelNames']);
  const rows = arrayAt(file.points, `${where}.points`);
  if (rows.length === 0) refuse(`${where}.points`, 'at least one point', 'none');
  const dimension = arrayAt(rows[0], `${where}.points[0]`).length;
  if (dimension === 0) refuse(`${where}.points[0]`, 'at least one coordinate', 'none');
  const points = rows.map((row, i) => {
    const entries = arrayAt(row, `${where}.points[${i}]`);
    if (entries.length !== dimension) {
      refuse(`${where}.points[${i}]`, `${dimension} coordinates`, String(entries.length));
    }
    return entries.map((entry, j) => coordinateAt(entry, `${where}.points[${i}][${j}]`));
  });
  const labels = arrayAt(file.labels, `${where}.labels`, points.length).map((label, i) =>
    countAt(label, `${where}.labels[${i}]`, largestLabel),
  );
  if (file.labelNames === undefined) return { format: 'muball-dataset', version: 1, points, labels };
  const labelNames = arrayAt(file.labelNames, `${where}.labelNames`).map((name, c) =>
    stringAt(name, `${where}.labelNames[${c}]`),
  );
  const largest = labels.reduce((a, b) => Math.max(a, b), 0);
  if (labelNames.length <= largest) {
    refuse(`${where}.labelNames`, `a name for each class up to ${largest}`, `${labelNames.length} names`);
  }
  return { format: 'muball-dataset', version: 1, points, labels, labelNames };
}

function coordinateAt(value: unknown, where: string): RationalText {
  const text = rationalAt(value, where);
  if (text.length > longestCoordinate) refuse(where, `at most ${longestCoordinate} characters`, String(text.length));
  return text;
}
