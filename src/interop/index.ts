/** Floor 6: files of other tools. */
export * from './nnet.js';
export * from './read-network-file.js';
