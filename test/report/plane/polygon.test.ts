import { describe, expect, it } from 'vitest';
import { formatRational, rational } from '../../../src/exact/index.js';
import {
  area,
  centroid,
  coordinates,
  cut,
  planePoint,
  planePointAt,
  pointKey,
  rectanglePolygon,
} from '../../../src/report/plane/polygon.js';

const shown = (polygon: Parameters<typeof area>[0]) => polygon.map((p) => coordinates(p).map(formatRational).join(' '));
const unit = rectanglePolygon([rational(0), rational(0)], [rational(1), rational(1)]);

describe('planePoint', () => {
  it('gives equal points equal keys', () => {
    expect(pointKey(planePoint(2n, -4n, 6n))).toBe(pointKey(planePointAt(rational(1, 3), rational(-2, 3))));
    expect(pointKey(planePoint(0n, 0n, 7n))).toBe('0,0,1');
  });
});

describe('cut', () => {
  it('splits a square along a line through two sides', () => {
    // x − 1/3 at the corners, times 3.
    const { positive, negative } = cut(unit, [-1n, 2n, 2n, -1n]);
    expect(shown(positive)).toEqual(['1/3 0', '1 0', '1 1', '1/3 1']);
    expect(shown(negative)).toEqual(['0 0', '1/3 0', '1/3 1', '0 1']);
  });

  it('splits through corners without making points twice', () => {
    // x − y.
    const { positive, negative } = cut(unit, [0n, 1n, 0n, -1n]);
    expect(shown(positive)).toEqual(['0 0', '1 0', '1 1']);
    expect(shown(negative)).toEqual(['0 0', '1 1', '0 1']);
  });

  it('weighs ends by their denominators', () => {
    // The form 2x − 1 on the triangle (0,0), (1/2,0) … its zero line passes through the second corner.
    const triangle = [planePoint(0n, 0n, 1n), planePoint(3n, 0n, 4n), planePoint(0n, 1n, 1n)];
    const { positive } = cut(triangle, [-1n, 2n, -1n]);
    expect(shown(positive)).toEqual(['1/2 0', '3/4 0', '1/2 1/3']);
  });
});

describe('area and centroid', () => {
  it('are exact', () => {
    expect(area(unit)).toEqual(rational(1));
    expect(area([...unit].reverse())).toEqual(rational(-1));
    const triangle = [planePoint(0n, 0n, 1n), planePoint(1n, 0n, 3n), planePoint(0n, 2n, 7n)];
    expect(area(triangle)).toEqual(rational(1, 21));
    expect(coordinates(centroid(triangle))).toEqual([rational(1, 9), rational(2, 21)]);
  });
});
