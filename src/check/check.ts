/**
 * The checker: decides whether a certificate proves that no point of a region reaches an unsafe output of a network.
 *
 * Main definitions: `checker`, `NetworkChecker`.
 *
 * Main statement. If the answer is `valid`, then for every point x of the query's region the outputs of the network at
 * x lie outside the query's unsafe set, and the certificate names exactly this query about exactly this network.
 * The answers `holey` and `invalid` claim nothing about the network.
 *
 * Notes. The files are read in full before anything is computed; all arithmetic is exact; nothing throws. The caller
 * supplies SHA-256, on which only the names of files depend.
 */
import { certificateAt, networkAt, queryAt } from './files.js';
import { type About, byInterval, type Goal } from './leaf.js';
import { layersOf, propagated } from './network.js';
import { same } from './read.js';
import { type Outcome, orRefusal, type Refusal } from './refusal.js';
import { inputRegion } from './region.js';
import { ridgeRule } from './ridge/ridge.js';
import { rowsOf } from './rows.js';
import { byTree, proveLemma } from './tree.js';

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** A network that has been read once, for any number of queries about it. */
export interface NetworkChecker {
  /** Checks the certificate of a query, both as JSON values. The network is hashed again only for a new `sha256`. */
  check(queryJson: unknown, certificateJson: unknown, sha256: Sha256): Outcome;
}

/** A checker for the network with this JSON value, or the refusal of that value. */
export function checker(networkJson: unknown): NetworkChecker | Refusal {
  return orRefusal(() => {
    const network = networkAt(networkJson);
    const layers = layersOf(network);
    const hashes = new WeakMap<Sha256, string>();

    const check = (queryJson: unknown, certificateJson: unknown, sha256: Sha256): Outcome => {
      const query = queryAt(queryJson);
      const certificate = certificateAt(certificateJson);
      same(certificate.proofs.length, query.unsafe.length, 'certificate.proofs');
      const input = inputRegion(query.region, layers[0]!.inputs, 'query.region');
      const level = layers.length - 1;
      const goals = query.unsafe.map((conjunction, i): Goal => {
        const rows = rowsOf(conjunction, layers[level]!.rows.rows.length, `query.unsafe[${i}]`);
        return { level, rows, strict: conjunction.map(({ strict }) => strict === true) };
      });

      // The query is about this network, and the certificate about this query.
      const hash = hashes.get(sha256) ?? sha256(JSON.stringify(network));
      hashes.set(sha256, hash);
      const named = 'sha256' in query.network ? query.network.sha256 : sha256(JSON.stringify(query.network));
      same(named, hash, 'query.network');
      same(certificate.query, sha256(JSON.stringify({ ...query, network: { sha256: hash } })), 'certificate.query');

      const byRidges = ridgeRule(layers, query.region, certificate.ridges);
      // The lemmas in order, each with the help of those before it; then the unsafe set.
      const about: About = { layers, input, ranges: propagated(layers, input), lemmas: [], holes: [] };
      for (const lemma of certificate.lemmas ?? []) proveLemma(lemma, network, about);
      for (const [i, proof] of certificate.proofs.entries()) {
        const accept = proof[0].rule === 'ridge' ? byRidges : proof[0].rule === 'interval' ? byInterval : byTree;
        accept(proof, goals[i]!, about);
      }
      return about.holes[0] ?? { outcome: 'valid' };
    };
    return { check: (...files) => orRefusal(() => check(...files)) };
  });
}
