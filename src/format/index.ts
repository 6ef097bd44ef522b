/** Floor 0: the wire vocabulary. */
export * from './cached-verdict-file.js';
export * from './certificate-file.js';
export * from './certificate-text.js';
export * from './dataset-file.js';
export * from './errors.js';
export * from './instances-file.js';
export * from './lock-file.js';
export * from './manifest-file.js';
export * from './network-file.js';
export * from './norm.js';
export * from './query-file.js';
export * from './sample-ranges.js';
export * from './shape.js';
export * from './verdict-file.js';
