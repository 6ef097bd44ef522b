/** Exact subdivisions of the plane by a network. */
export { type AffinePiece, affinePieces, type SubdivisionOptions } from './affine-pieces.js';
export { type AffineRow, valueAt } from './affine-row.js';
export { type DecisionPolygon, decisionRegions, regionOutlines } from './decision-regions.js';
export { area, coordinates, type PlanePoint, type Polygon, rectanglePolygon } from './polygon.js';
