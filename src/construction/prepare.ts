/**
 * What every construction does first: merge duplicates, check the hypothesis 2μ < δ, choose class values.
 */

import { formatRational, type Rational, rational, type ScaledVector, zero } from '../exact/index.js';
import { AssumptionError, InputError, type Norm, type OutputReading, type Provenance } from '../format/index.js';
import {
  classes,
  type Dataset,
  distinctSamples,
  type HalfSeparationOptions,
  labelText,
  requireRadiusBelowHalf,
  type Separation,
  selectSamples,
  separation,
} from '../geometry/index.js';
import { constantForm, type Network, sequentialBuilder } from '../network/index.js';
import { perLayerOf } from './per-layer.js';
import { type Claim, type Construction, type ConstructionOptions, defaultMaxNonzero } from './theorem.js';

export interface Prepared {
  /** The dataset with duplicates merged. */
  readonly data: Dataset;
  readonly classes: readonly number[];
  /** δ, from the dataset as given; undefined for one class. */
  readonly separation: Separation | undefined;
}

/**
 * The dataset as constructions use it.
 * @throws InputError for a point with two labels or a negative radius; AssumptionError unless 2μ < δ, or 2μ ≤ δ for a
 * theorem of open balls.
 */
export function prepare(given: Dataset, norm: Norm, radius: Rational, options: HalfSeparationOptions = {}): Prepared {
  const distinct = distinctSamples(given);
  const closest = separation(given, norm);
  requireRadiusBelowHalf(radius, closest, given, options);
  const data = distinct.length === given.size ? given : selectSamples(given, distinct);
  return { data, classes: classes(data), separation: closest };
}

/** Class c is read as the exact value c. */
export function exactReading(data: Dataset): OutputReading {
  const most = data.labels.reduce((a, b) => Math.max(a, b), 0);
  return { notion: 'exact', labels: Array.from({ length: most + 1 }, (_, c) => String(c)) };
}

/** Two classes by the sign of one output: the smaller negative, the larger positive; a single class c > 0 is positive. */
export function signReading(prepared: Prepared): OutputReading & { readonly notion: 'sign' } {
  const [first, second] = prepared.classes as [number, number?];
  if (second !== undefined) return { notion: 'sign', negative: first, positive: second };
  return first === 0 ? { notion: 'sign', negative: 0, positive: 1 } : { notion: 'sign', negative: 0, positive: first };
}

/** One output for each class number up to the largest that occurs. */
export function argmaxReading(data: Dataset): OutputReading & { readonly notion: 'argmax' } {
  return { notion: 'argmax', classes: data.labels.reduce((a, b) => Math.max(a, b), 0) + 1 };
}

/** Demands at most two classes. @throws AssumptionError naming those that there are. */
export function requireTwoClasses({ data, classes: used }: Prepared): void {
  if (used.length <= 2) return;
  throw new AssumptionError(
    `needs two classes, told apart by a sign: got ${used.length} (${used.map((c) => labelText(data, c)).join(', ')})`,
  );
}

/** The most frequent class, the smallest of equally frequent ones. */
export function mostFrequentClass(data: Dataset): number {
  const counts = new Map<number, number>();
  for (const c of data.labels) counts.set(c, (counts.get(c) ?? 0) + 1);
  return [...counts].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
  )[0];
}

/** The network's history, for people: which theorem, norm and radius. */
export function provenanceOf(name: string, options: ConstructionOptions): Provenance {
  return {
    construction: name,
    norm: options.norm,
    radius: formatRational(options.radius),
    ...(options.open === true ? { open: true } : {}),
    ...(options.projected === undefined ? {} : { projected: options.projected }),
    ...(options.perLayer === undefined ? {} : { perLayer: options.perLayer }),
    ...(options.dyadic === undefined ? {} : { dyadic: options.dyadic }),
    ...(options.hyperplanes === undefined ? {} : { hyperplanes: options.hyperplanes }),
    ...(options.rounds === undefined ? {} : { rounds: options.rounds }),
    ...(options.complete === undefined ? {} : { complete: options.complete }),
    ...(options.shape === undefined ? {} : { shape: options.shape }),
    ...(options.window === undefined ? {} : { window: options.window }),
    ...(options.extraction === undefined ? {} : { extraction: options.extraction }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
}

/** Variables that all claims may use: N distinct samples, d, C classes. */
export function baseVariables(prepared: Prepared): Record<string, bigint> {
  return {
    N: BigInt(prepared.data.size),
    d: BigInt(prepared.data.dimension),
    C: BigInt(prepared.classes.length),
  };
}

/** The constant network of a dataset with one class: one affine layer, right for every radius. */
export function constantConstruction(
  prepared: Prepared,
  name: string,
  options: ConstructionOptions,
  bounds: readonly Claim[],
  reading: OutputReading = exactReading(prepared.data),
): Construction {
  const outputs = constantOutputs(prepared.classes[0]!, reading);
  const builder = sequentialBuilder(prepared.data.dimension);
  const network: Network = builder.network(
    outputs.map((v) => constantForm(rational(v))),
    { output: reading, provenance: provenanceOf(name, options) },
  );
  const counts: Record<Claim['quantity'], string> = {
    width: '0',
    depth: '1',
    nonzero: 'Zo',
    parameters: outputs.length === 1 ? 'd + 1' : '(d + 1)*A',
  };
  return {
    network,
    claims: bounds.map((claim) => ({ ...claim, count: counts[claim.quantity] })),
    // With δ = ∞ nothing is projected and ρ = 0.
    variables: {
      ...baseVariables(prepared),
      k: 0n,
      M: 0n,
      R: 1n,
      S: 1n,
      B: BigInt(perLayerOf(options)),
      Zo: BigInt(outputs.filter((v) => v !== 0).length),
      ...(outputs.length === 1 ? {} : { A: BigInt(outputs.length) }),
    },
    rationals: { rho2: zero },
  };
}

/** Outputs that are read as class c. */
function constantOutputs(c: number, reading: OutputReading): number[] {
  switch (reading.notion) {
    case 'exact':
    case 'round':
      return [c];
    case 'sign':
      return [c === reading.positive ? 1 : -1];
    case 'argmax':
      return Array.from({ length: reading.classes }, (_, o) => (o === c ? 1 : 0));
  }
}

/**
 * Stops a construction that would be too large, before it is built.
 * @throws InputError with the number of weights it would have.
 */
export function requireSize(nonzero: number, options: ConstructionOptions): void {
  const most = options.maxNonzero ?? defaultMaxNonzero;
  if (nonzero > most) {
    throw new InputError(
      `--max-nonzero: expected a network of at most ${most} nonzero weights, got one of about ${nonzero}`,
    );
  }
}

/** Number of nonzero entries. */
export const nonzeroCount = (values: ScaledVector['numerators']): number => {
  let count = 0;
  for (const v of values) if (Number(v) !== 0) count++;
  return count;
};
