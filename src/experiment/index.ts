/** Floor 7: the papers' experiments as functions that return tables. */
export * from './experiment.js';
export { experimentNamed, experiments } from './registry.js';
