/**
 * Classes as small integers 0, 1, 2, …: how far a class is, in order, from the lowest or the highest one.
 *
 * The end with more samples is 0, because what has value 0 needs no record and no group. Values lead back to classes by
 * an affine map if classes are equally spaced, else by one layer of relus.
 */
import { one, rational, sub } from '../../exact/index.js';
import { type AffineForm, constantForm, type SequentialBuilder, scaleForm, sumForms } from '../../network/index.js';

export interface ClassRanks {
  /** Class of value v, for v = 0, …, C − 1. */
  readonly classes: readonly number[];
  /** Value of a class that occurs. */
  readonly rank: (label: number) => number;
}

/** The ranks of the classes of some labels. */
export function classRanks(labels: readonly number[]): ClassRanks {
  const ascending = [...new Set(labels)].sort((a, b) => a - b);
  const count = (c: number | undefined): number => labels.filter((label) => label === c).length;
  const classes = count(ascending.at(-1)) > count(ascending[0]) ? ascending.reverse() : ascending;
  const ranks = new Map(classes.map((c, v) => [c, v]));
  return { classes, rank: (label) => ranks.get(label)! };
}

/** Values v at which the class's slope changes, v = 1, …, C − 2. */
export function rankKinks({ classes }: ClassRanks): number[] {
  const slope = (v: number): number => classes[v]! - classes[v - 1]!;
  return classes.map((_, v) => v).filter((v) => v >= 1 && v < classes.length - 1 && slope(v + 1) !== slope(v));
}

/** The class of a value in {0, …, C − 1}, as a form; adds a layer only if classes are not equally spaced. */
export function classOfRank(builder: SequentialBuilder, ranks: ClassRanks, value: AffineForm): AffineForm {
  const { classes } = ranks;
  const slope = (v: number) => rational(classes[v]! - classes[v - 1]!);
  const kinks = rankKinks(ranks);
  const base = constantForm(rational(classes[0]!));
  if (kinks.length === 0) return sumForms([base, scaleForm(value, classes.length > 1 ? slope(1) : one)]);
  const shifted = kinks.map((v) => sumForms([value, constantForm(rational(-v))]));
  const [own, ...above] = builder.layer('relu', [value, ...shifted]);
  return sumForms([
    base,
    scaleForm(own!, slope(1)),
    ...above.map((form, k) => scaleForm(form, sub(slope(kinks[k]! + 1), slope(kinks[k]!)))),
  ]);
}
