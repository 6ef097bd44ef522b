/**
 * Looking up integer keys one by one, two records a layer: for few records, where packing does not pay.
 *
 * answer ← answer + value·(relu(k − K + 1) − 2·relu(k − K) + relu(k − K − 1)), the hat being 1 at K and 0 at every
 * other integer. ⌈N/2⌉ layers of width 8, against about 2√(N·B) of the packed memorizer, so it has fewer until N is
 * about 16·B. The answer is k's value, 0 for keys that no record has, and ≥ 0 for every real k.
 */
import { rational, zero } from '../../exact/index.js';
import { type AffineForm, constantForm, scaleForm, sumForms } from '../affine-form.js';
import type { LayerPart } from '../layer-part.js';
import { type Memorizer, type MemorizerOptions, type MemorizerRecord, memorizer, memorizerShape } from './memorizer.js';

/** A lookup of integer keys, by hats or by packed records. */
export interface KeyLookup extends LayerPart {
  pending(): boolean;
  /** The value once nothing is pending, as a form over the current layer. */
  value(): AffineForm;
}

/** A part that looks up the key, which must be an integer ≥ 0 for an exact answer; ⌈N/2⌉ layers. */
export function hatLookup(given: AffineForm, records: readonly MemorizerRecord[]): KeyLookup {
  let key = given;
  let answer = constantForm(zero);
  let at = 0;
  const batch = (): readonly MemorizerRecord[] => records.slice(at, at + 2);
  const more = (): boolean => at + 2 < records.length;
  return {
    rows: () => [
      ...(more() ? [key] : []),
      ...(answer.terms.size === 0 ? [] : [answer]),
      ...batch().flatMap((record) =>
        [1n, 0n, -1n].map((by) => sumForms([key, constantForm(rational(by - record.key))])),
      ),
    ],
    advance(neurons) {
      let k = 0;
      if (more()) key = neurons[k++]!;
      if (answer.terms.size > 0) answer = neurons[k++]!;
      for (const { value } of batch()) {
        const v = rational(value);
        const [left, middle, right] = [neurons[k++]!, neurons[k++]!, neurons[k++]!];
        const hat = sumForms([left, scaleForm(middle, rational(-2)), right]);
        answer = sumForms([answer, scaleForm(hat, v)]);
      }
      at += 2;
    },
    pending: () => at < records.length,
    value: () => answer,
  };
}

/** How keys are looked up. */
export type Arrangement = 'packed' | 'hats';

/** The arrangement with fewer layers; both have width 8. @throws RangeError as `memorizerShape`. */
export function shorterArrangement(
  records: readonly MemorizerRecord[],
  options: MemorizerOptions = {},
): { readonly arrangement: Arrangement; readonly layers: number } {
  const packed = memorizerShape(records, options).layers;
  const hats = Math.ceil(records.length / 2);
  return hats <= packed ? { arrangement: 'hats', layers: hats } : { arrangement: 'packed', layers: packed };
}

/** The lookup of an arrangement. */
export const keyLookup = (
  arrangement: Arrangement,
  key: AffineForm,
  records: readonly MemorizerRecord[],
  options: MemorizerOptions = {},
): KeyLookup | Memorizer => (arrangement === 'hats' ? hatLookup(key, records) : memorizer(key, records, options));
