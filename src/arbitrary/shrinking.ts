/**
 * Arbitraries whose values shrink by their own rules.
 *
 * Main definitions: `Shape`, `shrinking`.
 *
 * Implementation notes. A value carries all that shrinking needs, so no context is kept and a value written by hand
 * (fast-check's `examples`) shrinks like a drawn one. Two laws hold by construction, whatever the rules propose: a
 * proposal outside the constraint is skipped, and so is one that is not strictly smaller in a well-founded order.
 * The order compares tuples of naturals place by place; the first difference decides.
 */
import { Arbitrary, type Random, type Stream, stream, Value } from 'fast-check';

/** Naturals, compared place by place. */
export type Size = readonly (number | bigint)[];

export interface Shape<T> {
  /** A value that satisfies the constraint. `bias` ≥ 2 asks for a boundary case one time in `bias`. */
  readonly draw: (random: Random, bias: number | undefined) => T;
  /** Whether a value of any kind satisfies the constraint; must not throw. */
  readonly accepts: (value: unknown) => boolean;
  /** Proposals, the most drastic first; those that are not accepted or not smaller are skipped. */
  readonly proposals: (value: T) => Iterable<T>;
  /** Size of a value in the order in which shrinks decrease. */
  readonly size: (value: T) => Size;
}

/** The arbitrary of a shape. */
export const shrinking = <T>(shape: Shape<T>): Arbitrary<T> => new Shrinking(shape);

/** Whether size a comes strictly before size b. */
export function smaller(a: Size, b: Size): boolean {
  for (let k = 0; k < b.length; k++) {
    if (a[k]! < b[k]!) return true;
    if (a[k]! > b[k]!) return false;
  }
  return false;
}

// fast-check asks for a subclass: an arbitrary of its own kind is defined in no other way.
class Shrinking<T> extends Arbitrary<T> {
  private readonly shape: Shape<T>;

  constructor(shape: Shape<T>) {
    super();
    this.shape = shape;
  }

  override generate(random: Random, bias: number | undefined): Value<T> {
    return new Value(this.shape.draw(random, bias), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.shape.accepts(value);
  }

  override shrink(value: T): Stream<Value<T>> {
    return stream(shrinks(this.shape, value));
  }
}

function* shrinks<T>(shape: Shape<T>, value: T): Generator<Value<T>, undefined, undefined> {
  const size = shape.size(value);
  for (const proposal of shape.proposals(value)) {
    if (smaller(shape.size(proposal), size) && shape.accepts(proposal)) yield new Value(proposal, undefined);
  }
  return undefined;
}
