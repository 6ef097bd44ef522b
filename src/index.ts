/**
 * muball: exact robust memorization.
 *
 * The public API: exact arithmetic, datasets, networks, theorems, queries, provers, and what compares a run with a
 * lock file. `muball/arbitrary` holds the fast-check generators, `muball/laws` the laws, `muball/check` the independent
 * checker.
 */
export * from './construction/index.js';
export * from './data/index.js';
export * from './exact/index.js';
export * from './format/index.js';
export * from './geometry/index.js';
export * from './interop/index.js';
export * from './network/index.js';
export {
  type BallResult,
  type CertificateFolder,
  type CertificatesChecked,
  type Change,
  certificateFolder,
  checkCertificates,
  compareInstance,
  type Direction,
  datasetHash,
  type InstanceResult,
  lockedInstance,
  mergedLock,
  missingInstance,
  newInstance,
  type Outcome,
  outcomeOf,
  type Shard,
  type Share,
  shardAt,
  shareOf,
  sizesOf,
} from './regression/index.js';
export * from './theory/index.js';
export * from './verify/index.js';
