/** Shifts of affine forms that are counted, because an exact size depends on which biases are zero. */
import type { Rational } from '../../exact/index.js';
import { type AffineForm, constantForm, sumForms } from '../../network/index.js';

export interface RecordedShifts {
  /** form + by; each call is one bias. */
  readonly shifted: (form: AffineForm, by: Rational) => AffineForm;
  /** How many shifts so far were not by zero. */
  readonly nonzero: () => bigint;
}

export function recordedShifts(): RecordedShifts {
  let count = 0n;
  return {
    shifted(form, by) {
      if (by.n !== 0n) count++;
      return sumForms([form, constantForm(by)]);
    },
    nonzero: () => count,
  };
}
