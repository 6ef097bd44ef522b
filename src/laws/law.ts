/**
 * Laws: named properties that any test runner can run.
 *
 * Main definitions: `Law`, `law`.
 *
 * A law is a fast-check property with a name and a number of runs, so `fc.assert(law.property, { numRuns: law.runs })`
 * is all that a runner needs; `runLaw` adds kept counterexamples and an honest count of the runs.
 */
import fc from 'fast-check';

export interface Law {
  /** What is put to the test: the name of a construction, a verifier or a map. */
  readonly subject: string;
  /** What must hold, for all drawn values. */
  readonly name: string;
  /** Runs on new data that are worth making. */
  readonly runs: number;
  readonly property: fc.IAsyncPropertyWithHooks<[unknown]>;
  /** Where the values of the property come from. */
  readonly arbitrary: fc.Arbitrary<unknown>;
  /** Throws, or returns false, when the law fails on a value of the arbitrary. */
  readonly holds: (value: unknown) => unknown;
}

/** The law that `holds` neither throws nor returns false on any value of the arbitrary. */
export function law<T>(
  subject: string,
  name: string,
  runs: number,
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => unknown,
): Law {
  const property = fc.asyncProperty(arbitrary, async (value) => (await holds(value)) !== false);
  return {
    subject,
    name,
    runs,
    // A law hands its own values to its own predicate; nobody else needs to know their type.
    property: property as unknown as fc.IAsyncPropertyWithHooks<[unknown]>,
    arbitrary,
    holds: holds as (value: unknown) => unknown,
  };
}

/** Values of an arbitrary with a seed for the choices that a law makes on them. */
export const seeded = <T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T & { readonly seed: number }> =>
  fc.tuple(arbitrary, fc.nat({ max: 2 ** 30 })).map(
    ([value, seed]) => ({ ...value, seed }),
    (given) => {
      const { seed, ...value } = given as T & { seed: number };
      return [value as unknown as T, seed];
    },
  );
