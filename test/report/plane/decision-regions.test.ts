import { describe, expect, it } from 'vitest';
import { add, formatRational, one, type Rational, rational, zero } from '../../../src/exact/index.js';
import type { Activation, OutputReading } from '../../../src/format/index.js';
import { evaluate, layerOf, type Network, readLabel } from '../../../src/network/index.js';
import { type DecisionPolygon, decisionRegions, regionOutlines } from '../../../src/report/plane/decision-regions.js';
import { area, centroid, coordinates, rectanglePolygon } from '../../../src/report/plane/polygon.js';
import { randomNetwork } from './plane-networks.js';

const rectangle = rectanglePolygon([rational(-3), rational(-2)], [rational(7, 2), rational(5, 3)]);

const sum = (values: readonly Rational[]): Rational => values.reduce(add, zero);

/** Points inside the polygon: its centroid, and centroids of the triangles between it and each edge. */
function insidePoints({ polygon }: DecisionPolygon): [Rational, Rational][] {
  const middle = centroid(polygon);
  const triangles = polygon.map((p, k) => centroid([middle, p, polygon[(k + 1) % polygon.length]!]));
  return [middle, ...triangles].map(coordinates);
}

const readings: readonly (readonly [string, OutputReading, readonly Activation[]])[] = [
  ['exact relu', { notion: 'exact', labels: ['0', '1', '-2'] }, ['relu']],
  ['exact step', { notion: 'exact', labels: ['0', '1', '-2', '1/2'] }, ['step']],
  ['round relu', { notion: 'round', labels: ['0', '1', '3'] }, ['relu']],
  ['round step', { notion: 'round', labels: ['0', '1', '3'] }, ['step']],
  ['sign relu', { notion: 'sign', negative: 1, positive: 0 }, ['relu']],
  ['sign step', { notion: 'sign', negative: 1, positive: 0 }, ['step']],
  ['argmax relu', { notion: 'argmax', classes: 4 }, ['relu']],
  ['argmax step', { notion: 'argmax', classes: 3 }, ['relu', 'step']],
];

describe('decisionRegions', () => {
  it.each(readings)('says what evaluation says: %s', (_, reading, activations) => {
    const met = new Set<number | undefined>();
    for (let seed = 1; seed <= 25; seed++) {
      const network = randomNetwork(100 + seed, { activations, widths: [4, 3], output: reading });
      const polygons = decisionRegions(network, rectangle, reading);
      expect(sum(polygons.map((p) => area(p.polygon)))).toEqual(area(rectangle));
      for (const polygon of polygons) {
        met.add(polygon.label);
        const labels = insidePoints(polygon).map((x) => readLabel(reading, evaluate(network, x)));
        if (polygon.label === undefined && reading.notion === 'exact') {
          // The value of a class may be met on a line, never on a part with area.
          expect(labels.every((c) => c !== undefined && c === labels[0])).toBe(false);
        } else {
          expect(new Set(labels)).toEqual(new Set([polygon.label]));
        }
      }
    }
    expect(met.size).toBeGreaterThan(1);
  });

  it('reads exact as constantly the value: a slope through it is transition zone', () => {
    // f(x, y) = relu(x) − relu(x − 1), read as 0, 1 and 1/2.
    const network: Network = {
      layers: [
        layerOf(2, 'relu', [
          { columns: [0], weights: [one], bias: zero },
          { columns: [0], weights: [one], bias: rational(-1) },
        ]),
        layerOf(2, 'identity', [{ columns: [0, 1], weights: [one, rational(-1)], bias: zero }]),
      ],
    };
    const square = rectanglePolygon([rational(-1), zero], [rational(2), one]);
    const regions = decisionRegions(network, square, { notion: 'exact', labels: ['0', '1', '1/2'] });
    const areas = regions.map((r) => `${r.label ?? 'none'}: ${formatRational(area(r.polygon))}`).sort();
    expect(areas).toEqual(['0: 1', '1: 1', 'none: 1']);
    const rounded = decisionRegions(network, square, { notion: 'round', labels: ['0', '1'] });
    const outlines = regionOutlines(rounded);
    expect([...outlines.keys()]).toEqual([0, 1]);
    expect([...outlines.values()].map((loops) => formatRational(sum(loops.map(area))))).toEqual(['3/2', '3/2']);
  });

  it('gives ties of argmax no class', () => {
    const network: Network = {
      layers: [
        layerOf(2, 'identity', [
          { columns: [0], weights: [one], bias: zero },
          { columns: [0], weights: [one], bias: zero },
          { columns: [], weights: [], bias: zero },
        ]),
      ],
    };
    const square = rectanglePolygon([rational(-1), zero], [one, one]);
    const regions = decisionRegions(network, square, { notion: 'argmax', classes: 3 });
    expect(regions.map((r) => [r.label, formatRational(area(r.polygon))])).toEqual([
      [2, '1'],
      [undefined, '1'],
    ]);
  });
});

describe('regionOutlines', () => {
  it('keeps the area of every meaning, classes first, the zone last', () => {
    for (const [, reading, activations] of readings) {
      const network = randomNetwork(7, { activations, widths: [5, 3], output: reading });
      const polygons = decisionRegions(network, rectangle, reading);
      const outlines = regionOutlines(polygons);
      for (const [label, loops] of outlines) {
        expect(sum(loops.map(area))).toEqual(
          sum(polygons.filter((p) => p.label === label).map((p) => area(p.polygon))),
        );
      }
      const keys = [...outlines.keys()];
      expect(keys).toEqual([...keys].sort((a, b) => (a ?? 99) - (b ?? 99)));
    }
  });
});
