import { describe, expect, it } from 'vitest';
import { formatRational, rational } from '../../../src/exact/index.js';
import { outline } from '../../../src/report/plane/outline.js';
import { coordinates, cut, type Polygon, rectanglePolygon } from '../../../src/report/plane/polygon.js';

const box = (x0: number, y0: number, x1: number, y1: number): Polygon =>
  rectanglePolygon([rational(x0), rational(y0)], [rational(x1), rational(y1)]);
const shown = (loops: readonly Polygon[]): string[] =>
  loops.map((loop) => loop.map((p) => coordinates(p).map(formatRational).join(',')).join(' '));

describe('outline', () => {
  it('is the polygon itself for one polygon, from its lowest corner', () => {
    const [a, b, c, d] = box(0, 0, 2, 1);
    expect(shown(outline([[c!, d!, a!, b!]]))).toEqual(['0,0 2,0 2,1 0,1']);
  });

  it('cancels shared edges, whole or in part', () => {
    expect(shown(outline([box(0, 0, 1, 1), box(1, 0, 2, 1)]))).toEqual(['0,0 2,0 2,1 0,1']);
    // Two small squares beside a tall one: a corner in the middle of its edge.
    expect(shown(outline([box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2)]))).toEqual(['0,0 2,0 2,2 0,2']);
    expect(shown(outline([box(0, 0, 1, 3), box(1, 1, 2, 2)]))).toEqual(['0,0 1,0 1,1 2,1 2,2 1,2 1,3 0,3']);
  });

  it('gives holes clockwise', () => {
    const ring = [box(0, 0, 3, 1), box(0, 2, 3, 3), box(0, 1, 1, 2), box(2, 1, 3, 2)];
    expect(shown(outline(ring))).toEqual(['0,0 3,0 3,3 0,3', '1,1 1,2 2,2 2,1']);
  });

  it('keeps polygons apart that touch in a corner', () => {
    expect(shown(outline([box(0, 0, 1, 1), box(1, 1, 2, 2)]))).toEqual(['0,0 1,0 1,1 0,1', '1,1 2,1 2,2 1,2']);
  });

  it('does not depend on how the union was cut or ordered', () => {
    const whole = box(0, 0, 4, 3);
    // Along x + y = 3 through two corners' neighbourhoods, then each part along y = x/2 where it crosses.
    const first = cut(whole, [-3n, 1n, 4n, 0n]);
    const parts = [first.negative, first.positive].flatMap((part) => {
      const values = part.map((p) => 2n * p.y - p.x);
      const { positive, negative } = cut(part, values);
      return [positive, negative];
    });
    expect(parts.length).toBe(4);
    expect(shown(outline(parts))).toEqual(shown(outline([whole])));
    expect(shown(outline([...parts].reverse()))).toEqual(shown(outline([whole])));
  });

  it('is empty for nothing', () => {
    expect(outline([])).toEqual([]);
  });
});
