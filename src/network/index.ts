/** Floor 4: networks, their exact evaluation, sizes, builders and files. */
export * from './affine.js';
export * from './affine-form.js';
export * from './codec.js';
export * from './complexity.js';
export * from './evaluate.js';
export * from './gadget/bit-reader.js';
export * from './gadget/hat-lookup.js';
export * from './gadget/integer-part.js';
export * from './gadget/memorizer.js';
export * from './gadget/running-maximum.js';
export * from './gadget/strip-gate.js';
export * from './gadget/tournament.js';
export * from './layer-builder.js';
export * from './layer-part.js';
export * from './network.js';
export * from './network-store.js';
export * from './sequential-builder.js';
