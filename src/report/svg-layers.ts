/** The layers of a picture from the ground up: regions, balls, samples, counterexamples. */
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

/** For each counterexample: the way from x to x′, a cross at x′, and both names on the way's line, outside its ends. */
export function counterexampleElements(frame: PlotFrame, balls: readonly ShownBall[]): string[] {
  return balls.flatMap(({ centre, counterexample }) => {
    if (counterexample === undefined) return [];
    const from = [across(frame, centre[0]!), downwards(frame, centre[1]!)] as const;
    const to = [across(frame, counterexample.point[0]!), downwards(frame, counterexample.point[1]!)] as const;
    const way = [to[0] - from[0], to[1] - from[1]] as const;
    const length = Math.sqrt(way[0] * way[0] + way[1] * way[1]);
    const [u, v] = length === 0 ? [1, 0] : [way[0] / length, way[1] / length];
    const name = (x: number, y: number, s: number, text: string): string =>
      `<text class="point" x="${rounded(x + 16 * s * u)}" y="${rounded(y + 16 * s * v + 4.5)}">${text}</text>`;
    return [
      `<path class="way" d="M${from[0]} ${from[1]}L${to[0]} ${to[1]}"/>`,
      crossElement(to[0], to[1], 4.5, 'class="halo"'),
      crossElement(to[0], to[1], 4.5, 'class="cross"'),
      name(from[0], from[1], -1, 'x'),
      name(to[0], to[1], 1, 'x′'),
    ];
  });
}

const rounded = (v: number): number => Math.round(v * 100) / 100;
