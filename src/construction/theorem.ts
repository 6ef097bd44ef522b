/**
 * What a construction is: a theorem's network with its claims as data.
 *
 * Main definitions: `Theorem` (an entry of the registry), `Construction` (what it returns), `Claim`, `Guarantee`.
 *
 * Claims are formula strings over integers, read by `exact/expression.ts`. `theorem` is the upper bound that the
 * theorem promises, over N (distinct samples), d, k, C (classes that occur), rho2 = ρ² and the asked B alone, and M, the
 * levels of a sawtooth, or R, the spread of the data, where a theorem hides log(diameter/δ) in its O(); `count` is the exact size of the network built,
 * over those and the variables that the construction declares. Properties assert measured ≤ theorem and measured = count
 * on every generated dataset, and recompute the declared variables from the dataset.
 */

import type { Rational } from '../exact/index.js';
import { InputError, type Norm, type Notion } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import type { BitExtraction, Network } from '../network/index.js';

/** A size that theorems bound. */
export type Quantity = 'width' | 'depth' | 'nonzero' | 'parameters';
export const quantities: readonly Quantity[] = ['width', 'depth', 'nonzero', 'parameters'];

export interface Claim {
  readonly quantity: Quantity;
  /** Upper bound promised for every dataset, over N, d, k, C, rho2, B, M. */
  readonly theorem: string;
  /** Size of this network, exactly, where the construction has a formula for it. */
  readonly count?: string;
}

/** What holds for most random choices. */
export interface Guarantee {
  /** In words: `one round covers every class`. */
  readonly holds: string;
  /** Hyperplanes from which on it holds with probability at least 1 − eta, over the variables of the construction. */
  readonly hyperplanes: string;
  /** Bound on the neurons that count them, when it holds. */
  readonly neurons: string;
}

export interface ConstructionOptions {
  readonly norm: Norm;
  /** μ ≥ 0 with 2μ < δ. Ignored by theorems that serve all radii at once. */
  readonly radius: Rational;
  /** Balls without their sphere; where a theorem serves them, 2μ ≤ δ is enough. @defaultValue false */
  readonly open?: boolean;
  /** Largest number of nonzero weights to build. @defaultValue 50 million */
  readonly maxNonzero?: number;
  /** Number of projected dimensions, where a theorem projects. */
  readonly projected?: number;
  /** Coordinates handled in one layer, B, where a theorem trades depth for width. @defaultValue 1 */
  readonly perLayer?: number;
  /** Whether weights are rounded to short binary fractions, where a theorem allows it. @defaultValue true */
  readonly dyadic?: boolean;
  /** Hyperplanes drawn first, where a theorem draws any. @defaultValue 32 */
  readonly hyperplanes?: number;
  /** Rounds at most, each with twice the hyperplanes of the one before, where a theorem draws any. @defaultValue 3 */
  readonly rounds?: number;
  /** Whether hyperplanes are made for the pairs of samples that the last round leaves. @defaultValue true */
  readonly complete?: boolean;
  /** Sizes of a cyclic signal, where a theorem is about signals: their product is d. @defaultValue one row of d places */
  readonly shape?: readonly number[];
  /** Sizes of the windows that filters see, where a theorem has filters. @defaultValue the whole signal */
  readonly window?: readonly number[];
  /** How packed bits are read, where a theorem packs any: one by one, or as [VYS] do. @defaultValue 'peeling' */
  readonly extraction?: BitExtraction;
  /** Seed of random choices, where a theorem makes any. @defaultValue 1 */
  readonly seed?: number;
}

export interface Construction {
  readonly network: Network;
  readonly claims: readonly Claim[];
  /** Values of all variables in the claims. */
  readonly variables: Readonly<Record<string, bigint>>;
  /** Values of variables that are not whole: `rho2` = ρ² = 4μ²/δ². */
  readonly rationals?: Readonly<Record<string, Rational>>;
  /** What a random construction promises for most choices, over the variables and `eta`. */
  readonly guarantees?: readonly Guarantee[];
  /** What was chosen for this dataset and why, in one line, where a construction chooses. */
  readonly note?: string;
}

/** An interval 0 ≤ ρ < end of ratios for which a theorem promises a network. */
export interface RatioRange {
  /** What is below δ/2, as tables say it: `ρ < d^(−1/p)/N`. */
  readonly text: string;
  /** The end, or a little less where it is a root, for a dataset with at least two classes. */
  readonly end: (data: Dataset, norm: Norm) => Rational;
}

/** Which balls a theorem serves, in a few words. */
export const ballsText = ({ balls, range }: Pick<Theorem, 'balls' | 'range'>): string =>
  balls === 'open' ? 'open, δ/2 at once' : `closed, ${range?.text ?? 'any μ < δ/2'}`;

export interface Theorem {
  /** Name on the command line, `ygz-wide`. */
  readonly name: string;
  /** What it says, in one line. */
  readonly title: string;
  /** Key and statement in docs/references.bib, `[YGZ, Thm 4.8]`. */
  readonly reference: string;
  readonly norms: readonly Norm[];
  /** Balls on which the label is right: closed of the asked radius, or open of radius δ/2 for all radii at once. */
  readonly balls: 'closed' | 'open';
  /** Whether coordinates are places of a cyclic signal, and all shifts of a sample have its label. @defaultValue false */
  readonly signal?: boolean;
  /**
   * The ρ = 2μ/δ that the theorem is about; beyond it `construct` may still find a network. With the end 0 there is no such
   * ρ, not even 0. @defaultValue all ρ < 1
   */
  readonly range?: RatioRange;
  /**
   * How its outputs are read. `sign` serves two classes: the smaller is negative, the larger positive.
   * @defaultValue 'exact'
   */
  readonly notion?: Exclude<Notion, 'round'>;
  /**
   * The network for a dataset.
   * @throws InputError for a point with two labels, a negative radius, or a network above `maxNonzero`;
   * AssumptionError when 2μ < δ fails, or 2μ ≤ δ where the theorem serves open balls and is asked for them, and for
   * more than two classes where outputs are read by their sign.
   */
  readonly construct: (data: Dataset, options: ConstructionOptions) => Construction;
}

/** A theorem that refuses norms it is not about. @throws InputError from `construct`, naming those that it is about. */
export const theorem = (stated: Theorem): Theorem => ({
  ...stated,
  construct(data, options) {
    if (!stated.norms.includes(options.norm)) {
      throw new InputError(`--norm: expected ${stated.norms.join(' or ')} for ${stated.name}, got ${options.norm}`);
    }
    return stated.construct(data, options);
  },
});

/** Claims on all four quantities, with exact counts for those that have one. */
export const claimsOf = (
  bounds: Readonly<Record<Quantity, string>>,
  counts: Readonly<Partial<Record<Quantity, string>>>,
): Claim[] =>
  quantities.map((quantity) => {
    const count = counts[quantity];
    return { quantity, theorem: bounds[quantity], ...(count === undefined ? {} : { count }) };
  });

/** Default of `maxNonzero`. */
export const defaultMaxNonzero = 50_000_000;
