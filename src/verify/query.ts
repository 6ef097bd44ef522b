/**
 * Queries in memory: a network, a region of inputs, an unsafe set of outputs.
 *
 * Main definitions: `Query`, `robustnessQuery` (sample i of a dataset as a query), `unsafeFor` (the outputs that do
 * not mean class c), `queryToFile`, `queryFromFile`, `queryHash`.
 *
 * A query is satisfiable when some point of the region has an unsafe output; robustness is unsatisfiability.
 */
import { createHash } from 'node:crypto';
import {
  compare,
  formatRational,
  half,
  neg,
  one,
  parseRational,
  type Rational,
  sub,
  type Vector,
  zero,
} from '../exact/index.js';
import {
  type ConstraintFile,
  InputError,
  type Norm,
  type OutputReading,
  type QueryFile,
  type RegionFile,
} from '../format/index.js';
import { ball, boxIsEmpty, type Dataset, point, type Region, sampleText } from '../geometry/index.js';
import {
  inputDimension,
  type Network,
  networkFromFile,
  networkHash,
  networkToFile,
  outputDimension,
} from '../network/index.js';

/** Σ weights[k]·y[columns[k]] + bias ≥ 0, or > 0 when strict. */
export interface Constraint {
  readonly columns: readonly number[];
  readonly weights: Vector;
  readonly bias: Rational;
  readonly strict: boolean;
}

/** A disjunction of conjunctions; none is never unsafe, an empty conjunction always. */
export type UnsafeSet = readonly (readonly Constraint[])[];

export interface Query {
  readonly network: Network;
  readonly region: Region;
  readonly unsafe: UnsafeSet;
}

const constraint = (columns: readonly number[], weights: Vector, bias: Rational, strict: boolean): Constraint => ({
  columns,
  weights,
  bias,
  strict,
});

/**
 * The outputs that do not mean class c: exact f ≠ v; round |f − v| ≥ 1/2; sign −s·f ≥ 0; argmax f_k ≥ f_c for some
 * other k, so that a tie is unsafe.
 * @throws InputError when the reading has no class c.
 */
export function unsafeFor(reading: OutputReading, c: number): UnsafeSet {
  const unknownClass = (known: string): never => {
    throw new InputError(`network.output: expected a reading of class ${c}, got ${known}`);
  };
  switch (reading.notion) {
    case 'exact':
    case 'round': {
      const text = reading.labels[c];
      if (text === undefined) return unknownClass(`values for ${reading.labels.length} classes`);
      const v = parseRational(text);
      if (reading.notion === 'exact') {
        return [[constraint([0], [one], neg(v), true)], [constraint([0], [neg(one)], v, true)]];
      }
      return [[constraint([0], [one], sub(neg(v), half), false)], [constraint([0], [neg(one)], sub(v, half), false)]];
    }
    case 'sign': {
      if (c !== reading.negative && c !== reading.positive) {
        return unknownClass(`classes ${reading.negative} and ${reading.positive}`);
      }
      return [[constraint([0], [c === reading.positive ? neg(one) : one], zero, false)]];
    }
    case 'argmax': {
      if (c >= reading.classes) return unknownClass(`${reading.classes} outputs`);
      const others = Array.from({ length: reading.classes }, (_, k) => k).filter((k) => k !== c);
      return others.map((k) => {
        const [a, b] = k < c ? [k, c] : [c, k];
        return [constraint([a, b], k < c ? [one, neg(one)] : [neg(one), one], zero, false)];
      });
    }
  }
}

export interface RobustnessOptions {
  readonly norm: Norm;
  readonly radius: Rational;
  readonly reading: OutputReading;
  /** Balls without their sphere. @defaultValue false */
  readonly open?: boolean;
}

/**
 * Does some point of the ball around sample i not mean its label?
 * @throws InputError when dimensions differ, the radius is negative, or an open ball is empty.
 */
export function robustnessQuery(network: Network, data: Dataset, i: number, options: RobustnessOptions): Query {
  if (inputDimension(network) !== data.dimension) {
    throw new InputError(`network: expected ${data.dimension} inputs as the dataset, got ${inputDimension(network)}`);
  }
  try {
    const region = ball(options.norm, point(data, i), options.radius, options.open ?? false);
    return checkedQuery({ network, region, unsafe: unsafeFor(options.reading, data.labels[i]!) });
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${sampleText(data, i)}: ${error.message}`);
    throw error;
  }
}

/** The query itself, after checking dimensions, radius and columns. @throws InputError naming the place. */
export function checkedQuery(query: Query): Query {
  const { network, region, unsafe } = query;
  const d = inputDimension(network);
  if (region.kind === 'ball') {
    if (region.centre.length !== d)
      throw new InputError(`region.centre: expected ${d} coordinates, got ${region.centre.length}`);
    const s = compare(region.radius, zero);
    if (s < 0) throw new InputError(`region.radius: expected a radius ≥ 0, got ${formatRational(region.radius)}`);
    if (region.open && s === 0) throw new InputError('region.radius: expected a radius > 0 for an open ball, got 0');
  } else {
    if (region.lower.length !== d)
      throw new InputError(`region.lower: expected ${d} coordinates, got ${region.lower.length}`);
    if (boxIsEmpty(region)) throw new InputError('region: expected lower ≤ upper in each coordinate, got an empty box');
  }
  const outputs = outputDimension(network);
  unsafe.forEach((conjunction, i) => {
    conjunction.forEach((c, k) => {
      for (const column of c.columns) {
        if (column >= outputs)
          throw new InputError(`unsafe[${i}][${k}]: expected a column below ${outputs}, got ${column}`);
      }
    });
  });
  return query;
}

/** The query's file, its network by hash or inline. */
export function queryToFile(query: Query, options: { readonly inline: boolean }): QueryFile {
  return {
    format: 'muball-query',
    version: 1,
    network: options.inline ? networkToFile(query.network) : { sha256: networkHash(query.network) },
    region: regionToFile(query.region),
    unsafe: query.unsafe.map((conjunction) =>
      conjunction.map(
        (c): ConstraintFile => ({
          columns: c.columns,
          weights: c.weights.map(formatRational),
          bias: formatRational(c.bias),
          ...(c.strict ? { strict: true as const } : {}),
        }),
      ),
    ),
  };
}

function regionToFile(region: Region): RegionFile {
  if (region.kind === 'box') {
    return { kind: 'box', lower: region.lower.map(formatRational), upper: region.upper.map(formatRational) };
  }
  return {
    kind: 'ball',
    norm: region.norm,
    centre: region.centre.map(formatRational),
    radius: formatRational(region.radius),
    ...(region.open ? { open: true as const } : {}),
  };
}

/**
 * The query of a file whose shape has been checked; `network` supplies a network that the file names by hash.
 * @throws InputError when that network is missing or has another hash, and as `checkedQuery`.
 */
export function queryFromFile(file: QueryFile, network?: Network): Query {
  let used: Network;
  if ('sha256' in file.network) {
    if (network === undefined)
      throw new InputError(`query.network: expected the network with hash ${file.network.sha256}`);
    const hash = networkHash(network);
    if (hash !== file.network.sha256)
      throw new InputError(`query.network.sha256: expected ${file.network.sha256}, got ${hash}`);
    used = network;
  } else {
    used = networkFromFile(file.network);
  }
  return checkedQuery({
    network: used,
    region: regionFromFile(file.region),
    unsafe: file.unsafe.map((conjunction) =>
      conjunction.map((c) => ({
        columns: c.columns,
        weights: c.weights.map((w) => parseRational(w)),
        bias: parseRational(c.bias),
        strict: c.strict === true,
      })),
    ),
  });
}

function regionFromFile(file: RegionFile): Region {
  const values = (texts: readonly string[]): Rational[] => texts.map((t) => parseRational(t));
  if (file.kind === 'box') return { kind: 'box', lower: values(file.lower), upper: values(file.upper) };
  return ball(file.norm, values(file.centre), parseRational(file.radius), file.open === true);
}

/** SHA-256 of the query's canonical text, its network by hash, in lower-case hexadecimal. */
export function queryHash(query: Query): string {
  return createHash('sha256')
    .update(JSON.stringify(queryToFile(query, { inline: false })))
    .digest('hex');
}
