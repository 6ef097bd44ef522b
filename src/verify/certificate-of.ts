/** The certificate that stands behind a verdict. */
import type { CertificateFile } from '../format/index.js';
import { intervalCertificate } from './checked-interval.js';
import type { Query } from './query.js';
import type { Verdict } from './verdict.js';

/**
 * The certificate that the checker accepted for this query; undefined for verdicts with other evidence. What intervals
 * prove is not carried along: its certificate says nothing but the rule, and is written here.
 */
export function certificateOf(query: Query, verdict: Verdict): CertificateFile | undefined {
  if (verdict.verdict !== 'unsat' || verdict.evidence.level !== 'certificate') return undefined;
  return verdict.certificate ?? intervalCertificate(query);
}
