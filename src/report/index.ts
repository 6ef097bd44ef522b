/** Floor 8: results as text, JSON, CSV, Markdown and SVG. */
export {
  type CounterexampleExtras,
  type CounterexampleReport,
  counterexampleReport,
  counterexampleText,
  type PointReport,
} from './counterexample.js';
export { proofCsv } from './csv.js';
export { githubAnnotations, githubSummary } from './github.js';
export { proofJson } from './json.js';
export { junitXml } from './junit.js';
export { type MarkdownOptions, proofMarkdown } from './markdown.js';
export type { PictureBall } from './picture-ball.js';
export * from './plane/index.js';
export type { Rectangle } from './plot-frame.js';
export * from './proof-report.js';
export { regressJson } from './regress-json.js';
export { type RegressTextOptions, regressText } from './regress-text.js';
export {
  type InstanceEntry,
  type InstanceFailure,
  type InstanceReport,
  instanceEntries,
  type RegressionBall,
  type RegressionReport,
  type Standing,
} from './regression-report.js';
export { decisionRegionsSvg, type PictureOptions, type RegionsPicture } from './svg.js';
export { proofText, type TextOptions } from './text.js';
