/**
 * A counterexample as people read it.
 *
 * Main definitions: `CounterexampleReport`, `counterexampleReport` (replays the point exactly), `counterexampleText`.
 *
 * Long points are shortened in the middle and long numbers to a decimal marked ≈. What was left out is counted, and
 * where it could hide the difference of both points, that difference is told.
 */
import { formatRational, parseRational, subVectors, type Vector } from '../exact/index.js';
import { type Norm, normSymbol, type OutputReading, type RationalText } from '../format/index.js';
import { compareToRadius, magnitude } from '../geometry/index.js';
import { evaluate, readLabel } from '../network/index.js';
import type { Query } from '../verify/query.js';
import { replay } from '../verify/verdict.js';
import { plainText } from './plain-text.js';
import { equationText, rootText, valueText } from './value-text.js';

/** A point with what the network makes of it. */
export interface PointReport {
  readonly point: readonly RationalText[];
  readonly outputs: readonly RationalText[];
  /** The class that the outputs mean; left out for none. */
  readonly class?: number;
}

export interface CounterexampleReport {
  /** What the ball or box belongs to: `sample 3 (line 5)`. */
  readonly subject: string;
  /** The class that the whole ball should have, where it is known. */
  readonly label?: number;
  readonly labelNames?: readonly string[];
  /** For balls: the norm, the centre, the radius, and how far x′ is (squared for ℓ2). */
  readonly ball?: {
    readonly norm: Norm;
    readonly radius: RationalText;
    readonly centre: PointReport;
    readonly distance: RationalText;
    /** How the distance compares to the radius, exactly; `≤` and `<` when the point is in the ball. */
    readonly relation: '≤' | '<' | '=' | '>';
  };
  readonly found: PointReport;
  /** Set when outputs are values that mean no classes. */
  readonly valuesOnly?: true;
  /** Whether the point lies in the region, exactly. */
  readonly inside: boolean;
  /** Whether its outputs are unsafe, exactly. */
  readonly unsafe: boolean;
  /** Command that repeats the replay. */
  readonly replay?: string;
  readonly hint?: string;
}

export interface CounterexampleExtras {
  readonly label?: number;
  readonly labelNames?: readonly string[];
  readonly replay?: string;
  readonly hint?: string;
}

/**
 * The report of a point that is claimed to answer a query, replayed exactly; without a reading outputs are values only.
 * @throws InputError when its dimension is wrong.
 */
export function counterexampleReport(
  query: Query,
  x: Vector,
  reading: OutputReading | undefined,
  subject: string,
  extras: CounterexampleExtras = {},
): CounterexampleReport {
  const { network, region } = query;
  const { inside, outputs, unsafe } = replay(query, x);
  const spot = (point: Vector, y: Vector): PointReport => {
    const meaning = reading === undefined ? undefined : readLabel(reading, y);
    return {
      point: point.map(formatRational),
      outputs: y.map(formatRational),
      ...(meaning === undefined ? {} : { class: meaning }),
    };
  };
  const values = reading === undefined ? { valuesOnly: true as const } : {};
  const report = { subject, ...extras, found: spot(x, outputs), ...values, inside, unsafe };
  if (region.kind === 'box') return report;
  const { norm, centre, radius } = region;
  const way = subVectors(x, centre);
  return {
    ...report,
    ball: {
      norm,
      radius: formatRational(radius),
      centre: spot(centre, evaluate(network, centre)),
      distance: formatRational(magnitude(norm, way)),
      relation: inside ? (region.open ? '<' : '≤') : compareToRadius(norm, way, radius) === 0 ? '=' : '>',
    },
  };
}

/** The lines that are printed for a counterexample; no line end after the last. */
export function counterexampleText(report: CounterexampleReport): string {
  const { ball, found } = report;
  const yes = report.inside && report.unsafe;
  const rows = [
    ...(ball === undefined ? [] : [{ mark: 'x', spot: ball.centre, end: '' }]),
    { mark: 'x′', spot: found, end: `     replayed exactly: ${yes ? 'yes' : 'no'}` },
  ].map(({ mark, spot, end }) => ({
    name: mark.padEnd(3),
    point: tupleText(spot.point),
    value: `f(${mark})`,
    outputs: spot.outputs.length === 1 ? shownValue(spot.outputs[0]!) : tupleText(spot.outputs),
    meaning: report.valuesOnly === true ? '' : classText(spot.class, report.labelNames),
    end,
  }));
  const widest = (pick: (row: (typeof rows)[number]) => string) => Math.max(...rows.map((row) => pick(row).length));
  const width = {
    point: widest((row) => row.point),
    value: widest((row) => row.value),
    outputs: widest((row) => row.outputs),
    meaning: widest((row) => row.meaning),
  };
  const lines = rows.map((row) =>
    (
      `  ${row.name} = ${row.point.padEnd(width.point)}      ${row.value.padEnd(width.value)} = ` +
      `${row.outputs.padEnd(width.outputs)}  ${row.meaning.padEnd(width.meaning)}${row.end}`
    ).trimEnd(),
  );
  return [
    `✗ ${plainText(report.subject)}: ${headline(report)}`,
    ...lines,
    ...differenceLines(report),
    ...(report.replay === undefined ? [] : [`  replay   ${plainText(report.replay)}`]),
    ...(report.hint === undefined ? [] : [`  hint     ${plainText(report.hint)}`]),
  ].join('\n');
}

/** What the point shows, in one clause. */
function headline({ ball, label, labelNames, found, inside, unsafe }: CounterexampleReport): string {
  if (ball === undefined) {
    if (!inside) return 'not a counterexample — the point lies outside the region';
    return unsafe ? 'not safe — a point of the box has an unsafe output' : 'not a counterexample — the output is safe';
  }
  const size = ball.norm === 'l2' ? rootText(parseRational(ball.distance)) : shownValue(ball.distance);
  const place = `${normSymbol[ball.norm]} distance ${size} ${ball.relation} ${equationText('μ', parseRational(ball.radius))}`;
  if (!inside) return `not a counterexample — the point lies at ${place}, outside the ball`;
  if (!unsafe) return `not a counterexample — the point at ${place} has a safe output`;
  if (label !== undefined && ball.centre.class !== label) {
    return `not memorized — the sample itself has ${classText(ball.centre.class, labelNames)}, its label is ${classText(label, labelNames)}`;
  }
  return `not robust — a point at ${place} ${found.class === undefined ? 'has no class' : 'changes class'}`;
}

/** How both points differ, when a point is not shown in full. */
function differenceLines({ ball, found }: CounterexampleReport): string[] {
  if (ball === undefined) return [];
  const from = ball.centre.point;
  const short = [from, found.point].some((p) => p.length > shownEntries || p.some((v) => shownValue(v) !== v));
  const different = found.point.flatMap((v, j) => (v === from[j] ? [] : [j]));
  if (!short || different.length === 0) return [];
  const j = different[0]!;
  return [
    `  differ   in ${different.length} of ${from.length} coordinates, first in coordinate ${j} (counted from 0): ` +
      `${shownValue(from[j]!)} → ${shownValue(found.point[j]!)}`,
  ];
}

const shownEntries = 8;
const shownValue = (text: RationalText): string => valueText(parseRational(text));

/** "(1/2, 3/4)"; beyond eight entries the first five and the last two, with the number of those left out. */
export function tupleText(values: readonly RationalText[]): string {
  if (values.length <= shownEntries) return `(${values.map(shownValue).join(', ')})`;
  const left = values.length - 7;
  return `(${values.slice(0, 5).map(shownValue).join(', ')}, … ${left} more …, ${values.slice(-2).map(shownValue).join(', ')})`;
}

/** "class 1", "class 1 (versicolor)", "class none". */
export function classText(c: number | undefined, names?: readonly string[]): string {
  if (c === undefined) return 'class none';
  return names?.[c] === undefined ? `class ${c}` : `class ${c} (${plainText(names[c]!)})`;
}
