/** Floor 2: norms, regions, datasets and their separation, linear maps. */
export * from './cell-lattice.js';
export * from './collision.js';
export * from './dataset.js';
export * from './hadamard-map.js';
export * from './half-separation.js';
export * from './kernel-distance.js';
export * from './linear-map.js';
export * from './map-family.js';
export * from './map-search.js';
export * from './mapped-separation.js';
export * from './norm.js';
export * from './radius.js';
export * from './region.js';
export * from './separation.js';
