/** Floor 3: datasets from files, and those that come with muball. */
export * from './bundled.js';
export * from './cloud.js';
export * from './csv-dataset.js';
export * from './csv-fields.js';
export * from './csv-text.js';
export * from './dataset-codec.js';
export * from './file-text.js';
export * from './grid.js';
export * from './lines.js';
export * from './moons.js';
export * from './read-dataset.js';
export * from './spiral.js';
export * from './write-file.js';
export * from './xor.js';
