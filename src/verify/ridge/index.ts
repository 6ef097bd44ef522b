export * from './ridge.js';
