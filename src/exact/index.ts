/** Floor 1: exact arithmetic. */
export * from './affine-expression.js';
export * from './decimal.js';
export * from './double.js';
export * from './evaluate-expression.js';
export * from './expression.js';
export * from './integer.js';
export * from './linear-program.js';
export * from './matrix.js';
export * from './numerators.js';
export * from './random.js';
export * from './rational.js';
export * from './root.js';
export * from './scaled-store.js';
export * from './simplex.js';
export * from './surd.js';
export * from './text.js';
export * from './vector.js';
