/** Exact subdivisions of the plane by a network. */
export * from './affine-pieces.js';
export * from './affine-row.js';
export * from './decision-regions.js';
export * from './outline.js';
export * from './polygon.js';
