/** Branch and bound with certificates. */
export * from './search.js';
