/** A lock file brought up to date in part. */
import type { LockedInstance } from '../format/index.js';

/**
 * The locked instances with those of `now` put in their place: in the order of `names`, then those that have no place
 * in it, as they were.
 */
export function mergedLock(
  names: readonly string[],
  before: readonly LockedInstance[],
  now: readonly LockedInstance[],
): readonly LockedInstance[] {
  const all = new Map([...before, ...now].map((instance) => [instance.name, instance]));
  const order = [...names.filter((name) => all.has(name)), ...[...all.keys()].filter((name) => !names.includes(name))];
  return order.map((name) => all.get(name)!);
}
