/** Lipschitz constants: upper bounds, exact values. */
export * from './all-patterns.js';
export * from './attained.js';
export * from './exact-lipschitz.js';
export type { OutputFunctional } from './functional.js';
export * from './functional-layers.js';
export * from './functional-text.js';
export * from './gradient-at.js';
export * from './interval-gradient.js';
export * from './lipschitz-bound.js';
export * from './norm-product.js';
export * from './path-bound.js';
export * from './sampled-gradients.js';
export * from './upper-bounds.js';
export * from './witness-gradient.js';
