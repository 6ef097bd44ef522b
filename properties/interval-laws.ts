/**
 * Laws of interval propagation, for the library itself and for copies of it with a planted bug.
 *
 * Main definitions: `Library`, `intervalLaws`.
 *
 * The checker repeats the propagation in its own arithmetic: bounds that are too narrow are refused by it, and bounds that
 * are too wide leave open what it accepts. One affine layer over a ball is bounded exactly, so its ends are attained.
 */
import type * as arbitrary from '../src/arbitrary/index.js';
import type * as check from '../src/check/index.js';
import type * as construction from '../src/construction/index.js';
import { add, compare, equal, formatRational, max, min, neg, type Rational, type Vector } from '../src/exact/index.js';
import type { Ball } from '../src/geometry/index.js';
import type * as laws from '../src/laws/index.js';
import type * as network from '../src/network/index.js';
import type * as verify from '../src/verify/index.js';

/** The parts of the library, or of a copy of it, that properties put to the test. */
export interface Library {
  readonly arbitrary: typeof arbitrary;
  readonly check: typeof check;
  readonly construction: typeof construction;
  readonly laws: typeof laws;
  readonly network: typeof network;
  readonly verify: typeof verify;
}

/** One affine layer over a closed ball ends where it does at the vertices; the checker accepts what intervals refute. */
export function intervalLaws({ arbitrary, check, laws, network, verify }: Omit<Library, 'construction'>): laws.Law[] {
  const affine = arbitrary.query({
    network: { layers: { max: 0 }, inputs: { max: 4 } },
    norms: ['l1', 'linf'],
    boxes: false,
    open: false,
  });
  return [
    laws.law('intervals', 'one affine layer over a ball ends where it does at a vertex', 300, affine, (asked) => {
      const { lower, upper } = verify.outputBounds(asked.network, asked.region);
      const values = vertices(asked.region as Ball).map((x) => network.evaluate(asked.network, x));
      for (const [k, end] of upper.entries()) {
        requireEnd(`lower end of output ${k}`, values.map((y) => y[k]!).reduce(min), lower[k]!);
        requireEnd(`upper end of output ${k}`, values.map((y) => y[k]!).reduce(max), end);
      }
    }),
    laws.law('intervals', 'the checker accepts what they refute, and nothing else', 500, arbitrary.query(), (asked) => {
      const read = check.checker(network.networkToFile(asked.network));
      if (!('check' in read)) throw new Error(`the checker refused the network: ${read.where}: ${read.why}`);
      const query = verify.queryToFile(asked, { inline: false });
      const { outcome } = read.check(query, verify.intervalCertificate(asked), verify.sha256);
      const refuted = verify.intervalProof(asked, { enclosures: false }).every(Boolean);
      if (outcome === (refuted ? 'valid' : 'invalid') || (outcome === 'valid' && isComposedFurther(asked))) return;
      throw new Error(`expected one answer, got ${outcome} by the checker where intervals say ${refuted}`);
    }),
  ];
}

/**
 * The checker composes all layers after the last activation, the library only one, and the checker compares squares where
 * that leaves no layer: there it may accept more.
 */
function isComposedFurther({ network, region }: verify.Query): boolean {
  const top = network.layers.findLastIndex(({ activation }) => activation !== 'identity');
  return network.layers.length - top > 2 || (top < 0 && region.kind === 'ball' && region.norm === 'l2');
}

/** The vertices of an ℓ1 or ℓ∞ ball. */
function vertices({ norm, centre, radius }: Ball): Vector[] {
  const moved = (j: number, by: Rational): Rational => add(centre[j]!, by);
  if (norm === 'l1') {
    return centre.flatMap((_, j) =>
      [radius, neg(radius)].map((by) => centre.map((c, m) => (m === j ? moved(j, by) : c))),
    );
  }
  return Array.from({ length: 2 ** centre.length }, (_, bits) =>
    centre.map((_, j) => moved(j, (bits >> j) & 1 ? radius : neg(radius))),
  );
}

function requireEnd(what: string, expected: Rational, found: Rational): void {
  if (equal(expected, found)) return;
  const how = compare(expected, found) < 0 ? 'above' : 'below';
  throw new Error(`${what}: expected ${formatRational(expected)}, got ${formatRational(found)} ${how} it`);
}
