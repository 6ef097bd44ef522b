/** Floor 5: bounds as formulas, hard datasets, attacks on networks that are too narrow. */
export * from './break-network.js';
export * from './dirichlet-grid.js';
export * from './first-layer.js';
export * from './hard-dataset.js';
export * from './hard-dataset-attack.js';
export * from './kernel-direction.js';
export * from './parameter-bounds.js';
export * from './radius-bounds.js';
export * from './reduction/index.js';
export * from './unit-vectors.js';
export * from './vc-witness.js';
