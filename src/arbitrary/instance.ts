/**
 * Random instances of robust memorization: a dataset, a norm and a radius below half its separation.
 *
 * Main definitions: `instance`, `MemorizationInstance`, `InstanceConstraints`.
 *
 * One arbitrary instead of a chain of two, so that dataset and radius shrink together: a smaller dataset keeps the
 * radius where it can, and the ratio 2μ/δ where it cannot.
 */
import type { Arbitrary } from 'fast-check';
import { div, lessEqual, mul, type Rational } from '../exact/index.js';
import { InputError, type Norm, norms } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { datasetDraw } from './dataset.js';
import { type DatasetConstraints, datasetRules } from './dataset-constraints.js';
import { datasetProposals, datasetSize } from './dataset-shrinks.js';
import { isDataset, satisfies } from './dataset-validity.js';
import { pick } from './draw.js';
import { isRational } from './exact-values.js';
import { drawRatio, halfSeparationBelow, type RadiusConstraints, radiusProposals, ratioRange } from './radius.js';
import { shrinking } from './shrinking.js';
import { cost } from './simpler.js';

/** A dataset with a radius μ such that 2μ < δ in the norm. */
export interface MemorizationInstance {
  readonly data: Dataset;
  readonly norm: Norm;
  readonly radius: Rational;
}

export interface InstanceConstraints extends Omit<DatasetConstraints, 'norm'> {
  /** Norms to choose from; shrinks prefer the first. @defaultValue all: ℓ∞, ℓ1, ℓ2 */
  readonly norms?: readonly Norm[];
  /** Bounds of the ratio ρ = 2μ/δ, inside [0, 1). @defaultValue 0 to 499/500 */
  readonly ratio?: RadiusConstraints['ratio'];
}

/** Instances of robust memorization. @throws InputError when no instance satisfies the constraints. */
export function instance(constraints: InstanceConstraints = {}): Arbitrary<MemorizationInstance> {
  const { norms: allowed = norms, ratio: given, ...rest } = constraints;
  if (allowed.length === 0) throw new InputError('instance.norms: expected at least one norm, got none');
  const ratio = ratioRange(given);
  const rulesOf = new Map(allowed.map((norm) => [norm, datasetRules({ ...rest, norm })]));
  const accepts = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const { data, norm, radius } = value as Partial<MemorizationInstance>;
    const rules = norm === undefined ? undefined : rulesOf.get(norm);
    if (rules === undefined || !isDataset(data) || !isRational(radius) || !satisfies(data, rules)) return false;
    const bound = halfSeparationBelow(data, rules.norm);
    return lessEqual(mul(bound, ratio.min), radius) && lessEqual(radius, mul(bound, ratio.max));
  };
  return shrinking<MemorizationInstance>({
    draw: (random, bias) => {
      const norm = pick(random, allowed);
      const data = datasetDraw(random, bias, rulesOf.get(norm)!);
      return { data, norm, radius: mul(halfSeparationBelow(data, norm), drawRatio(random, ratio)) };
    },
    accepts,
    proposals: function* ({ data, norm, radius }) {
      const share = div(radius, halfSeparationBelow(data, norm));
      for (const simpler of datasetProposals(data, rulesOf.get(norm)!)) {
        yield { data: simpler, norm, radius };
        const bound = halfSeparationBelow(simpler, norm);
        if (bound.n !== 0n) yield { data: simpler, norm, radius: mul(bound, share) };
      }
      for (const other of allowed) if (other !== norm) yield { data, norm: other, radius };
      const bound = halfSeparationBelow(data, norm);
      const [low, high] = [mul(bound, ratio.min), mul(bound, ratio.max)];
      for (const simpler of radiusProposals(radius, low, high)) yield { data, norm, radius: simpler };
    },
    size: ({ data, norm, radius }) => [...datasetSize(data), allowed.indexOf(norm), ...cost(radius)],
  });
}
