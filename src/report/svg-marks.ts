/** Small figures of a picture: sample marks, balls, counterexample crosses, as SVG elements around decimal positions. */
import type { Norm } from '../format/index.js';
import type { MarkShape } from './palette.js';

const fixed = (v: number): string => String(Math.round(v * 100) / 100);
const polygonPath = (points: readonly (readonly [number, number])[]): string =>
  `M${points.map(([x, y]) => `${fixed(x)} ${fixed(y)}`).join('L')}Z`;

/** The mark of a sample at (x, y), about r in radius. */
export function markElement(shape: MarkShape, x: number, y: number, r: number, attributes: string): string {
  if (shape === 'circle') return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${fixed(r)}" ${attributes}/>`;
  return `<path d="${polygonPath(outlines[shape].map(([u, v]) => [x + u * r, y + v * r]))}" ${attributes}/>`;
}

const arms = (w: number, l: number): [number, number][] => {
  const corners: [number, number][] = [];
  for (const [a, b] of [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const) {
    corners.push([a * l + b * w, b * l - a * w], [a * l - b * w, b * l + a * w], [(a - b) * w, (a + b) * w]);
  }
  return corners;
};
const turned = (points: readonly [number, number][]): [number, number][] =>
  points.map(([u, v]) => [(u - v) * Math.SQRT1_2, (u + v) * Math.SQRT1_2]);

/** Corners for radius 1; sizes are chosen so that all shapes look equally large. */
const outlines: Readonly<Record<Exclude<MarkShape, 'circle'>, readonly [number, number][]>> = {
  triangle: [
    [0, -1.3],
    [1.18, 0.85],
    [-1.18, 0.85],
  ],
  wedge: [
    [0, 1.3],
    [-1.18, -0.85],
    [1.18, -0.85],
  ],
  diamond: [
    [0, -1.35],
    [1.2, 0],
    [0, 1.35],
    [-1.2, 0],
  ],
  square: [
    [-0.95, -0.95],
    [0.95, -0.95],
    [0.95, 0.95],
    [-0.95, 0.95],
  ],
  plus: arms(0.42, 1.3),
  cross: turned(arms(0.42, 1.3)),
  hexagon: [
    [1.15, 0],
    [0.58, 1],
    [-0.58, 1],
    [-1.15, 0],
    [-0.58, -1],
    [0.58, -1],
  ],
};

/** The × of a counterexample at (x, y), arms of length r. */
export const crossElement = (x: number, y: number, r: number, attributes: string): string =>
  `<path d="M${fixed(x - r)} ${fixed(y - r)}L${fixed(x + r)} ${fixed(y + r)}M${fixed(x - r)} ${fixed(y + r)}L${fixed(x + r)} ${fixed(y - r)}" ${attributes}/>`;

/** A ball around (x, y) in its norm: square, diamond or circle. */
export function ballElement(norm: Norm, x: number, y: number, r: number, attributes: string): string {
  if (norm === 'l2') return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${fixed(r)}" ${attributes}/>`;
  if (norm === 'linf') {
    return `<rect x="${fixed(x - r)}" y="${fixed(y - r)}" width="${fixed(2 * r)}" height="${fixed(2 * r)}" ${attributes}/>`;
  }
  const corners = [
    [x, y - r],
    [x + r, y],
    [x, y + r],
    [x - r, y],
  ] as const;
  return `<path d="${polygonPath(corners)}" ${attributes}/>`;
}
