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
import { scaled } from './intervals.js';
import type { About, Goal } from './leaf.js';
import { layersOf, propagated } from './network.js';
import { lcm, parsed } from './rational.js';
import { same } from './read.js';
import { type Outcome, orRefusal, type Refusal, refuse, shortened } from './refusal.js';
import { inputRegion } from './region.js';
import { rowsOf } from './rows.js';
import { proveLemma, refuted } from './tree.js';

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
    const outputs = layers.at(-1)!.rows.rows.length;
    const text = JSON.stringify(network);
    const hashes = new WeakMap<Sha256, string>();

    const check = (queryJson: unknown, certificateJson: unknown, sha256: Sha256): Outcome => {
      const ends = 2 * layers.reduce((sum, { rows }) => sum + rows.rows.length, 0);
      const query = queryAt(queryJson);
      const certificate = certificateAt(certificateJson);
      same(certificate.proofs.length, query.unsafe.length, 'certificate.proofs');
      const input = inputRegion(query.region, layers[0]!.inputs, 'query.region');
      const goals = query.unsafe.map((conjunction, i): Goal => {
        const strict = conjunction.map((constraint) => constraint.strict === true);
        return { level: layers.length - 1, rows: rowsOf(conjunction, outputs, `query.unsafe[${i}]`), strict };
      });

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

      // The lemmas in order, each with the help of those before it; then the unsafe set.
      const { lemmas = [], proofs } = certificate;
      const { z, supremum } = propagated(layers, input);
      const isTree = lemmas.length > 0 || proofs.some(([root]) => root!.rule !== 'interval');
      const denominators = [...z.map(({ denominator }) => denominator), ...lemmas.map(({ bound }) => parsed(bound).d)];
      const common = isTree ? denominators.reduce((a, b) => lcm(a, b, ends, 'certificate.lemmas'), 1n) : 1n;
      const inForce = isTree ? z.map(({ denominator, ends }) => scaled(ends, common, denominator)) : [];
      const about: About = { layers, input, inForce, common, lemmas: [] };
      const holes: string[] = [];
      for (const lemma of lemmas) proveLemma(lemma, network, about, holes);
      for (const [i, proof] of proofs.entries()) {
        if (proof[0]!.rule !== 'interval') refuted(proof, goals[i]!, about, holes);
        else refutedByInterval(goals[i]!, supremum, proof[0]!.where);
      }
      const [where] = holes;
      return where === undefined
        ? { outcome: 'valid' }
        : { outcome: 'holey', where: shortened(where), why: 'no proof here' };
    };
    return { check: (...files) => orRefusal(() => check(...files)) };
  });
}

/** The rule `interval`: the exact interval bound of one of the constraints contradicts it. */
function refutedByInterval(
  { rows, strict }: Goal,
  supremum: ReturnType<typeof propagated>['supremum'],
  where: string,
): void {
  if (strict.length === 0) refuse(where, 'emptyConjunction');
  const isRefuted = strict.some((isStrict, k) => {
    const { at, closed } = supremum(rows, k, where);
    return at < 0n || (at === 0n && (isStrict || !closed));
  });
  if (!isRefuted) refuse(where, 'notRefuted', strict.length);
}
