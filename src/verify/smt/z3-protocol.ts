/**
 * What the z3 parent and its child processes say to each other.
 *
 * Main definitions: `Z3Question` (parent to child), `Z3Message` (child to parent), `Z3Answer`, `Z3Value`, `exitCode`,
 * `isZ3Message`.
 *
 * A child says `ready` once, then gives each question one `answer`, or says `failed` and ends: after an error inside
 * the wasm module its heap is not trusted again. A child that is killed or runs out of memory says nothing; the parent
 * learns it from the end of the process.
 */

/** A value of a model: exact, or an irrational algebraic number between two rationals. All are texts `n/d` or `n`. */
export type Z3Value =
  | { readonly rational: string }
  | { readonly algebraic: { readonly lower: string; readonly upper: string } };

/** The outcome of one query. Only `unsat` is a claim about all points; a model of `sat` has to be replayed. */
export type Z3Answer =
  | { readonly status: 'unsat' }
  | { readonly status: 'sat'; readonly model: Readonly<Record<string, Z3Value>> }
  | { readonly status: 'unknown'; readonly reason: string }
  | { readonly status: 'timed-out' };

export interface Z3Question {
  readonly id: number;
  /** An SMT-LIB 2 script of declarations and assertions; its commands `check-sat` and `get-value` are not obeyed. */
  readonly smt: string;
  /** Declared constants of sort Real or Int whose values a model has to give. */
  readonly constants: readonly string[];
  readonly timeoutMs: number;
  /** The child ends when its resident memory is above this. */
  readonly memoryMb: number;
  readonly logic?: string;
}

export type Z3Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Z3Answer; readonly memoryMb: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Exit codes of a child, apart from those that node uses itself. */
export const exitCode = { fault: 70, memory: 71 } as const;

/** Whether a message from a child has the form promised; anything else ends that child. */
export function isZ3Message(value: unknown): value is Z3Message {
  if (!isRecord(value)) return false;
  if (value.kind === 'ready') return true;
  if (value.kind === 'failed') return typeof value.reason === 'string';
  return (
    value.kind === 'answer' &&
    typeof value.id === 'number' &&
    typeof value.memoryMb === 'number' &&
    isAnswer(value.answer)
  );
}

function isAnswer(value: unknown): value is Z3Answer {
  if (!isRecord(value)) return false;
  if (value.status === 'unsat' || value.status === 'timed-out') return true;
  if (value.status === 'unknown') return typeof value.reason === 'string';
  return value.status === 'sat' && isRecord(value.model) && Object.values(value.model).every(isValue);
}

function isValue(value: unknown): value is Z3Value {
  if (!isRecord(value)) return false;
  if (isRational(value.rational)) return true;
  return isRecord(value.algebraic) && isRational(value.algebraic.lower) && isRational(value.algebraic.upper);
}

const isRational = (value: unknown): boolean => typeof value === 'string' && /^-?\d+(\/[1-9]\d*)?$/.test(value);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
