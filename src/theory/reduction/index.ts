/** Hardness of robust memorization by networks of depth 2 and width 2: 3-SAT, set splitting, datasets, and back. */
export * from './cnf.js';
export * from './dimacs.js';
export * from './read-splitting.js';
export * from './sat-search.js';
export * from './separable-balls.js';
export * from './set-splitting.js';
export * from './splitting-dataset.js';
export * from './splitting-network.js';
export * from './support-functions.js';
export * from './two-neurons.js';
