/** The parts of `src/` that are mutated, each with the tests that have to notice. */
export const mutationParts = {
  exact: {
    mutate: ['src/exact/**/*.ts', '!src/exact/index.ts'],
    tests: ['test/exact/**/*.test.ts'],
  },
  gadget: {
    mutate: ['src/network/gadget/**/*.ts', '!src/network/gadget/index.ts'],
    tests: ['test/network/gadget/**/*.test.ts'],
  },
  check: {
    // The program around the checker is tested as a process of its own, which runs what is built.
    mutate: ['src/check/**/*.ts', '!src/check/index.ts', '!src/check/bin.ts'],
    tests: ['test/check/**/*.test.ts'],
    without: ['test/check/standalone.test.ts'],
  },
};
