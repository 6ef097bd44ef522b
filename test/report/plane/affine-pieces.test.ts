import { describe, expect, it } from 'vitest';
import { add, equal, one, type Rational, rational, zero } from '../../../src/exact/index.js';
import { InputError } from '../../../src/format/index.js';
import { evaluate, layerOf, type Network } from '../../../src/network/index.js';
import { type AffinePiece, affinePieces } from '../../../src/report/plane/affine-pieces.js';
import { valueAt } from '../../../src/report/plane/affine-row.js';
import {
  area,
  centroid,
  coordinates,
  type PlanePoint,
  planePointAt,
  rectanglePolygon,
} from '../../../src/report/plane/polygon.js';
import { randomNetwork } from './plane-networks.js';

const rectangle = rectanglePolygon([rational(-3), rational(-2)], [rational(7, 2), rational(5, 3)]);
const rectangleArea = rational(143, 6);
const output = { notion: 'exact', labels: ['0', '1'] } as const;

const totalArea = (pieces: readonly AffinePiece[]): Rational =>
  pieces.reduce((sum, p) => add(sum, area(p.polygon)), zero);

/** The centroid, and points between it and each vertex: all inside. */
function insidePoints({ polygon }: AffinePiece): PlanePoint[] {
  const [x, y] = coordinates(centroid(polygon));
  const between = (p: PlanePoint): PlanePoint => {
    const [u, v] = coordinates(p);
    const third = (a: Rational, b: Rational) => rational(a.n * b.d + 2n * b.n * a.d, 3n * a.d * b.d);
    return planePointAt(third(x!, u!), third(y!, v!));
  };
  return [planePointAt(x!, y!), ...polygon.map(between)];
}

function expectExact(network: Network, pieces: readonly AffinePiece[]): void {
  for (const piece of pieces) {
    expect(area(piece.polygon).n > 0n).toBe(true);
    for (const p of insidePoints(piece)) {
      const said = piece.outputs.map((row) => valueAt(row, p));
      const exact = evaluate(network, coordinates(p));
      expect(said.length === exact.length && said.every((v, k) => equal(v, exact[k]!))).toBe(true);
    }
  }
}

describe('affinePieces', () => {
  it.each([
    ['relu', ['relu'], [4, 3], 40],
    ['step', ['step'], [5, 4], 40],
    ['mixed, three layers', ['relu', 'step', 'identity'], [4, 3, 3], 40],
    ['wide', ['relu'], [12, 6], 4],
  ] as const)('tiles the rectangle and is the network on each piece: %s', (_, activations, widths, count) => {
    let most = 0;
    for (let seed = 1; seed <= count; seed++) {
      const network = randomNetwork(seed, { activations, widths, output });
      const pieces = affinePieces(network, rectangle);
      most = Math.max(most, pieces.length);
      expect(totalArea(pieces)).toEqual(rectangleArea);
      expectExact(network, pieces);
    }
    expect(most).toBeGreaterThan(5);
  });

  it('does not cut along neurons that nothing depends on', () => {
    // g = relu(−1 − relu(x)) is off everywhere, so the line x = 0 does not matter.
    const network: Network = {
      layers: [
        layerOf(2, 'relu', [{ columns: [0], weights: [one], bias: zero }]),
        layerOf(1, 'relu', [{ columns: [0], weights: [rational(-1)], bias: rational(-1) }]),
        layerOf(1, 'identity', [{ columns: [0], weights: [one], bias: one }]),
      ],
    };
    const pieces = affinePieces(network, rectangle);
    expect(pieces.map((p) => p.polygon)).toEqual([rectangle]);
  });

  it('takes a step at 0 as 0, and the whole piece as one side', () => {
    // step(−x) on the half plane x ≥ 0 is 0 up to the edge.
    const network: Network = {
      layers: [
        layerOf(2, 'step', [{ columns: [0], weights: [rational(-1)], bias: zero }]),
        layerOf(1, 'identity', [{ columns: [0], weights: [one], bias: zero }]),
      ],
    };
    const right = rectanglePolygon([zero, zero], [one, one]);
    expect(affinePieces(network, right).map((p) => p.outputs[0]!.one)).toEqual([0n]);
    const left = rectanglePolygon([rational(-1), zero], [zero, one]);
    expect(affinePieces(network, left).map((p) => p.outputs[0]!.one)).toEqual([1n]);
  });

  it('refuses other dimensions and too many pieces', () => {
    const network = randomNetwork(3, { activations: ['relu'], widths: [6, 4], output });
    expect(() => affinePieces(network, rectangle, { maxPieces: 3 })).toThrow(
      new InputError('picture: expected at most 3 affine pieces, got more'),
    );
    const line: Network = { layers: [layerOf(1, 'identity', [{ columns: [0], weights: [one], bias: zero }])] };
    expect(() => affinePieces(line, rectangle)).toThrow(
      new InputError('network: expected 2 inputs for a picture, got 1'),
    );
  });
});
