/** Floor 5: the theorems. */

export * from './choose.js';
export { eysBallL1 } from './eys/ball-indicator-l1.js';
export { eysBallL2 } from './eys/ball-indicator-l2.js';
export { eysBall } from './eys/ball-indicator-linf.js';
export * from './eys/pair.js';
export { eysProjectedBall } from './eys/projected-ball.js';
export * from './eys/projected-pair.js';
export * from './eys/square-scales.js';
export * from './finke/firing.js';
export * from './finke/fit.js';
export * from './finke/hyperplanes.js';
export { finkeAxis, finkeThreshold } from './finke/threshold.js';
export { thresholdBox } from './finke/threshold-box.js';
export { thresholdNetwork } from './finke/threshold-layers.js';
export { kmyLarge } from './kmy/large.js';
export { kmyModerate } from './kmy/moderate.js';
export { kmySmall } from './kmy/small.js';
export * from './prepare.js';
export * from './registry.js';
export * from './theorem.js';
export { ygzLipschitzArgmax } from './ygz/lipschitz-argmax.js';
export { ygzLipschitzNarrow } from './ygz/lipschitz-narrow.js';
export { ygzLipschitz } from './ygz/lipschitz-wide.js';
export { ygzNarrow } from './ygz/narrow-linf.js';
export { ygzL2 } from './ygz/square-l2.js';
export { ygzL1 } from './ygz/sum-l1.js';
export { ygzWide } from './ygz/wide-linf.js';
