/**
 * The Lipschitz-controlled memorizer of any number of classes for ℓ∞, by the largest of one output per class.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; ℓ∞.
 * Returns: width at most 2dN, depth 2 + ⌈log₂ d⌉ + ⌈log₂ of the largest class⌉, O(Nd) nonzero weights, one output for
 *   each class number up to the largest that occurs.
 * Guarantees: on the *open* ball ‖x − x_i‖∞ < δ/2 the output of the class of x_i is strictly the largest. Every output of
 *   a class that occurs is 1-Lipschitz, differences are 2-Lipschitz and at least δ at x_i.
 * Method: f_c(x) = −d(x, S_c). A number that no sample has gets f_b − 1 for a class b that occurs.
 * Reference: ours, after [YGZ, Thm 5.2], which has two classes.
 */
import { neg, one } from '../../exact/index.js';
import { samplesOf } from '../../geometry/index.js';
import { constantForm, scaleForm, sequentialBuilder, sumForms } from '../../network/index.js';
import {
  argmaxReading,
  baseVariables,
  constantConstruction,
  mostFrequentClass,
  prepare,
  provenanceOf,
  requireSize,
} from '../prepare.js';
import { claimsOf, type Quantity, theorem } from '../theorem.js';
import { groupDistances, oddRounds, parametersOf, roundSizes, rounds } from './distances.js';

const name = 'ygz-lipschitz-argmax';

const bounds: Readonly<Record<Quantity, string>> = {
  width: '2*d*N',
  depth: '2 + ceil(log2(d)) + ceil(log2(N))',
  nonzero: 'N*(10*d - 6) + 6*(N - C) + 2*C + N*ceil(log2(d)) + 2*C*ceil(log2(N)) + 3*(A - C)',
  parameters: '(2 + ceil(log2(d)) + ceil(log2(N)))*(2*d*N + 1)*2*d*N + (2*d*N + 1)*A',
};

/**
 * Exact sizes over d, N, C, A (outputs), H and Z (neurons of the first layer and their nonzero biases), W (weights that
 * carry operands left over in a round and distances that are ready early), Q (odd rounds of the maximum over d), and
 * the sizes of the classes N0, N1, ….
 */
function counts(d: number, sizesOfClasses: readonly number[]): Readonly<Record<Quantity, string>> {
  const names = sizesOfClasses.map((_, c) => `N${c}`);
  const outer = rounds(Math.max(...sizesOfClasses));
  const sums = Array.from({ length: outer }, (_, t) => names.map((own) => roundSizes(own, outer)[t]).join(' + '));
  return {
    width: 'max(H, N*d)',
    depth: `2 + ceil(log2(d)) + ceil(log2(${names.length === 1 ? names[0] : `max(${names.join(', ')})`}))`,
    nonzero: 'H + Z + N*(6*(d - 1) + Q) + 6*(N - C) + W + 2*C + 3*(A - C)',
    parameters: parametersOf(['H', ...roundSizes('d', rounds(d)).map((size) => `N*${size}`), ...sums, 'A']),
  };
}

export const ygzLipschitzArgmax = theorem({
  name,
  title: 'network of 1-Lipschitz outputs, one per class, open balls of radius δ/2 at once',
  reference: 'ours, after [YGZ, Thm 5.2]',
  norms: ['linf'],
  balls: 'open',
  notion: 'argmax',
  construct(given, options) {
    const prepared = prepare(given, 'linf', options.radius, { open: options.open ?? false });
    const { data, separation, classes } = prepared;
    const reading = argmaxReading(data);
    if (separation === undefined) {
      const built = constantConstruction(prepared, name, options, claimsOf(bounds, bounds), reading);
      return { ...built, variables: { ...built.variables, A: BigInt(reading.classes) } };
    }
    const d = data.dimension;
    requireSize(data.size * (6 * d + 6), options);
    const groups = classes.map((c) => samplesOf(data, c));

    const builder = sequentialBuilder(d);
    const { distances, firstRows, firstBiases } = groupDistances(builder, data, groups);
    const logits = new Map(classes.map((c, g) => [c, scaleForm(distances[g]!, neg(one))]));
    const behind = sumForms([logits.get(mostFrequentClass(data))!, constantForm(neg(one))]);
    const network = builder.network(
      Array.from({ length: reading.classes }, (_, c) => logits.get(c) ?? behind),
      { output: reading, provenance: provenanceOf(name, options) },
    );
    const sizes = groups.map((group) => group.length);
    const outer = rounds(Math.max(...sizes));
    const carried = sizes.reduce((sum, size) => sum + oddRounds(size) + outer - rounds(size), 0);
    return {
      network,
      claims: claimsOf(bounds, counts(d, sizes)),
      variables: {
        ...baseVariables(prepared),
        A: BigInt(reading.classes),
        H: BigInt(firstRows),
        Z: BigInt(firstBiases),
        Q: BigInt(oddRounds(d)),
        W: BigInt(carried),
        ...Object.fromEntries(sizes.map((size, c) => [`N${c}`, BigInt(size)])),
      },
    };
  },
});
