/**
 * muball: exact robust memorization.
 *
 * The public API: exact arithmetic, datasets, networks, theorems, queries and provers. `muball/arbitrary` holds the
 * fast-check generators, `muball/check` the independent checker.
 */
export * from './construction/index.js';
export * from './data/index.js';
export * from './exact/index.js';
export * from './format/index.js';
export * from './geometry/index.js';
export * from './interop/index.js';
export * from './network/index.js';
export * from './verify/index.js';
