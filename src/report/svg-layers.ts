/** The layers of a picture from the ground up: regions, balls, samples, counterexamples. */
import type { Vector } from '../exact/index.js';
import { type Dataset, point } from '../geometry/index.js';
import { markShapes } from './palette.js';
import type { BallKind, ShownBall } from './picture-ball.js';
import { coordinates, type PlanePoint, type Polygon } from './plane/polygon.js';
import { across, downwards, lengthInPixels, type PlotFrame } from './plot-frame.js';
import { ballElement, crossElement, markElement } from './svg-marks.js';

/** The shape that stands for class c; a class beyond the palette repeats a colour with another shape. */
export const shapeOf = (c: number) => markShapes[(c + 3 * Math.floor(c / markShapes.length)) % markShapes.length]!;

/** Regions filled by class over the hatched zone, then their edges. */
export function regionElements(
  frame: PlotFrame,
  outlines: ReadonlyMap<number | undefined, readonly Polygon[]>,
): string[] {
  const zone = outlines.get(undefined) ?? [];
  const filled = [...outlines].filter((entry): entry is [number, readonly Polygon[]] => entry[0] !== undefined);
  const paths = filled.map(([c, loops]) => [c, loopsPath(frame, loops)] as const);
  return [
    ...(zone.length === 0 ? [] : [`<path fill="url(#muball-hatch)" d="${loopsPath(frame, zone)}"/>`]),
    ...paths.map(([c, d]) => `<path class="r${c}" d="${d}"/>`),
    ...paths.map(([c, d]) => `<path class="edge e${c}" d="${d}"/>`),
  ];
}

function loopsPath(frame: PlotFrame, loops: readonly Polygon[]): string {
  const at = (p: PlanePoint): string => {
    const [x, y] = coordinates(p);
    return `${across(frame, x)} ${downwards(frame, y)}`;
  };
  return loops.map((loop) => `M${loop.map(at).join('L')}Z`).join('');
}

const order: readonly BallKind[] = ['plain', 'safe', 'undecided', 'broken'];

/** Balls in their norms, those with counterexamples on top. */
export function ballElements(frame: PlotFrame, data: Dataset, balls: readonly ShownBall[]): string[] {
  return order.flatMap((kind) =>
    balls
      .filter((ball) => ball.kind === kind)
      .map((ball) =>
        ballElement(
          ball.norm,
          across(frame, ball.centre[0]!),
          downwards(frame, ball.centre[1]!),
          lengthInPixels(frame, ball.radius),
          `class="${kind === 'safe' ? `safe b${data.labels[ball.sample]}` : kind}"`,
        ),
      ),
  );
}

const markSize = 3.9;

export function sampleElements(frame: PlotFrame, data: Dataset): string[] {
  return data.labels.map((c, i) => {
    const [x, y] = point(data, i);
    return markElement(shapeOf(c), across(frame, x!), downwards(frame, y!), markSize, `class="mark m${c}"`);
  });
}

/** For each counterexample: the way from x to x′, a cross at x′, and both names where there is room. */
export function counterexampleElements(frame: PlotFrame, data: Dataset, balls: readonly ShownBall[]): string[] {
  const marks = data.labels.map((_, i) => positionOf(frame, point(data, i)));
  return balls.flatMap(({ centre, counterexample }) => {
    if (counterexample === undefined) return [];
    const from = positionOf(frame, centre);
    const to = positionOf(frame, counterexample.point);
    const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
    const spot = roomiestSpot(frame, from, [...marks, middle, to]);
    return [
      `<path class="way" d="M${from[0]} ${from[1]}L${to[0]} ${to[1]}"/>`,
      crossElement(to[0], to[1], 4.5, 'class="halo"'),
      crossElement(to[0], to[1], 4.5, 'class="cross"'),
      nameElement(spot, 'x'),
      nameElement(roomiestSpot(frame, to, [...marks, middle, spot], 0.25), 'x′'),
    ];
  });
}

type Position = readonly [number, number];

const positionOf = (frame: PlotFrame, p: Vector): Position => [across(frame, p[0]!), downwards(frame, p[1]!)];

/**
 * The place beside a position, in one of eight directions and inside the frame, that is farthest from what must stay
 * clear; room on the left counts `left` times, for names whose prime would touch the position from there.
 */
function roomiestSpot(frame: PlotFrame, [x, y]: Position, clear: readonly Position[], left = 1): Position {
  let best: Position = [x + nameDistance, y];
  let bestRoom = -1;
  for (const [u, v] of directions) {
    const spot: Position = [x + nameDistance * u, y + nameDistance * v];
    const room = Math.min(
      ...clear.map(([a, b]) => (a - spot[0]) ** 2 + (b - spot[1]) ** 2),
      ...[
        spot[0] - frame.left,
        frame.left + frame.width - spot[0],
        spot[1] - frame.top,
        frame.top + frame.height - spot[1],
      ].map((gap) => (gap > 0 ? gap * gap : 0)),
    );
    const weighed = u < 0 ? left * room : room;
    if (weighed > bestRoom) {
      best = spot;
      bestRoom = weighed;
    }
  }
  return best;
}

const nameDistance = 16;
const diagonal = Math.SQRT1_2;
const directions: readonly Position[] = [
  [1, 0],
  [diagonal, -diagonal],
  [0, -1],
  [-diagonal, -diagonal],
  [-1, 0],
  [-diagonal, diagonal],
  [0, 1],
  [diagonal, diagonal],
];

/** A point's name with its middle at a position. */
const nameElement = ([x, y]: Position, text: string): string =>
  `<text class="point" x="${rounded(x)}" y="${rounded(y + 4.5)}">${text}</text>`;

const rounded = (v: number): number => Math.round(v * 100) / 100;
