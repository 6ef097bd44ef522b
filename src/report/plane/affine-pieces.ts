/**
 * The exact pieces of a network with two inputs: convex polygons that fill a rectangle, the network affine on each.
 *
 * Main definitions: `affinePieces`, `AffinePiece`.
 *
 * Layer by layer, a polygon is cut along the zero line of a neuron that takes both signs on it and that the output
 * still depends on there (phases.ts); when none is left, the layer's outputs are affine on the polygon and the next
 * layer begins. Among the candidates the line that cuts most evenly is taken: a heuristic in floating point that
 * changes how many pieces there are, never which function they show. For step networks a piece speaks of the
 * polygon's interior; on its edges the step may take its other value.
 */
import { InputError } from '../../format/index.js';
import { inputDimension, type Network } from '../../network/index.js';
import {
  type AffineRow,
  inputRows,
  oneRow,
  type PlaneLayer,
  planeLayer,
  preactivation,
  scaledValue,
  signAt,
  zeroRow,
} from './affine-row.js';
import { initialPhases, off, on, open, type Phases, tighten, unneeded } from './phases.js';
import { cut, type Polygon } from './polygon.js';

export interface AffinePiece {
  readonly polygon: Polygon;
  /** The network's outputs on the interior of the polygon. */
  readonly outputs: readonly AffineRow[];
}

export interface SubdivisionOptions {
  /** Most pieces to build before giving up. @defaultValue 200000 */
  readonly maxPieces?: number;
}

interface Pending {
  readonly polygon: Polygon;
  readonly layer: number;
  /** The layer's preactivations on the polygon. */
  readonly rows: readonly AffineRow[];
  readonly phases: Phases;
}

/**
 * Pieces of the network on a convex polygon, in a fixed order: interiors disjoint, union the polygon.
 * @throws InputError when the network does not have two inputs, or for more than `maxPieces` pieces.
 */
export function affinePieces(network: Network, polygon: Polygon, options: SubdivisionOptions = {}): AffinePiece[] {
  const maxPieces = options.maxPieces ?? 200_000;
  if (inputDimension(network) !== 2) {
    throw new InputError(`network: expected 2 inputs for a picture, got ${inputDimension(network)}`);
  }
  const layers = network.layers.map(planeLayer);
  const phases = initialPhases(network.layers);
  const pieces: AffinePiece[] = [];
  const stack: Pending[] = [{ polygon, layer: 0, rows: preactivations(layers[0]!, inputRows, phases[0]!), phases }];
  for (let pending = stack.pop(); pending !== undefined; pending = stack.pop()) {
    const piece = advance(network, layers, pending, stack);
    if (piece !== undefined) pieces.push(piece);
    if (pieces.length + stack.length > maxPieces) {
      throw new InputError(`picture: expected at most ${maxPieces} affine pieces, got more`);
    }
  }
  return pieces;
}

/** The polygon's piece, or undefined after pushing its two parts. */
function advance(
  network: Network,
  layers: readonly PlaneLayer[],
  pending: Pending,
  stack: Pending[],
): AffinePiece | undefined {
  const { polygon, phases } = pending;
  let rows = pending.rows;
  for (let l = pending.layer; ; l++) {
    if (settle(rows, polygon, phases[l]!)) {
      tighten(network.layers, l, rows, polygon, phases);
      const line = bestCut(rows, polygon, phases[l]!);
      if (line !== undefined) {
        const { positive, negative } = cut(
          polygon,
          polygon.map((p) => scaledValue(line, p)),
        );
        stack.push({ polygon: negative, layer: l, rows, phases: phases.map((p) => p.slice()) });
        stack.push({ polygon: positive, layer: l, rows, phases });
        return undefined;
      }
    }
    const outputs = activated(layers[l]!, rows, phases[l]!);
    if (l + 1 === layers.length) return { polygon, outputs };
    rows = preactivations(layers[l + 1]!, outputs, phases[l + 1]!);
  }
}

/** Marks the open rows that keep one sign; whether some do not. */
function settle(rows: readonly AffineRow[], polygon: Polygon, phase: Uint8Array): boolean {
  let left = false;
  for (let r = 0; r < phase.length; r++) {
    if (phase[r] !== open) continue;
    let positive = false;
    let negative = false;
    for (const p of polygon) {
      const s = signAt(rows[r]!, p);
      if (s > 0) positive = true;
      else if (s < 0) negative = true;
      if (positive && negative) break;
    }
    if (!positive) phase[r] = off;
    else if (!negative) phase[r] = on;
    else left = true;
  }
  return left;
}

/** The open row that cuts most evenly; undefined when no row is open. */
function bestCut(rows: readonly AffineRow[], polygon: Polygon, phase: Uint8Array): AffineRow | undefined {
  let best: AffineRow | undefined;
  let bestScore = -1;
  for (let r = 0; r < phase.length; r++) {
    if (phase[r] !== open) continue;
    const score = evenness(rows[r]!, polygon);
    if (best === undefined || score > bestScore) {
      best = rows[r]!;
      bestScore = score;
    }
  }
  return best;
}

/** About the smaller over the larger of the sizes of a row's extreme values: 1 for a line through the middle. */
function evenness({ near: [a, b, c] }: AffineRow, polygon: Polygon): number {
  let low = 0;
  let high = 0;
  for (const p of polygon) {
    const value = a * p.nearX + b * p.nearY + c;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return Math.min(-low, high) / Math.max(-low, high);
}

/** The layer's outputs, every phase known. */
function activated(layer: PlaneLayer, rows: readonly AffineRow[], phase: Uint8Array): readonly AffineRow[] {
  return rows.map((row, r) => (phase[r] !== on ? zeroRow : layer.activation === 'step' ? oneRow : row));
}

/** The layer's preactivations, those of neurons that are known to be off or unneeded left out. */
function preactivations(layer: PlaneLayer, inputs: readonly AffineRow[], phase: Uint8Array): readonly AffineRow[] {
  return layer.neurons.map((neuron, r) =>
    phase[r] === off || phase[r] === unneeded ? zeroRow : preactivation(neuron, inputs),
  );
}
