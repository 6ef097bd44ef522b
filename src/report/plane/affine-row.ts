/**
 * Affine functions of the plane, each over its own denominator, and their passage through a layer.
 *
 * Main definitions: `AffineRow`, `PlaneLayer`, `planeLayer`, `preactivation`, `signAt`.
 *
 * One denominator per row and not per layer: rows with unrelated denominators (roots, in ℓ2) would otherwise all carry
 * their product.
 */
import { bigNumerators, gcd, lcm, type Rational, rational } from '../../exact/index.js';
import type { Activation } from '../../format/index.js';
import { type Layer, rowCount } from '../../network/index.js';
import { enclosedValue, nearby } from './nearby.js';
import type { PlanePoint } from './polygon.js';

/** (x·X + y·Y + one) / scale, scale > 0, no common factor. */
export interface AffineRow {
  readonly x: bigint;
  readonly y: bigint;
  readonly one: bigint;
  readonly scale: bigint;
  /** Doubles near x/scale, y/scale and one/scale, as `nearby` gives them. */
  readonly near: readonly [number, number, number];
}

/** One neuron: (Σ weights[k]·v[columns[k]] + bias) / denominator before its activation. */
export interface PlaneNeuron {
  readonly columns: Uint32Array;
  readonly weights: readonly bigint[];
  readonly bias: bigint;
  readonly denominator: bigint;
}

export interface PlaneLayer {
  readonly activation: Activation;
  readonly neurons: readonly PlaneNeuron[];
}

/** The layer with each neuron over its own least denominator. */
export function planeLayer(layer: Layer): PlaneLayer {
  const common = lcm(layer.weightDenominator, layer.biasDenominator);
  const weightFactor = common / layer.weightDenominator;
  const biasFactor = common / layer.biasDenominator;
  const weights = bigNumerators(layer.weights);
  const biases = bigNumerators(layer.biases);
  const neurons = Array.from({ length: rowCount(layer) }, (_, r): PlaneNeuron => {
    const from = layer.rowStart[r]!;
    const to = layer.rowStart[r + 1]!;
    const values = [biases[r]! * biasFactor, ...weights.slice(from, to).map((w) => w * weightFactor)];
    const g = values.reduce((h, v) => (h === 1n ? h : gcd(h, v)), common);
    const [bias, ...rest] = values.map((v) => v / g);
    return { columns: layer.columns.slice(from, to), weights: rest, bias: bias!, denominator: common / g };
  });
  return { activation: layer.activation, neurons };
}

/** The row with the given coefficients over `scale` > 0, without common factor. */
function affineRow(x: bigint, y: bigint, one: bigint, scale: bigint): AffineRow {
  const g = gcd(gcd(gcd(scale, one), x), y);
  const near = [nearby(x, scale), nearby(y, scale), nearby(one, scale)] as const;
  return g === 1n ? { x, y, one, scale, near } : { x: x / g, y: y / g, one: one / g, scale: scale / g, near };
}

export const zeroRow: AffineRow = affineRow(0n, 0n, 0n, 1n);
export const oneRow: AffineRow = affineRow(0n, 0n, 1n, 1n);

/** The two coordinates themselves. */
export const inputRows: readonly AffineRow[] = [affineRow(1n, 0n, 0n, 1n), affineRow(0n, 1n, 0n, 1n)];

/** The neuron's preactivation, given its layer's inputs. */
export function preactivation(neuron: PlaneNeuron, inputs: readonly AffineRow[]): AffineRow {
  let x = 0n;
  let y = 0n;
  let one = neuron.bias;
  let scale = 1n;
  for (let k = 0; k < neuron.columns.length; k++) {
    const input = inputs[neuron.columns[k]!]!;
    if (input.one === 0n && input.x === 0n && input.y === 0n) continue;
    let factor = neuron.weights[k]!;
    if (input.scale !== scale) {
      const wider = lcm(scale, input.scale);
      const grow = wider / scale;
      if (grow !== 1n) {
        x *= grow;
        y *= grow;
        one *= grow;
      }
      factor *= wider / input.scale;
      scale = wider;
    }
    x += factor * input.x;
    y += factor * input.y;
    one += factor * input.one;
  }
  return affineRow(x, y, one, scale * neuron.denominator);
}

/** Row a less row b. */
export const rowDifference = (a: AffineRow, b: AffineRow): AffineRow =>
  affineRow(
    a.x * b.scale - b.x * a.scale,
    a.y * b.scale - b.y * a.scale,
    a.one * b.scale - b.one * a.scale,
    a.scale * b.scale,
  );

/** The row less a constant. */
export const rowMinus = (a: AffineRow, c: Rational): AffineRow =>
  affineRow(a.x * c.d, a.y * c.d, a.one * c.d - c.n * a.scale, a.scale * c.d);

/** The row at p, times scale·w > 0. */
export const scaledValue = (row: AffineRow, p: PlanePoint): bigint => row.x * p.x + row.y * p.y + row.one * p.w;

/** The sign of the row at p: by doubles where their error cannot matter, else exactly. */
export function signAt(row: AffineRow, p: PlanePoint): -1 | 0 | 1 {
  const [low, high] = enclosedValue(row.near, p.nearX, p.nearY);
  if (low > 0) return 1;
  if (high < 0) return -1;
  const value = scaledValue(row, p);
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

/** The row at p. */
export const valueAt = (row: AffineRow, p: PlanePoint): Rational => rational(scaledValue(row, p), row.scale * p.w);

/** Whether the row is the same everywhere. */
export const isConstant = (row: AffineRow): boolean => row.x === 0n && row.y === 0n;
