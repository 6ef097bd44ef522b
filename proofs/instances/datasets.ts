/**
 * Named small datasets, d ≤ 3 and N ≤ 8, one for each thing that a proof may trip over.
 *
 * Main definitions: `datasets`, `DatasetName`. Points are rational text; classes are numbers that a sample may skip.
 */
import { parseRational } from '../../src/exact/index.js';
import { type Dataset, datasetOf } from '../../src/geometry/index.js';

/** Points as `x y …: class`. */
const texts = {
  /** The least there is: two samples on a line. */
  pair: ['0: 0', '1: 1'],
  /** Two samples in the plane; δ₂ = 5 is rational. */
  couple: ['0 0: 0', '3 4: 1'],
  /** d = 1: three classes, neighbours 0 and 1/4 and neighbours 3 and 13/4 of one class, so their balls overlap. */
  line: ['0: 0', '1/4: 0', '1: 1', '2: 0', '3: 2', '13/4: 2', '17/4: 1', '6: 0'],
  /** No hyperplane separates the classes; every sample is in a closest pair. */
  xor: ['0 0: 0', '1 1: 0', '0 1: 1', '1 0: 1'],
  /** Balls of one class overlap, in both classes, and two samples coincide. */
  overlap: ['2 0: 0', '2 1/8: 0', '2 2: 0', '0 0: 1', '1/5 1/7: 1', '0 0: 1'],
  /** Four classes with numbers left out, coordinates with different denominators and signs. */
  colours: ['1/3 -2/7: 1', '-5/4 1/2: 2', '3/2 11/8: 5', '0 13/9: 2', '-7/5 -1: 9', '2 -4/3: 1'],
  /** Every sample of a 3 × 3 grid but its middle, three classes in turn. */
  ring: ['0 0: 0', '1 0: 1', '2 0: 2', '2 1: 0', '2 2: 1', '1 2: 2', '0 2: 0', '0 1: 1'],
  /** On the line x0 = x1, which a map to one dimension keeps. */
  diagonal: ['0 0: 0', '1 1: 1', '2 2: 0', '3 3: 2'],
  /** Parity of three bits. */
  cube: ['0 0 0: 0', '0 0 1: 1', '0 1 0: 1', '0 1 1: 0', '1 0 0: 1', '1 0 1: 0', '1 1 0: 0', '1 1 1: 1'],
  /** Three classes in space, with an overlap. */
  space: ['0 1/2 -1: 0', '1 -1/3 2/5: 1', '9/8 -1/3 1/2: 1', '-3/4 1 1: 2', '1/2 2 -2/3: 0'],
  /** One class: δ = ∞ and every radius is allowed. */
  alike: ['0 0: 3', '1/2 5: 3', '-1 2/3: 3'],
  /** One sample. */
  lonely: ['1/2 -1/3 7: 4'],
} as const;

export type DatasetName = keyof typeof texts;
export const datasetNames = Object.keys(texts) as DatasetName[];

/** The dataset of a name. */
export const datasets = Object.fromEntries(
  datasetNames.map((name): [DatasetName, Dataset] => {
    const samples = texts[name].map((text) => {
      const [coordinates, label] = text.split(': ');
      return { x: coordinates!.split(' ').map((v) => parseRational(v)), label: Number(label) };
    });
    const points = samples.map(({ x }) => x);
    return [
      name,
      datasetOf(
        points,
        samples.map(({ label }) => label),
        { name },
      ),
    ];
  }),
) as Readonly<Record<DatasetName, Dataset>>;
