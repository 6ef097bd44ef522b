/**
 * The three ways muball refuses to go on.
 *
 * A hard problem is not among them: it is a verdict (`unknown`, `timed-out`). The command line turns each class into
 * its exit code (docs/formats.md).
 */

/** The input is not what its format asks for; `message` names the place, what was expected and what was found. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
}

/** A hypothesis of a theorem fails; `message` names it, with the value needed and the value given. */
export class AssumptionError extends Error {
  override readonly name: string = 'AssumptionError';
}

/** muball contradicts itself (two engines disagree, a replay fails): a bug, to be reported. */
export class InternalError extends Error {
  override readonly name: string = 'InternalError';
}

/** Refuses input in the one form used everywhere: `where: expected what, got found`. */
export function refuse(where: string, expected: string, found: string): never {
  throw new InputError(`${where}: expected ${expected}, got ${found}`);
}
