/** Floor 7: named instances, their lock file, what changed since, and kept verdicts. */
export * from './certificate-folder.js';
export * from './certificate-question.js';
export * from './check-certificates.js';
export * from './compare.js';
export * from './dataset-hash.js';
export * from './instance-result.js';
export * from './merged-lock.js';
export * from './outcome.js';
export * from './shard.js';
export * from './verdict-cache.js';
