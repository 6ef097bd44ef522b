/** Floor 2: norms, regions, datasets and their separation, linear maps. */
export * from './dataset.js';
export * from './norm.js';
export * from './region.js';
export * from './separation.js';
