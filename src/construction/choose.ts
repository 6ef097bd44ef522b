/**
 * The construction with the fewest parameters, of all that apply to a dataset, a norm and a radius.
 *
 * Main definitions: `chooseConstruction`, `Candidate`, `Choice`.
 *
 * Notes. Every theorem of the norm is built and measured, because what its bound hides, such as the bits of keys or the
 * fewest dimensions, depends on the dataset. Parameters are counted as in [KMY]: all entries of all layers, zeros as well.
 * Theorems that do not apply say why; those about signals are asked where a shape is given. The fewest parameters are of this list, not of all networks.
 * Reference: [KMY, Thm 4.2], where the regime of ρ decides.
 */
import { AssumptionError, InputError } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { type Complexity, complexity } from '../network/index.js';
import { prepare } from './prepare.js';
import { theorems } from './registry.js';
import type { Construction, ConstructionOptions, Theorem } from './theorem.js';

/** What became of a theorem: the sizes of its network, or why there is none. */
export type Candidate = { readonly theorem: Theorem } & (
  | { readonly sizes: Complexity; readonly note?: string }
  | { readonly refused: string }
);

export interface Choice {
  readonly theorem: Theorem;
  readonly construction: Construction;
  /** All theorems of the norm, in the order of the registry; about signals only with a shape. */
  readonly candidates: readonly Candidate[];
}

export interface ChooseOptions extends ConstructionOptions {
  /** Theorems to choose from. @defaultValue those of the registry */
  readonly among?: readonly Theorem[];
}

/**
 * Builds all and keeps the one with the fewest parameters; the first of several.
 * @throws InputError for a point with two labels or a negative radius; AssumptionError when 2μ < δ fails, or when no
 * theorem applies, with what each needs.
 */
export function chooseConstruction(data: Dataset, { among = theorems, ...options }: ChooseOptions): Choice {
  const { open = false, ...closed } = options;
  prepare(data, options.norm, options.radius, { open });
  let best: { theorem: Theorem; construction: Construction; parameters: Complexity['parameters'] } | undefined;
  const candidates: Candidate[] = [];
  for (const theorem of among.filter(
    (one) => one.norms.includes(options.norm) && (one.signal !== true || options.shape),
  )) {
    const construction = attempted(theorem, data, open && theorem.balls === 'open' ? options : closed);
    if (typeof construction === 'string') {
      candidates.push({ theorem, refused: construction });
      continue;
    }
    const sizes = complexity(construction.network);
    candidates.push({ theorem, sizes, ...(construction.note === undefined ? {} : { note: construction.note }) });
    if (best === undefined || sizes.parameters < best.parameters) {
      best = { theorem, construction, parameters: sizes.parameters };
    }
  }
  if (best === undefined) throw nothing(candidates);
  const { theorem, construction } = best;
  return { theorem, construction: { ...construction, note: reason(construction.note) }, candidates };
}

/** The construction, or the sentence that refuses it. */
function attempted(theorem: Theorem, data: Dataset, options: ConstructionOptions): Construction | string {
  try {
    return theorem.construct(data, options);
  } catch (error) {
    if (error instanceof AssumptionError || error instanceof InputError) return error.message;
    throw error;
  }
}

const reason = (own: string | undefined): string =>
  `fewest parameters of all that apply${own === undefined ? '' : `; ${own}`}`;

function nothing(candidates: readonly Candidate[]): AssumptionError {
  const reasons = candidates.map((c) => `${c.theorem.name}: ${'refused' in c ? c.refused : ''}`);
  return new AssumptionError(`needs a construction that applies: got none\n  ${reasons.join('\n  ')}`);
}
