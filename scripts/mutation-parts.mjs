/**
 * The parts of `src/` that are mutated, each with the tests that have to notice: those that concern it, and of these the
 * cheap ones, since a change that survives costs all of them.
 */
const tests = (folder, ...names) => names.map((name) => `test/${folder}/${name}.test.ts`);

export const mutationParts = {
  exact: {
    mutate: ['src/exact/**/*.ts', '!src/exact/index.ts'],
    tests: ['test/exact/**/*.test.ts'],
  },
  gadget: {
    mutate: ['src/network/gadget/**/*.ts', '!src/network/gadget/index.ts'],
    tests: ['test/network/gadget/**/*.test.ts'],
  },
  // The rules of the checker.
  check: {
    together: true,
    mutate: ['check', 'intervals', 'leaf', 'network', 'rational', 'region', 'root', 'rows', 'tree'].map(
      (name) => `src/check/${name}.ts`,
    ),
    tests: tests('check', 'canonical-text', 'check', 'intervals', 'leaf', 'lemma', 'rational', 'reading', 'tree'),
  },
  // Its readers are tables built when it is loaded; the tool tries each change of such a table against all tests.
  readers: {
    together: true,
    mutate: ['src/check/files.ts', 'src/check/read.ts', 'src/check/refusal.ts', 'src/check/ridge/ridge-files.ts'],
    tests: tests('check', 'canonical-text', 'large-numbers', 'reading', 'reading-proofs', 'refusal', 'tree'),
  },
  ridge: {
    together: true,
    mutate: ['fraction', 'graph', 'ridge', 'terms', 'ways'].map((name) => `src/check/ridge/${name}.ts`),
    tests: ['test/check/ridge/**/*.test.ts'],
  },
};
