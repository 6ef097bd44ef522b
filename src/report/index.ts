/** Floor 8: results as text, JSON, CSV, Markdown and SVG. */
export * from './counterexample.js';
export * from './csv.js';
export * from './json.js';
export * from './markdown.js';
export * from './picture-ball.js';
export * from './plane/index.js';
export * from './proof-report.js';
export * from './report-words.js';
export * from './svg.js';
export * from './text.js';
export * from './value-text.js';
export * from './value-text.js';
