/** Floor 4: networks, their exact evaluation, sizes, builders and files. */
export * from './affine.js';
export * from './affine-form.js';
export * from './codec.js';
export * from './complexity.js';
export * from './evaluate.js';
export * from './gadget/running-maximum.js';
export * from './layer-builder.js';
export * from './network.js';
export * from './network-store.js';
export * from './sequential-builder.js';
