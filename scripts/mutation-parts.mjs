/**
 * The parts of `src/` that are mutated, each with the tests that have to notice: those that concern it, and of these the
 * cheap ones, since a change that survives costs all of them.
 */
const tests = (folder, ...names) => names.map((name) => `test/${folder}/${name}.test.ts`);

const linear = [
  'matrix',
  'rank',
  'integer-kernel',
  'lifted-kernel',
  'modular',
  'modular-factors',
  'simplex',
  'linear-program',
];
const expressions = ['affine-expression', 'evaluate-expression', 'expression'];

export const mutationParts = {
  // Numbers, and vectors of them.
  exact: {
    together: true,
    mutate: [
      'src/exact/**/*.ts',
      '!src/exact/index.ts',
      ...[...linear, ...expressions].map((f) => `!src/exact/${f}.ts`),
    ],
    tests: ['test/exact/**/*.test.ts'],
    without: tests('exact', ...linear.filter((f) => !f.startsWith('modular')), ...expressions, 'expression-import'),
  },
  // Matrices and linear programs.
  linear: {
    together: true,
    mutate: linear.map((f) => `src/exact/${f}.ts`),
    tests: tests('exact', ...linear.filter((f) => !f.startsWith('modular'))),
  },
  // Texts of numbers, which mathjs reads.
  expressions: {
    together: true,
    mutate: expressions.map((f) => `src/exact/${f}.ts`),
    tests: tests('exact', ...expressions),
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
