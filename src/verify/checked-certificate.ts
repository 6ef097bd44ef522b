/**
 * The prover proposes, the checker disposes: certificates on their way to the independent checker.
 *
 * Main definitions: `checkOutcome`, `requireValid`, `isCheckedByDefault`.
 *
 * The checker gets files, as JSON values, and no more. It reads a network once.
 */
import { createHash } from 'node:crypto';
import type { NetworkChecker } from '../check/index.js';
import { type CertificateFile, InternalError } from '../format/index.js';
import type { Network } from '../network/index.js';
import { networkChecker } from './network-checker.js';
import { type Query, queryToFile } from './query.js';

/**
 * Networks with more weights than this are not handed to the checker unless asked: it reads them whole as JSON and
 * repeats each ball in BigInt, about half a microsecond a weight.
 */
export const largestChecked = 200_000;

/** Whether certificates about a network are checked when nobody says so. */
export const isCheckedByDefault = (network: Network): boolean =>
  network.layers.reduce((sum, layer) => sum + layer.columns.length, 0) <= largestChecked;

const checkers = new WeakMap<Network, NetworkChecker>();

/** What the checker says to a certificate of this query. */
export function checkOutcome(query: Query, certificate: CertificateFile): ReturnType<NetworkChecker['check']> {
  return checkerOf(query.network).check(queryToFile(query, { inline: false }), certificate, sha256);
}

/** @throws InternalError unless the checker accepts the certificate; `what` names it, as "interval certificate". */
export function requireValid(query: Query, certificate: CertificateFile, what: string): void {
  const outcome = checkOutcome(query, certificate);
  if (outcome.outcome === 'valid') return;
  throw new InternalError(`checker: expected a valid ${what}, got ${outcome.where}: ${outcome.why}`);
}

/** SHA-256 in lower-case hexadecimal, as the checker wants it. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function checkerOf(network: Network): NetworkChecker {
  const known = checkers.get(network);
  if (known !== undefined) return known;
  const read = networkChecker(network);
  if (!('check' in read))
    throw new InternalError(`checker: expected to read the network, got ${read.where}: ${read.why}`);
  checkers.set(network, read);
  return read;
}
