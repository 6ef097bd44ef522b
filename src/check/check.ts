/**
 * The checker: decides whether a certificate proves that no point of a region reaches an unsafe output of a network.
 *
 * Main definitions: `checker`, `NetworkChecker`.
 *
 * Main statement. If the answer is `valid`, then for every point x of the query's region the outputs of the network at
 * x lie outside the query's unsafe set, and the certificate names exactly this query about exactly this network.
 * The answer `invalid` claims nothing about the network.
 *
 * Notes. Everything is read in full before anything is computed; all arithmetic is exact; nothing throws. The caller
 * supplies SHA-256, on which only the names of files depend.
 */
import { certificateAt, networkAt, queryAt } from './files.js';
import type { Bound } from './intervals.js';
import { same } from './read.js';
import { type Outcome, orRefusal, type Refusal, refuse } from './refusal.js';
import { rules } from './rules.js';
import { layersOf, suprema } from './suprema.js';

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
    const network = networkAt(networkJson, 'network');
    const layers = layersOf(network);
    const text = JSON.stringify(network);
    const inputs = network.layers[0]!.inputs;
    const outputs = network.layers.at(-1)!.rows.length;
    const hashes = new WeakMap<Sha256, string>();

    const check = (queryJson: unknown, certificateJson: unknown, sha256: Sha256): Outcome => {
      const query = queryAt(queryJson, 'query', inputs, outputs);
      const certificate = certificateAt(certificateJson, 'certificate', query.unsafe.length);

      // The query is about this network, and the certificate about this query.
      const networkHash = hashes.get(sha256) ?? sha256(text);
      hashes.set(sha256, networkHash);
      if ('sha256' in query.network) {
        same(query.network.sha256, networkHash, 'query.network.sha256');
      } else if (JSON.stringify(query.network) !== text) {
        refuse('query.network', 'expected', 'the network that is checked', 'another one');
      }
      const queryText = JSON.stringify({ ...query, network: { sha256: networkHash } });
      same(certificate.query, sha256(queryText), 'certificate.query');

      const supremum = suprema(layers, query.region);
      for (const [i, conjunction] of query.unsafe.entries()) {
        const bound = (k: number): Bound => supremum(conjunction[k]!, `query.unsafe[${i}][${k}]`);
        rules[certificate.proofs[i]!.rule]({ conjunction, bound }, `certificate.proofs[${i}]`);
      }
      return { outcome: 'valid' };
    };
    return { check: (...files) => orRefusal(() => check(...files)) };
  });
}
