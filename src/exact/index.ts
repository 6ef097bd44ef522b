/** Floor 1: exact arithmetic. */
export * from './double.js';
export * from './integer.js';
export * from './matrix.js';
export * from './numerators.js';
export * from './rational.js';
export * from './root.js';
export * from './scaled-store.js';
export * from './text.js';
export * from './vector.js';
