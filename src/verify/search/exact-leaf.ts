/**
 * The leaf rule in integers: a functional of one level bounded from below by an affine function of the input.
 *
 * Main definitions: `leafBound` (P ≥ G·x + H on a node), `Slope`, `Node`.
 *
 * From the top, with coefficient a arriving at h = act(z), z in [l, u] (bounds in force, then the path's splits): λ is
 * passed on to z, and the minimum of a·act(z) − λz over [l, u] is added to H. Any λ is sound. Each level has one
 * denominator, H one sum for each denominator met; there is no gcd in the inner loops.
 */
import { floorDiv, gcd, lcm, type Rational, rational } from '../../exact/index.js';
import type { BoundsTable, End } from './bounds-table.js';
import type { Cone } from './cone.js';
import type { Functional, Problem, SearchLayer } from './problem.js';
import type { Gradient } from './region-minimum.js';

/** λ: a number, the coefficient that arrives, the exact triangle slope a·u/(u − l), or the coefficient plus an offset. */
export type Slope = 'a' | 'u' | Rational | { readonly offset: Rational };

/** A functional that is ≥ 0 on the region, used `multiple` ≥ 0 times. */
export interface Cut {
  readonly lemma: number;
  readonly functional: Functional;
  readonly multiple: Rational;
}

/** Where a leaf stands: bounds of the root, and the path's side of every neuron: −1 below, 1 above, 0 not split. */
export interface Node {
  readonly table: BoundsTable;
  readonly phase: Int8Array;
}

/** What a leaf has used, filled on request. */
export interface LeafRecord {
  /** Lemmas without which the bound would be lower. */
  readonly lemmas: Set<number>;
  /** λ of every neuron that was passed, none left to the default, none an offset. */
  readonly slopes: Map<number, PlainSlope>;
  /** Those of them that differ from the default here. */
  readonly listed: Map<number, PlainSlope>;
}

/** A slope as files know it. */
export type PlainSlope = 'a' | 'u' | Rational;

/** A record of nothing so far. */
export const leafRecord = (): LeafRecord => ({ lemmas: new Set(), slopes: new Map(), listed: new Map() });

export interface LeafBound {
  readonly gradient: Gradient;
  readonly constant: Rational;
  /** Whether the bound is not attained: some step's infimum is only approached as z falls to 0. */
  readonly strictly: boolean;
}

/** Denominator of the rounded triangle slope that a relu takes by default. */
export const triangleScale = 1n << 24n;

const zeroEnd: End = { n: 0n, d: 1n };

/** The end in force on the path. */
export const lowerOf = ({ table, phase }: Node, i: number): End =>
  phase[i]! > 0 && table.lower[i]!.n < 0n ? zeroEnd : table.lower[i]!;
export const upperOf = ({ table, phase }: Node, i: number): End =>
  phase[i]! < 0 && table.upper[i]!.n > 0n ? zeroEnd : table.upper[i]!;

/** λ over the denominator D2 = factor·D, and whether it depends on both ends. */
interface Passed {
  readonly n: bigint;
  readonly d: bigint;
  readonly both: boolean;
}

const nothing: Passed = { n: 0n, d: 1n, both: false };

/** A lower bound of the functional on the node, affine in the input. */
export function leafBound(
  problem: Problem,
  goal: Functional,
  cone: Cone,
  node: Node,
  slopes: ReadonlyMap<number, Slope>,
  cuts: readonly Cut[] = [],
  record?: LeafRecord,
): LeafBound {
  const { layers, offsets } = problem;
  const { neurons, starts } = cone;
  const total = new Map<bigint, bigint>();
  const addTerm = (n: bigint, d: bigint): void => {
    total.set(d, (total.get(d) ?? 0n) + n);
  };
  let strictly = false;
  let denominator = goal.denominator;
  // Coefficients by number of neuron; every level is cleared when it has been passed.
  const gradient: bigint[] = new Array(layers[0]!.inputs).fill(0n);
  const a = goal.level < 0 ? gradient : workSpace(problem);
  const top = goal.level < 0 ? 0 : offsets[goal.level]!;
  goal.columns.forEach((c, k) => {
    a[top + c] = goal.weights[k]!;
  });
  addTerm(goal.constant.n, goal.constant.d);

  for (let i = goal.level; i >= 0; i--) {
    const layer = layers[i]!;
    const offset = offsets[i]!;
    for (const { lemma, functional, multiple } of cuts) {
      if (functional.level !== i || multiple.n === 0n) continue;
      record?.lemmas.add(lemma);
      const common = lcm(denominator, functional.denominator * multiple.d);
      const grow = common / denominator;
      if (grow !== 1n) for (let k = starts[i]!; k < starts[i + 1]!; k++) a[neurons[k]!]! *= grow;
      const scale = (common / (functional.denominator * multiple.d)) * multiple.n;
      functional.columns.forEach((c, k) => {
        a[offset + c] = a[offset + c]! - scale * functional.weights[k]!;
      });
      denominator = common;
      addTerm(-multiple.n * functional.constant.n, multiple.d * functional.constant.d);
    }

    const active: number[] = [];
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const n = neurons[k]!;
      if (a[n] !== 0n || slopes.has(n)) active.push(n);
    }
    const passed: Passed[] = new Array(active.length);
    let common = denominator;
    for (let k = 0; k < active.length; k++) {
      const n = active[k]!;
      const p = slopeOf(layer, node, n, a[n]!, denominator, slopes.get(n));
      passed[k] = p;
      if (p.d !== common && common % p.d !== 0n) common = lcm(common, p.d);
    }
    const grow = common / denominator;
    const below = i === 0 ? gradient : a;
    const shift = i === 0 ? 0 : offsets[i - 1]!;
    let biases = 0n;
    for (let k = 0; k < active.length; k++) {
      const n = active[k]!;
      const r = n - offset;
      const p = passed[k]!;
      const arriving = grow === 1n ? a[n]! : a[n]! * grow;
      const lambda = p.d === common ? p.n : p.n * (common / p.d);
      if (layer.activation !== 'identity') {
        const least = leastTerm(layer, node, n, arriving, lambda);
        if (least.n !== 0n) addTerm(least.n, common * least.d);
        if (least.open) strictly = true;
        if (record !== undefined) {
          recordLemmas(layer, node, n, arriving, lambda, p, least, record);
          recordSlope(layer, node, n, a[n]!, denominator, p, slopes.get(n), record);
        }
      }
      a[n] = 0n;
      if (lambda === 0n) continue;
      for (let m = layer.rowStart[r]!; m < layer.rowStart[r + 1]!; m++) {
        const c = shift + layer.columns[m]!;
        const w = layer.bigWeights[m]!;
        below[c] = below[c]! + (w === 1n ? lambda : w === -1n ? -lambda : lambda * w);
      }
      const b = layer.bigBiases[r]!;
      if (b !== 0n) biases += lambda * b;
    }
    if (biases !== 0n) addTerm(biases, common * layer.biasDenominator);
    denominator = common * layer.weightDenominator;
  }
  return { gradient: { values: gradient, denominator }, constant: summed(total), strictly };
}

const workSpaces = new WeakMap<Problem, bigint[]>();

/** Zeros for all neurons, which every use leaves as zeros. */
function workSpace(problem: Problem): bigint[] {
  const known = workSpaces.get(problem);
  if (known !== undefined) return known;
  const made: bigint[] = new Array(problem.offsets.at(-1)!).fill(0n);
  workSpaces.set(problem, made);
  return made;
}

/** The sum of n / d over the terms. */
function summed(total: ReadonlyMap<bigint, bigint>): Rational {
  let d = 1n;
  for (const [key, n] of total) if (n !== 0n && d % key !== 0n) d = lcm(d, key);
  let sum = 0n;
  for (const [key, n] of total) if (n !== 0n) sum += n * (d / key);
  return rational(sum, d);
}

/** u/(u − l) in lowest terms, for l ≤ 0 ≤ u that are not both 0. */
function triangle(l: End, u: End): { readonly p: bigint; readonly q: bigint } {
  const p = u.n * l.d;
  const q = p - l.n * u.d;
  const g = gcd(p, q);
  return { p: p / g, q: q / g };
}

/** The λ of a neuron at which a / denominator arrives, given or by default. */
function slopeOf(
  layer: SearchLayer,
  node: Node,
  neuron: number,
  a: bigint,
  denominator: bigint,
  slope: Slope | undefined,
): Passed {
  if (layer.activation === 'identity' || slope === 'a') return { n: a, d: denominator, both: false };
  if (slope === 'u') {
    const { p, q } = triangle(lowerOf(node, neuron), upperOf(node, neuron));
    const n = a * p;
    const d = denominator * q;
    const g = gcd(n, q);
    return { n: n / g, d: d / g, both: true };
  }
  if (slope !== undefined && 'offset' in slope) {
    const { offset } = slope;
    const d = lcm(denominator, offset.d);
    return { n: a * (d / denominator) + offset.n * (d / offset.d), d, both: false };
  }
  if (slope !== undefined) return { n: slope.n, d: slope.d, both: false };
  if (layer.activation === 'step') return nothing;
  const l = lowerOf(node, neuron);
  if (l.n >= 0n) return { n: a, d: denominator, both: false };
  const u = upperOf(node, neuron);
  if (u.n <= 0n) return nothing;
  if (a > 0n) return u.n * l.d >= -l.n * u.d ? { n: a, d: denominator, both: false } : nothing;
  const { p, q } = triangle(l, u);
  return { n: floorDiv(triangleScale * a * p, denominator * q), d: triangleScale, both: false };
}

/** The least value of a·act(z) − λz as n / d (both over the level's denominator), and whether it is only approached. */
interface Least extends End {
  readonly open: boolean;
}

function leastTerm(layer: SearchLayer, node: Node, neuron: number, a: bigint, lambda: bigint): Least {
  return leastOver(layer, node.phase[neuron]! > 0, a, lambda, lowerOf(node, neuron), upperOf(node, neuron));
}

function leastOver(layer: SearchLayer, above: boolean, a: bigint, lambda: bigint, l: End, u: End): Least {
  if (layer.activation === 'relu') {
    let n = (l.n > 0n ? a - lambda : -lambda) * l.n;
    let d = l.d;
    const n2 = (u.n > 0n ? a - lambda : -lambda) * u.n;
    if (n2 * d < n * u.d) {
      n = n2;
      d = u.d;
    }
    if (n > 0n && l.n < 0n && u.n > 0n) n = 0n;
    return { n, d, open: false };
  }
  let least: End | undefined;
  const offer = (n: bigint, d: bigint): void => {
    if (least === undefined || n * least.d < least.n * d) least = { n, d };
  };
  if (l.n <= 0n && !above) {
    offer(-lambda * l.n, l.d);
    if (u.n < 0n) offer(-lambda * u.n, u.d);
    else offer(0n, 1n);
  }
  const attained = least;
  if (u.n > 0n) {
    offer(a * u.d - lambda * u.n, u.d);
    if (l.n > 0n) offer(a * l.d - lambda * l.n, l.d);
    else if (lambda < 0n && (attained === undefined || a * attained.d < attained.n)) return { n: a, d: 1n, open: true };
    else offer(a, 1n);
  }
  // No part is left only where the path contradicts the bounds; such neurons are stable and never split.
  return { ...(least ?? zeroEnd), open: false };
}

/** Notes the lemmas behind the ends without which the neuron's term would be less. */
function recordLemmas(
  layer: SearchLayer,
  node: Node,
  neuron: number,
  a: bigint,
  lambda: bigint,
  passed: Passed,
  least: Least,
  record: LeafRecord,
): void {
  const { table, phase } = node;
  const sides = [
    { lemma: table.lowerLemma[neuron]!, l: table.baseLower[neuron]!, u: table.upper[neuron]! },
    { lemma: table.upperLemma[neuron]!, l: table.lower[neuron]!, u: table.baseUpper[neuron]! },
  ];
  for (const { lemma, l, u } of sides) {
    if (lemma < 0 || record.lemmas.has(lemma)) continue;
    const low = phase[neuron]! > 0 && l.n < 0n ? zeroEnd : l;
    const high = phase[neuron]! < 0 && u.n > 0n ? zeroEnd : u;
    const wide = leastOver(layer, phase[neuron]! > 0, a, lambda, low, high);
    const lower = wide.n * least.d < least.n * wide.d || (least.open && !wide.open);
    if (passed.both || lower) record.lemmas.add(lemma);
  }
}

/** Notes λ, and whether a file has to list it. */
function recordSlope(
  layer: SearchLayer,
  node: Node,
  neuron: number,
  a: bigint,
  denominator: bigint,
  passed: Passed,
  given: Slope | undefined,
  record: LeafRecord,
): void {
  const arrives = passed.n * denominator === a * passed.d;
  const slope = given === 'u' ? given : arrives ? 'a' : rational(passed.n, passed.d);
  record.slopes.set(neuron, slope);
  if (given === undefined) return;
  const byDefault = slopeOf(layer, node, neuron, a, denominator, undefined);
  if (byDefault.n * passed.d !== passed.n * byDefault.d) record.listed.set(neuron, slope);
}
