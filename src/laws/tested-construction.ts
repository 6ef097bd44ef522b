/**
 * What the laws accept as a construction: a theorem of the registry, or anyone's function.
 *
 * Main definitions: `TestedConstruction`, `ConstructFunction`, `subjectOf` (the form that the laws use).
 */
import type { Claim, ConstructionOptions, RatioRange, Theorem } from '../construction/index.js';
import type { Rational } from '../exact/index.js';
import { norms as allNorms, InputError, type Norm, type Notion, normAt, notions } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import type { Network } from '../network/index.js';

/** A network, with the sizes that are claimed for it where there are any. */
export interface Built {
  readonly network: Network;
  readonly claims?: readonly Claim[];
  /** Values of all variables in the claims. */
  readonly variables?: Readonly<Record<string, bigint>>;
  readonly rationals?: Readonly<Record<string, Rational>>;
}

/** A network for a dataset, a norm and a radius; throws when there is none. */
export type ConstructFunction = (data: Dataset, options: ConstructionOptions) => Network | Built;

export interface TestedConstruction {
  /** @defaultValue the name of the function */
  readonly name?: string;
  /** Norms that it is made for. @defaultValue all */
  readonly norms?: readonly Norm[];
  /**
   * Balls on which labels must be right: closed of the asked radius, or also open of radius δ/2, whatever radius is
   * asked for. @defaultValue 'closed'
   */
  readonly balls?: Theorem['balls'];
  /** The ρ = 2μ/δ for which a network is promised; problems are drawn in it. @defaultValue all ρ < 1 */
  readonly range?: RatioRange;
  /** Whether coordinates are places of a cyclic signal, and all shifts of a sample have its label. @defaultValue false */
  readonly signal?: boolean;
  /** How outputs are read. @defaultValue what the network says; else exact for one output, argmax for several */
  readonly notion?: Notion;
  readonly construct: ConstructFunction;
}

/** A construction with every choice made. */
export interface Subject {
  readonly name: string;
  readonly norms: readonly Norm[];
  readonly balls: Theorem['balls'];
  readonly notion: Notion | undefined;
  readonly range: RatioRange | undefined;
  readonly signal: boolean;
  readonly build: ConstructFunction;
}

/**
 * The construction in the form that the laws use.
 * @throws InputError for no norms, norms that it is not made for, and words that mean nothing.
 */
export function subjectOf(given: ConstructFunction | TestedConstruction, norms?: readonly Norm[]): Subject {
  const object: TestedConstruction = typeof given === 'function' ? { construct: given } : given;
  const name = object.name ?? (object.construct.name || 'construction');
  if (object.norms !== undefined && !Array.isArray(object.norms)) {
    throw new InputError(`${name}.norms: expected a list, got ${typeof object.norms}`);
  }
  const own = (object.norms ?? allNorms).map((norm, k) => normAt(norm, `${name}.norms[${k}]`));
  const used = norms ?? own;
  const foreign = used.find((norm) => !own.includes(norm));
  if (foreign !== undefined) {
    throw new InputError(`laws.norms: expected ${own.join(', ')} for ${name}, got ${foreign}`);
  }
  if (used.length === 0) throw new InputError('laws.norms: expected at least one norm, got none');
  const { balls = 'closed', notion } = object;
  if (balls !== 'closed' && balls !== 'open') {
    throw new InputError(`${name}.balls: expected closed or open, got ${String(balls)}`);
  }
  if (notion !== undefined && !notions.includes(notion)) {
    throw new InputError(`${name}.notion: expected ${notions.join(', ')}, got ${String(notion)}`);
  }
  return {
    name,
    norms: used,
    balls,
    notion,
    range: object.range,
    signal: object.signal === true,
    build: (data, options) => object.construct(data, options),
  };
}

/** The network that was built, with its claims. @throws InputError for anything but a network or `{ network }`. */
export function builtOf(made: Network | Built): Built {
  const built: Partial<Built> | undefined = isNetwork(made) ? { network: made } : made;
  if (isNetwork(built?.network)) return { ...built, network: built.network };
  throw new InputError(`construct: expected a network or { network }, got ${typeof made}`);
}

const isNetwork = (value: unknown): value is Network =>
  typeof value === 'object' && value !== null && Array.isArray((value as Partial<Network>).layers);
