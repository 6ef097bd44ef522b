/** The words of a picture: its legend, and the description that screen readers read. */
import { formatRational } from '../exact/index.js';
import { evidenceText, normSymbol } from '../format/index.js';
import { type Dataset, sampleText } from '../geometry/index.js';
import { classText } from './counterexample.js';
import type { ShownBall } from './picture-ball.js';
import { shapeOf } from './svg-layers.js';
import type { LegendEntry } from './svg-legend.js';
import { ballElement, crossElement, markElement } from './svg-marks.js';
import { equationText } from './value-text.js';

/** One entry for each class, for the transition zone when there is one, and for each group of like balls. */
export function legendEntries(
  data: Dataset,
  balls: readonly ShownBall[],
  classes: readonly number[],
  hasZone: boolean,
): LegendEntry[] {
  const chip = (style: string) => (x: number, y: number) =>
    `<rect ${style} x="${x}" y="${y}" width="24" height="16" rx="3"/>`;
  const entries: LegendEntry[] = classes.map((c) => ({
    text: classText(c, data.labelNames),
    swatch: (x, y) => [chip(`class="r${c}"`)(x, y), markElement(shapeOf(c), x + 12, y + 8, 3.9, `class="mark m${c}"`)],
  }));
  if (hasZone) {
    entries.push({ text: 'no class (transition zone)', swatch: (x, y) => [chip('fill="url(#muball-hatch)"')(x, y)] });
  }
  for (const group of groupsOf(balls)) {
    const first = group.balls[0]!;
    const broken = first.kind === 'broken';
    entries.push({
      text: group.text,
      ...(broken ? { style: 'alarm' } : {}),
      swatch: (x, y) => [
        ballElement(
          first.norm,
          x + 12,
          y + 8,
          first.norm === 'l1' ? 9 : 7.5,
          `class="${first.kind === 'safe' ? 'safe any' : first.kind}"`,
        ),
        ...(broken ? [crossElement(x + 12, y + 8, 2.8, 'class="cross"')] : []),
      ],
    });
  }
  return entries;
}

interface Group {
  readonly text: string;
  readonly balls: ShownBall[];
}

/** Balls of one norm, radius and outcome, in order of first appearance. */
function groupsOf(balls: readonly ShownBall[]): Group[] {
  const groups = new Map<string, ShownBall[]>();
  for (const ball of balls) {
    const key = JSON.stringify([ball.norm, formatRational(ball.radius), ball.note, outcome(ball)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [ball]);
    else group.push(ball);
  }
  return [...groups.values()].map((group) => ({ text: groupText(group), balls: group }));
}

function groupText(group: readonly ShownBall[]): string {
  const { norm, radius, note } = group[0]!;
  const many = group.length === 1 ? `${normSymbol[norm]} ball` : `${group.length} ${normSymbol[norm]} balls`;
  return `${many}, ${equationText('μ', radius)}${note === undefined ? '' : `, ${note}`}: ${outcome(group[0]!)}`;
}

function outcome({ verdict, counterexample }: ShownBall): string {
  switch (verdict?.verdict) {
    case undefined:
      return 'not examined';
    case 'unsat':
      return evidenceText(verdict.evidence);
    case 'sat':
      return `counterexample x′, ${classText(counterexample!.label)}`;
    default:
      return verdict!.verdict;
  }
}

/** The picture in words, with every counterexample exactly. */
export function pictureDescription(data: Dataset, balls: readonly ShownBall[]): string {
  const sentences = [
    `Decision regions of a network with ${data.size} labelled samples in the plane.`,
    ...groupsOf(balls).map((group) => `${group.text}.`),
    ...balls.flatMap((ball) => {
      if (ball.counterexample === undefined) return [];
      const x = ball.counterexample.point.map(formatRational).join(', ');
      return [`Around ${sampleText(data, ball.sample)}, the point x′ = (${x}) of the ball leaves its class.`];
    }),
  ];
  return sentences.join(' ');
}
