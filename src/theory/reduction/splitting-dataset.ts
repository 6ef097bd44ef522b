/**
 * A dataset that a network of depth 2 and width 2 memorizes exactly when sets can be split.
 *
 * Main definitions: `splittingDataset`, `SplittingDataset`, `collinearSamples`.
 *
 * Notation. m elements, sets s of r ≤ 8 of them. In ℚᵐ class 0 has 0 and all e_i, class 1 all e_i/2 and the centroids
 * c_s = Σ_{i ∈ s} e_i / r. In ℓ∞ δ = 1/max(2, largest r), and μ = 1/(16 m).
 *
 * Main statement. With labels read from the sign of the output, a network of depth 2 and width 2 that is right at the samples
 * gives a splitting (read-splitting.ts), and a splitting gives one that is right on the closed balls of radius μ
 * (splitting-network.ts). So for every radius from 0 to μ it is NP-hard to say whether one exists.
 *
 * Notes. ρ = 2μ/δ = Θ(1/m): nothing is said of a constant ratio. With exact labels in place of signs the question is a linear
 * program (separable-balls.ts).
 *
 * References. [YGZ, Thm 4.1] for the statement; the reduction is ours, after A. Blum, R. Rivest, Training a 3-node neural
 * network is NP-complete, Neural Networks 5 (1992).
 */
import { one, type Rational, rational, zero } from '../../exact/index.js';
import { refuse } from '../../format/index.js';
import { type Dataset, datasetOf, selectSamples } from '../../geometry/index.js';
import type { SetSplitting } from './set-splitting.js';

export interface SplittingDataset {
  readonly data: Dataset;
  /** μ = 1/(16 m), in ℓ∞. */
  readonly radius: Rational;
  readonly instance: SetSplitting;
}

/** r, for which the margins of the network are enough. */
const largestSet = 8;
/** Coordinates of all samples. */
const mostCoordinates = 20_000_000;

/** The dataset of an instance. @throws InputError for sets of more than 8 elements, or more than 20 million coordinates. */
export function splittingDataset(instance: SetSplitting): SplittingDataset {
  const { elements: m, sets } = instance;
  sets.forEach((set, s) => {
    if (set.length > largestSet) refuse(`sets[${s}]`, `at most ${largestSet} elements`, String(set.length));
  });
  const size = 2 * m + 1 + sets.length;
  if (size * m > mostCoordinates) refuse('sets', `at most ${mostCoordinates} coordinates of samples`, String(size * m));
  const spread = (elements: readonly number[], value: Rational): Rational[] => {
    const x: Rational[] = new Array(m).fill(zero);
    for (const i of elements) x[i] = value;
    return x;
  };
  const all = Array.from({ length: m }, (_, i) => i);
  const negative = [spread([], zero), ...all.map((i) => spread([i], one))];
  const positive = [
    ...all.map((i) => spread([i], rational(1, 2))),
    ...sets.map((set) => spread(set, rational(1, set.length))),
  ];
  const labels = [...negative.map(() => 0), ...positive.map(() => 1)];
  const data = datasetOf([...negative, ...positive], labels, { name: `splitting of ${m} elements` });
  return { data, radius: rational(1, 16 * m), instance };
}

/** The samples 0, e_1 and e_1/2: no hyperplane separates the classes of these alone. */
export const collinearSamples = ({ data, instance }: SplittingDataset): Dataset =>
  selectSamples(data, [0, 1, instance.elements + 1]);
