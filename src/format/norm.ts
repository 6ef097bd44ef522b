/** The three norms of robust memorization, by their names in files and on the command line. */
import { refuse } from './errors.js';
import { shown } from './shape.js';

export type Norm = 'l1' | 'l2' | 'linf';

/** All norms, in the order reports list them. */
export const norms: readonly Norm[] = ['linf', 'l1', 'l2'];

/** Mathematical symbol of each norm, for people. */
export const normSymbol: Readonly<Record<Norm, string>> = { l1: 'ℓ1', l2: 'ℓ2', linf: 'ℓ∞' };

/** Reads a norm's name. @throws InputError when it is none of `l1`, `l2`, `linf`. */
export function normAt(value: unknown, where: string): Norm {
  if (value !== 'l1' && value !== 'l2' && value !== 'linf') refuse(where, 'l1, l2 or linf', shown(value));
  return value;
}
