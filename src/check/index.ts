/** The checker of certificates, the one part that has to be trusted. It shares no code with the rest. */
export { checker, type NetworkChecker, type Sha256 } from './check.js';
export type { Holey, Outcome, Refusal } from './refusal.js';
