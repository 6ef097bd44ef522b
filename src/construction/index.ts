/** Floor 5: the theorems. */

export { eysBall } from './eys/ball-indicator-linf.js';
export * from './eys/pair.js';
export * from './eys/projected-pair.js';
export { thresholdBox } from './finke/threshold-box.js';
export * from './prepare.js';
export * from './registry.js';
export * from './theorem.js';
export { ygzL2 } from './ygz/square-l2.js';
export { ygzL1 } from './ygz/sum-l1.js';
export { ygzWide } from './ygz/wide-linf.js';
