/** The checker of certificates, the one part that has to be trusted. It shares no code with the rest. */
export { checker, type NetworkChecker, type Sha256 } from './check.js';
export { type Holey, type Outcome, type Reason, type Refusal, reasons } from './refusal.js';
