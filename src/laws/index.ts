/**
 * Public sub-path `muball/laws`: laws of constructions, verifiers and linear maps, for any test runner, with kept
 * counterexamples and matchers. Importing `muball/laws/vitest` extends vitest's `expect` with the matchers.
 */

export { counterexampleFolder, type KeptCase, keptCases, type ReadCase } from '../regression/kept-cases.js';
export { isRefutation, type Refutation } from './ball-attack.js';
export {
  intervalVerifier,
  lipschitzVerifier,
  searchVerifier,
  secondOpinion,
  type Verifier,
  z3Verifier,
} from './engines.js';
export type { ExactInput } from './exact-input.js';
export { type Law, law } from './law.js';
export { type MatcherResult, muballMatchers, type PointSetting, type RobustnessSetting } from './matchers.js';
export { type RobustMemorizationOptions, robustMemorizationLaws } from './robust-memorization.js';
export {
  type Arbitraries,
  defaultSeed,
  type FailedRun,
  type Predicate,
  type PropertyOptions,
  type PropertyRun,
  type PropertySetting,
  runLaw,
  runProperty,
} from './run-property.js';
export { type MapBuilder, type SeparationOptions, separationLaws } from './separation.js';
export type { Built, ConstructFunction, TestedConstruction } from './tested-construction.js';
export { type VerifierOptions, verifierLaws } from './verifier.js';
