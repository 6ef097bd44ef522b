/**
 * The colouring that any memorizer of depth 2 and width 2 contains.
 *
 * Main definition: `readSplitting`.
 *
 * Main statement. Of the samples of splitting-dataset.ts, class 0 cannot be the one in a polyhedron, because e_i/2 is between 0 and e_i.
 * So class 1 is, with at most three faces. No e_i is beyond a face that 0 is beyond, or e_i/2 would be; so at most two faces
 * have all e_i beyond them: the colours. A set of one colour would have its centroid beyond a face.
 *
 * Notes. Only the samples themselves are used: μ = 0 is enough.
 */
import { formatRational } from '../../exact/index.js';
import { InputError, InternalError, type OutputReading } from '../../format/index.js';
import { point } from '../../geometry/index.js';
import type { Network } from '../../network/index.js';
import { isSplit } from './set-splitting.js';
import type { SplittingDataset } from './splitting-dataset.js';
import { affineAt, convexSide, twoNeurons, twoNeuronsAt } from './two-neurons.js';

/**
 * A colouring that splits the sets, read from a network that memorizes the samples.
 * @throws InputError when the network has another shape, or is wrong at a sample.
 */
export function readSplitting(
  { data, instance }: SplittingDataset,
  network: Network,
  reading: OutputReading,
  where = 'network',
): (0 | 1)[] {
  const g = twoNeurons(network, reading, where);
  const samples = data.labels.map((_, i) => point(data, i));
  samples.forEach((x, i) => {
    const value = twoNeuronsAt(g, x);
    if (data.labels[i] === 1 ? value.n > 0n : value.n < 0n) return;
    const at = `(${x.map(formatRational).join(', ')})`;
    throw new InputError(
      `${where}: expected class ${data.labels[i]} at sample ${i} = ${at}, got another class or none`,
    );
  });
  const cuts = convexSide(g)?.label === 1 ? convexSide(g)!.cuts : contradiction('class 1 in a polyhedron');
  const beyond = (k: number, sample: number): boolean => affineAt(cuts[k]!, samples[sample]!).n >= 0n;
  const faces = cuts.map((_, k) => k);
  const behindOrigin = faces.find((k) => beyond(k, 0)) ?? contradiction('the origin beyond a face');
  const others = faces.filter((k) => k !== behindOrigin);
  const colours = Array.from({ length: instance.elements }, (_, i): 0 | 1 => {
    const found = others.findIndex((k) => beyond(k, 1 + i));
    return found === 0 || found === 1 ? found : contradiction(`element ${i} beyond one of two faces`);
  });
  if (!isSplit(instance, colours)) contradiction('colours that split all sets');
  return colours;
}

function contradiction(expected: string): never {
  throw new InternalError(`readSplitting: expected ${expected}, as the network memorizes the samples`);
}
