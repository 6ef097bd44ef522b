/** Floor 6: queries, verdicts, and the provers. */
export * from './bounds/interval.js';
export * from './certificate-of.js';
export * from './checked-certificate.js';
export * from './checked-interval.js';
export * from './checked-search.js';
export * from './falsify.js';
export * from './lipschitz/index.js';
export * from './prove.js';
export * from './prover.js';
export * from './query.js';
export * from './radius.js';
export * from './search/index.js';
export * from './smt/encode.js';
export * from './smt/z3-engine.js';
export * from './unsafe-text.js';
export * from './verdict.js';
