/**
 * The linear relaxation of a query: one model for all nodes and conjunctions.
 *
 * Main definitions: `relaxation`, `Relaxation`, `RelaxedPoint`.
 *
 * Columns are inputs and neurons, each measured in its own size, so that everything is about 1. An unstable relu has
 * h − z in [0, −l] and h − s·z ≤ −s·l with s = u/(u − l); an unstable step z/u ≤ h ≤ 1 − z/l; stable and identity
 * neurons h = z. With rows r₁ (slope s₁) and r₂ (slope s₂) of multipliers y₁, y₂ the leaf's multiplier is
 * λ = s₁y₁ + s₂y₂. The goal is the largest t with every constraint of a conjunction ≥ t times its size. A split changes
 * ends of columns and rows only. An ℓ1 ball has x = c + r(p − q); an ℓ2 ball gets tangents where points leave it.
 */
import type { Highs } from 'highs';
import { toNumber } from '../../exact/index.js';
import { type LinearModel, linearModel, type ModelRow } from './linear-model.js';
import type { Functional } from './problem.js';
import { isUnstable, type SearchState } from './search-state.js';

export interface RelaxedPoint {
  readonly status: 'optimal' | 'infeasible' | 'none';
  /** Weights of the conjunction's constraints, ≥ 0 up to rounding; of a ray, up to sign. */
  readonly weights: number[];
  /** λ of every neuron, over the same scale as the weights. */
  readonly lambda: Float64Array;
  /** Multiples of affine lemmas, ≥ 0 up to rounding; of a ray, up to sign. */
  readonly rows: Float64Array;
  /** The point: inputs, and outputs of neurons; empty when infeasible. */
  readonly x: Float64Array;
  readonly h: Float64Array;
  /** How far the point lies outside an ℓ2 ball, as a share of the radius; 0 for other regions. */
  readonly outside: number;
}

/** A functional of one level with a lower end; its constant is left out. */
export interface RelaxedRow {
  readonly functional: Functional;
  readonly lower: number;
}

export interface Relaxation {
  /** Chooses the conjunction that is asked about. */
  choose(conjunction: number): void;
  /** Restricts a neuron to one side, or frees it with 0. */
  side(neuron: number, side: -1 | 0 | 1): void;
  solve(secondsLeft: number): RelaxedPoint;
  /** Cuts the last point off, which lies outside an ℓ2 ball, by the tangent next to it. */
  cutOff(): void;
  /** Number of tangents so far. */
  tangents(): number;
  dispose(): void;
}

/** A linear expression in columns of the model. */
interface Expression {
  readonly columns: number[];
  readonly values: number[];
  constant: number;
}

interface NeuronRows {
  /** Row numbers, −1 for none, with the slopes of z in them. */
  readonly first: number;
  readonly firstSlope: number;
  readonly second: number;
  readonly secondSlope: number;
  readonly column: number;
  /** Ends that the side changes. */
  readonly columnLower: number;
  readonly columnUpper: number;
  readonly firstLower: number;
  readonly firstUpper: number;
}

/** The power of two next to a size, 1 for none. */
const powerNear = (size: number): number => (size > 0 && Number.isFinite(size) ? 2 ** Math.round(Math.log2(size)) : 1);

/** The relaxation with the bounds now in force, to be disposed of. */
export function relaxation(highs: Highs, state: SearchState, extra: readonly RelaxedRow[] = []): Relaxation {
  const { problem, l, u, passes, relevant } = state;
  const { layers, offsets } = problem;
  const { kind, centre, reach } = passes.region;
  const d = centre.length;
  const lower: number[] = [];
  const upper: number[] = [];
  const rows: ModelRow[] = [];
  const column = (low: number, high: number): number => {
    lower.push(low);
    upper.push(high);
    return lower.length - 1;
  };
  const inputs = Array.from({ length: d }, () => (kind === 'l1' ? column(0, 1) : column(-1, 1)));
  const opposite = kind === 'l1' ? inputs.map(() => column(0, 1)) : [];
  if (kind === 'l1') {
    const columns = [...inputs, ...opposite];
    rows.push({ columns, values: columns.map(() => 1), lower: Number.NEGATIVE_INFINITY, upper: 1 });
  }

  const columnOf = new Int32Array(l.length).fill(-1);
  const sizes = new Float64Array(l.length).fill(1);
  const constants = new Float64Array(l.length);
  const neuronRows = new Map<number, NeuronRows>();

  const expression = (
    level: number,
    columns: ArrayLike<number>,
    weights: ArrayLike<number>,
    constant: number,
  ): Expression => {
    const sums = new Map<number, number>();
    const out: Expression = { columns: [], values: [], constant };
    const add = (c: number, v: number): void => {
      if (v !== 0) sums.set(c, (sums.get(c) ?? 0) + v);
    };
    for (let k = 0; k < columns.length; k++) {
      const j = columns[k]!;
      const w = weights[k]!;
      if (level < 0) {
        out.constant += w * centre[j]!;
        add(inputs[j]!, w * reach[j]!);
        if (kind === 'l1') add(opposite[j]!, -w * reach[j]!);
      } else {
        const n = offsets[level]! + j;
        if (columnOf[n]! < 0) out.constant += w * constants[n]!;
        else add(columnOf[n]!, w * sizes[n]!);
      }
    }
    for (const [c, v] of sums) {
      out.columns.push(c);
      out.values.push(v);
    }
    return out;
  };
  /** scale·h − slope·scale·z between the ends. */
  const difference = (
    own: number,
    size: number,
    slope: number,
    z: Expression,
    scale: number,
    low: number,
    high: number,
  ): number => {
    rows.push({
      columns: [own, ...z.columns],
      values: [size * scale, ...z.values.map((v) => -slope * scale * v)],
      lower: low * scale + slope * scale * z.constant,
      upper: high * scale + slope * scale * z.constant,
    });
    return rows.length - 1;
  };

  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    for (let r = 0; r < layer.rows; r++) {
      const n = offsets[i]! + r;
      if (relevant[n] === 0) continue;
      const [low, high] = [l[n]!, u[n]!];
      const unstable = isUnstable(state, n);
      if (layer.activation !== 'identity' && !unstable && (high <= 0 || layer.activation === 'step')) {
        constants[n] = high <= 0 ? 0 : 1;
        continue;
      }
      const z = expression(
        i - 1,
        layer.columns.subarray(layer.rowStart[r]!, layer.rowStart[r + 1]!),
        layer.weights.subarray(layer.rowStart[r]!, layer.rowStart[r + 1]!),
        layer.biases[r]!,
      );
      const size = layer.activation === 'step' ? 1 : powerNear(Math.max(Math.abs(low), Math.abs(high)));
      sizes[n] = size;
      if (!unstable) {
        const bounded = layer.activation === 'relu';
        const own = column(
          bounded ? low / size : Number.NEGATIVE_INFINITY,
          bounded ? high / size : Number.POSITIVE_INFINITY,
        );
        columnOf[n] = own;
        const first = difference(own, size, 1, z, 1 / size, 0, 0);
        neuronRows.set(n, rowsOf(own, lower, upper, rows, first, 1 / size, -1, 0));
        continue;
      }
      const own = column(0, layer.activation === 'step' ? 1 : high / size);
      columnOf[n] = own;
      if (layer.activation === 'relu') {
        const s = high / (high - low);
        const first = difference(own, size, 1, z, 1 / size, 0, -low);
        const second = difference(own, size, s, z, 1 / size, Number.NEGATIVE_INFINITY, -s * low);
        neuronRows.set(n, rowsOf(own, lower, upper, rows, first, 1 / size, second, s / size));
      } else {
        const first = difference(own, 1, 1 / high, z, 1, 0, Number.POSITIVE_INFINITY);
        const second = low < 0 ? difference(own, 1, -1 / low, z, 1, Number.NEGATIVE_INFINITY, 1) : -1;
        neuronRows.set(n, rowsOf(own, lower, upper, rows, first, 1 / high, second, second < 0 ? 0 : -1 / low));
      }
    }
  }

  const extraFirst = rows.length;
  const extraScale = extra.map(({ functional, lower: low }) => {
    const e = expression(functional.level, functional.columns, functional.nearWeights, 0);
    const scale = 1 / powerNear(e.values.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
    rows.push({
      columns: e.columns,
      values: e.values.map((v) => v * scale),
      lower: (low - e.constant) * scale,
      upper: Number.POSITIVE_INFINITY,
    });
    return scale;
  });

  const goal = column(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const last = layers.length - 1;
  const constraintRows = problem.query.unsafe.map((conjunction) =>
    conjunction.map((c) => {
      const e = expression(last, c.columns, c.weights.map(toNumber), toNumber(c.bias));
      const size = powerNear(e.values.reduce((sum, v) => sum + Math.abs(v), Math.abs(e.constant)));
      rows.push({
        columns: [...e.columns, goal],
        values: [...e.values.map((v) => v / size), -1],
        lower: Number.NEGATIVE_INFINITY,
        upper: Number.POSITIVE_INFINITY,
      });
      return { row: rows.length - 1, size, lower: -e.constant / size };
    }),
  );

  const cost = new Float64Array(lower.length);
  cost[goal] = -1;
  const model: LinearModel = linearModel(highs, cost, Float64Array.from(lower), Float64Array.from(upper), rows);
  let chosen = -1;

  const choose = (conjunction: number): void => {
    if (chosen >= 0) {
      for (const { row } of constraintRows[chosen]!)
        model.setRow(row, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
    chosen = conjunction;
    for (const { row, lower: low } of constraintRows[chosen]!) model.setRow(row, low, Number.POSITIVE_INFINITY);
  };

  const side = (neuron: number, where: -1 | 0 | 1): void => {
    const rowsHere = neuronRows.get(neuron);
    if (rowsHere === undefined) return;
    const { column: own, columnLower, columnUpper, first, firstLower, firstUpper } = rowsHere;
    if (layers[problem.layerOf[neuron]!]!.activation === 'step') {
      const fixed = where < 0 ? 0 : 1;
      model.setColumn(own, where === 0 ? columnLower : fixed, where === 0 ? columnUpper : fixed);
      return;
    }
    model.setColumn(own, columnLower, where < 0 ? 0 : columnUpper);
    model.setRow(first, firstLower, where > 0 ? firstLower : firstUpper);
  };

  const inputAt = (columns: Float64Array): Float64Array =>
    Float64Array.from(
      centre,
      (c, j) => c + reach[j]! * (columns[inputs[j]!]! - (kind === 'l1' ? columns[opposite[j]!]! : 0)),
    );

  let direction: readonly number[] = [];
  let tangents = 0;
  /** How far the last point lies outside an ℓ2 ball, as a share of the radius. */
  const outside = (columns: Float64Array): number => {
    if (kind !== 'l2') return 0;
    direction = inputs.map((c) => columns[c]!);
    return Math.max(0, Math.hypot(...direction) - 1);
  };
  const cutOff = (): void => {
    const length = Math.hypot(...direction);
    const values = direction.map((t) => t / length);
    model.addRow({ columns: inputs, values, lower: Number.NEGATIVE_INFINITY, upper: 1 });
    tangents++;
  };
  const solve = (secondsLeft: number): RelaxedPoint => {
    const answer = model.solve(secondsLeft);
    const { status, columns, duals } = answer;
    const lambda = new Float64Array(l.length);
    if (status === 'none') {
      return { status, weights: [], lambda, rows: new Float64Array(), x: lambda, h: lambda, outside: 0 };
    }
    for (const [n, { first, firstSlope, second, secondSlope }] of neuronRows) {
      lambda[n] = firstSlope * duals[first]! + (second < 0 ? 0 : secondSlope * duals[second]!);
    }
    const multiples = Float64Array.from(extra, (_, k) => duals[extraFirst + k]! * extraScale[k]!);
    const weights = constraintRows[chosen]!.map(({ row, size }) => duals[row]! / size);
    if (status === 'infeasible') {
      return { status, weights, lambda, rows: multiples, x: columns, h: columns, outside: 0 };
    }
    const h = Float64Array.from(constants, (c, n) => (columnOf[n]! < 0 ? c : columns[columnOf[n]!]! * sizes[n]!));
    return { status, weights, lambda, rows: multiples, x: inputAt(columns), h, outside: outside(columns) };
  };

  return { choose, side, solve, cutOff, tangents: () => tangents, dispose: () => model.dispose() };
}

function rowsOf(
  column: number,
  lower: readonly number[],
  upper: readonly number[],
  rows: readonly ModelRow[],
  first: number,
  firstSlope: number,
  second: number,
  secondSlope: number,
): NeuronRows {
  return {
    column,
    columnLower: lower[column]!,
    columnUpper: upper[column]!,
    first,
    firstSlope,
    firstLower: rows[first]!.lower,
    firstUpper: rows[first]!.upper,
    second,
    secondSlope,
  };
}
