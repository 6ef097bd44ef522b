/**
 * The certificate file: one proof tree for each conjunction of the unsafe set of a query.
 *
 * Version 1 knows one rule, `interval`: nothing is stored, the checker repeats the exact interval propagation.
 */
import { refuse } from './errors.js';
import { hashAt } from './query-file.js';
import { arrayAt, fileAt, objectAt, shown } from './shape.js';

export interface IntervalProof {
  readonly rule: 'interval';
}

export type ProofTree = IntervalProof;

export interface CertificateFile {
  readonly format: 'muball-certificate';
  readonly version: 1;
  /** SHA-256 of the query's canonical text. */
  readonly query: string;
  /** proofs[i] closes unsafe[i]. */
  readonly proofs: readonly ProofTree[];
}

/** The value as a certificate file. @throws InputError naming the place. */
export function certificateFileAt(value: unknown, where = 'certificate'): CertificateFile {
  const file = fileAt(value, where, 'muball-certificate', ['query', 'proofs']);
  const proofs = arrayAt(file.proofs, `${where}.proofs`).map((entry, i): ProofTree => {
    const rule = objectAt(entry, `${where}.proofs[${i}]`, ['rule']).rule;
    if (rule !== 'interval') refuse(`${where}.proofs[${i}].rule`, '"interval"', shown(rule));
    return { rule };
  });
  return { format: 'muball-certificate', version: 1, query: hashAt(file.query, `${where}.query`), proofs };
}
