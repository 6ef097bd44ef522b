/** Public sub-path `muball/arbitrary`: fast-check arbitraries for datasets, radii, points, networks, maps and queries. */
export { dataset } from './dataset.js';
export type { DatasetConstraints, Geometry } from './dataset-constraints.js';
export { geometries } from './dataset-constraints.js';
export { type InstanceConstraints, instance, type MemorizationInstance } from './instance.js';
export { type LinearMapConstraints, linearMap, type MapKind } from './linear-map.js';
export { type NetworkConstraints, network } from './network.js';
export { type PlaceInBall, type PointConstraints, pointInBall } from './point-in-ball.js';
export { type Intent, type QueryConstraints, query } from './query.js';
export type { OutputConstraint, QueryInstance } from './query-instance.js';
export { type RadiusConstraints, radius } from './radius.js';
export type { Range } from './range.js';
export { type Shape, type Size, shrinking } from './shrinking.js';
