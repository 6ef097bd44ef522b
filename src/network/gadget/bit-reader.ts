/**
 * Reading the binary digits of an integer U in [0, 2^L), the highest first, one layer a digit.
 *
 * Main definitions: `BitReader`, `peelingReader` (three neurons: the digit is taken off U), `triangleReader` (the
 * original of [VYS]: two triangle waves, five neurons, and each digit one layer later).
 *
 * Peeling: bit = relu(U − half + 1) − relu(U − half), U ← U − half·bit. For every real U in [0, 2^L) the rest stays
 * ≥ 0 and bits lie in [0, 1].
 * Triangles: φ(z) = relu(2z) − relu(4z − 2) maps [0, 1] to itself. With a_i = φⁱ(U/2^L + 2^(−L−1)) and
 * b_i = φⁱ(U/2^L + 2^(−L−2)), bit_i = relu(2^(L+2−i)·(b_i − a_i)): φⁱ falls at U exactly when the i-th digit is 1.
 * [VYS] has relu around φ, which changes nothing on [0, 1] and costs a layer a digit.
 * Reference: [VYS, Lemma A.4] for triangles, as used by [KMY]; peeling is ours.
 */
import { neg, one, powerOfTwo, rational } from '../../exact/index.js';
import { type AffineForm, constantForm, scaleForm, sumForms } from '../affine-form.js';
import type { LayerPart } from '../layer-part.js';

export interface BitReader extends LayerPart {
  /** The digit that the last layer brought, as a form over it; undefined before the first and after the last. */
  bit(): AffineForm | undefined;
  pending(): boolean;
}

/** How digits are read. */
export type BitExtraction = 'peeling' | 'triangle';
export const bitExtractions: readonly BitExtraction[] = ['peeling', 'triangle'];

/** The reader of a kind, for U in [0, 2^length). */
export const bitReader = (kind: BitExtraction, u: AffineForm, length: number): BitReader =>
  kind === 'peeling' ? peelingReader(u, length) : triangleReader(u, length);

/** The number of layers that a reader takes. */
export const readerLayers = (kind: BitExtraction, length: number): number => (kind === 'peeling' ? length : length + 1);

/** Digits taken off one by one. */
export function peelingReader(u: AffineForm, length: number): BitReader {
  let rest = u;
  let left = length;
  let bit: AffineForm | undefined;
  return {
    rows() {
      const above = sumForms([rest, constantForm(neg(powerOfTwo(left - 1)))]);
      const ramp = sumForms([above, constantForm(one)]);
      // What is left after the last digit is 0.
      return left === 1 ? [ramp, above] : [rest, ramp, above];
    },
    advance(neurons) {
      const [ramp, above] = neurons.slice(-2) as [AffineForm, AffineForm];
      bit = sumForms([ramp, scaleForm(above, neg(one))]);
      left--;
      if (left > 0) rest = sumForms([neurons[0]!, scaleForm(bit, neg(powerOfTwo(left)))]);
    },
    bit: () => bit,
    pending: () => left > 0,
  };
}

/** Digits from the slopes of triangle waves. */
export function triangleReader(u: AffineForm, length: number): BitReader {
  const start = (places: number): AffineForm =>
    sumForms([scaleForm(u, powerOfTwo(-length)), constantForm(powerOfTwo(-places))]);
  let [a, b] = [start(length + 1), start(length + 2)];
  /** Applications of φ so far. */
  let applied = 0;
  let bit: AffineForm | undefined;
  let done = false;
  const double = (z: AffineForm): AffineForm[] => [
    scaleForm(z, rational(2)),
    sumForms([scaleForm(z, rational(4)), constantForm(rational(-2))]),
  ];
  const slope = (): AffineForm => scaleForm(sumForms([b, scaleForm(a, neg(one))]), powerOfTwo(length + 2 - applied));
  return {
    rows: () => [...(applied < length ? [...double(a), ...double(b)] : []), ...(applied > 0 ? [slope()] : [])],
    advance(neurons) {
      bit = applied > 0 ? neurons.at(-1)! : undefined;
      if (applied === length) {
        done = true;
        return;
      }
      const difference = (k: number): AffineForm => sumForms([neurons[k]!, scaleForm(neurons[k + 1]!, neg(one))]);
      [a, b] = [difference(0), difference(2)];
      applied++;
    },
    bit: () => bit,
    pending: () => !done,
  };
}
