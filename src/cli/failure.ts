/**
 * How a failure leaves the program: one sentence on stderr and its exit code, never a stack trace for bad input.
 */
import { AssumptionError, InputError, InternalError } from '../format/index.js';
import { exitCodes } from './exit-codes.js';

/** The sentence and the exit code for anything thrown. */
export function failure(error: unknown): { readonly message: string; readonly code: number } {
  if (error instanceof InputError) return { message: `muball: ${error.message}`, code: exitCodes.badInput };
  if (error instanceof AssumptionError) return { message: `muball: ${error.message}`, code: exitCodes.assumption };
  const detail =
    error instanceof Error
      ? error instanceof InternalError
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  return { message: `muball: internal error, please report it: ${detail}`, code: exitCodes.internal };
}
