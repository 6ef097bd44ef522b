/**
 * What every construction does first: merge duplicates, check the hypothesis 2μ < δ, choose class values.
 */

import { formatRational, type Rational, rational, type ScaledVector, zero } from '../exact/index.js';
import { InputError, type Norm, type OutputReading, type Provenance } from '../format/index.js';
import {
  classes,
  type Dataset,
  distinctSamples,
  type HalfSeparationOptions,
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
): Construction {
  const value = prepared.classes[0]!;
  const builder = sequentialBuilder(prepared.data.dimension);
  const network: Network = builder.network([constantForm(rational(value))], {
    output: exactReading(prepared.data),
    provenance: provenanceOf(name, options),
  });
  const counts: Record<Claim['quantity'], string> = { width: '0', depth: '1', nonzero: 'Zo', parameters: 'd + 1' };
  return {
    network,
    claims: bounds.map((claim) => ({ ...claim, count: counts[claim.quantity] })),
    // With δ = ∞ nothing is projected and ρ = 0.
    variables: {
      ...baseVariables(prepared),
      k: 0n,
      M: 0n,
      R: 1n,
      B: BigInt(perLayerOf(options)),
      Zo: value === 0 ? 0n : 1n,
    },
    rationals: { rho2: zero },
  };
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
