/**
 * Random edits of a network, a query about it and a certificate of that, as JSON values.
 *
 * Main definitions: `Files`, `edits`, `named`.
 *
 * An edit changes one thing that the reader lets pass more often than not, so that what is asked is the checker's
 * judgement. `named` gives edited files the hashes of what they have become: nothing is noticed by its hash.
 */
import { createHash } from 'node:crypto';
import { add, formatRational, mul, neg, parseRational, type Rational, rational } from '../src/exact/index.js';

type Json = string | number | boolean | Json[] | { [key: string]: Json };
export type Files = Record<'network' | 'query' | 'certificate', { [key: string]: Json }>;

/** A whole number from 0 to n - 1. */
type Below = (n: number) => number;
/** Edits the files in place; false when they hold nothing of the kind. */
type Edit = (files: Files, below: Below) => boolean;
type Holder = { [key: string]: Json };
interface Place {
  readonly holder: Holder;
  readonly key: string;
  readonly path: string;
}

/** Every entry of every object and array, with the names above it; not those of numbered entries. */
function places(value: Json, path = ''): Place[] {
  if (typeof value !== 'object') return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => {
    const own = Array.isArray(value) ? path : `${path}.${key}`;
    return [{ holder, key, path: own }, ...places(holder[key]!, own)];
  });
}

const isRationalText = (value: Json): value is string => typeof value === 'string' && /^-?\d/.test(value);

/** Changes one entry that fits to what `change` makes of it. */
const entry =
  (
    file: keyof Files,
    fits: (value: Json, path: string) => boolean,
    change: (value: Json, below: Below) => Json,
  ): Edit =>
  (files, below) => {
    const found = places(files[file]).filter(({ holder, key, path }) => fits(holder[key]!, path));
    const { holder, key } = found[below(found.length)] ?? {};
    if (holder === undefined || key === undefined) return false;
    holder[key] = change(holder[key]!, below);
    return true;
  };

const changes: readonly ((q: Rational) => Rational)[] = [
  neg,
  (q) => add(q, rational(1)),
  (q) => add(q, rational(-1)),
  (q) => add(q, rational(1, 8)),
  (q) => add(q, rational(-1, 8)),
  (q) => add(q, rational(1, 1 << 20)),
  (q) => add(q, rational(-1, 1 << 20)),
  (q) => mul(q, rational(2)),
  (q) => mul(q, rational(4)),
  (q) => mul(q, rational(-3)),
  (q) => add(q, rational(3)),
  (q) => add(q, rational(-3)),
  (q) => mul(q, rational(1, 2)),
  (q) => mul(q, rational(101, 100)),
  (q) => mul(q, rational(99, 100)),
  () => rational(0),
];
const number = (value: Json, below: Below): Json =>
  formatRational(changes[below(changes.length)]!(parseRational(value as string)));
const index = (value: Json, below: Below): Json => Math.max(0, (value as number) + (below(2) ? 1 : -1));
const word = (words: readonly string[]) => (value: Json, below: Below) => {
  const others = words.filter((other) => other !== value);
  return others[below(others.length)]!;
};
const isTree = (value: Json): value is Holder =>
  typeof value === 'object' && 'rule' in value && value.rule !== 'interval';
const isLeaf = (value: Json): value is Holder => isTree(value) && value.rule === 'leaf';

/** An array of the file edited as a whole: an entry dropped, doubled, or changed for the next. */
function shuffled(list: Json[], below: Below): boolean {
  if (list.length === 0) return false;
  const [i, kind] = [below(list.length), below(3)];
  if (kind === 0) list.splice(i, 1);
  else if (kind === 1) list.splice(i, 0, structuredClone(list[i]!));
  else [list[i], list[(i + 1) % list.length]] = [list[(i + 1) % list.length]!, list[i]!];
  return true;
}

/** All kinds of edits. */
export const edits = {
  'a number of the network': entry('network', (value, path) => /rows/.test(path) && isRationalText(value), number),
  'an activation': entry('network', (_, path) => /activation$/.test(path), word(['relu', 'step', 'identity'])),
  'the region': entry('query', (value, path) => /^\.region/.test(path) && isRationalText(value), number),
  'a larger ball': ({ query }, below) => {
    const region = query.region as Holder;
    if (region.kind === 'ball')
      region.radius = formatRational(mul(parseRational(region.radius as string), rational(2 + below(9))));
    return region.kind === 'ball';
  },
  'a constraint': entry('query', (value, path) => /^\.unsafe/.test(path) && isRationalText(value), number),
  'the norm, or open or closed': ({ query }, below) => {
    const region = query.region as Holder;
    if (region.kind !== 'ball') return false;
    if (below(2)) region.norm = word(['l1', 'l2', 'linf'])(region.norm!, below);
    else if (region.open) delete region.open;
    else region.open = true;
    return true;
  },
  'strict or not': ({ query }, below) => {
    const all = (query.unsafe as Holder[][]).flat();
    const constraint = all[below(all.length)];
    if (constraint === undefined) return false;
    if (constraint.strict) delete constraint.strict;
    else constraint.strict = true;
    return true;
  },
  'constraints of a conjunction': ({ query }, below) => {
    const unsafe = query.unsafe as Json[][];
    return unsafe.length > 0 && shuffled(unsafe[below(unsafe.length)]!, below);
  },
  conjunctions: ({ query }, below) => shuffled(query.unsafe as Json[], below),
  'a bound': entry('certificate', (_, path) => /bound$/.test(path), number),
  'a weight of a leaf or lemma': entry(
    'certificate',
    (value, path) => /weights$/.test(path) && isRationalText(value),
    number,
  ),
  'a multiple of a cut': entry('certificate', (value, path) => /cuts$/.test(path) && isRationalText(value), number),
  'a slope': entry(
    'certificate',
    (value, path) => /slopes$/.test(path) && typeof value === 'string',
    (value, below) =>
      below(2) && isRationalText(value) ? number(value, below) : word(['a', 'u', '0', '1'])(value, below),
  ),
  'slopes of a leaf': entry('certificate', isLeaf, (value, below) => {
    const { slopes, ...leaf } = value as Holder;
    if (slopes === undefined) return { ...leaf, slopes: [[below(2), below(4), word(['a', 'u', '0', '1'])('', below)]] };
    return shuffled(slopes as Json[], below) ? { ...leaf, slopes } : leaf;
  }),
  'a neuron, lemma, layer or column': entry('certificate', (value) => typeof value === 'number', index),
  'a side': entry('certificate', (_, path) => /side$/.test(path), word(['lower', 'upper'])),
  'the sides of a split': entry(
    'certificate',
    (value) => isTree(value) && value.rule === 'split',
    (value) => {
      const { below, above, ...split } = value as Holder;
      return { ...split, below: above!, above: below! };
    },
  ),
  'a part in place of the whole': entry(
    'certificate',
    (value) => isTree(value) && value.rule === 'split',
    (value, below) => (value as Holder)[below(2) ? 'below' : 'above']!,
  ),
  'a leaf without its numbers': entry('certificate', isLeaf, () => ({ rule: 'leaf' })),
  'a leaf from elsewhere': (files, below) => {
    const leaves = places(files.certificate).filter(({ holder, key }) => isLeaf(holder[key]!));
    if (leaves.length < 2) return false;
    const [to, from] = [leaves[below(leaves.length)]!, leaves[below(leaves.length)]!];
    to.holder[to.key] = structuredClone(from.holder[from.key]!);
    return true;
  },
  'a hole': entry('certificate', isTree, () => ({ rule: 'hole' })),
  lemmas: ({ certificate }, below) => shuffled((certificate.lemmas ?? []) as Json[], below),
  proofs: ({ certificate }, below) => shuffled(certificate.proofs as Json[], below),
  'interval for a tree': entry(
    'certificate',
    (value, path) => path === '.proofs' && isTree(value),
    () => ({
      rule: 'interval',
    }),
  ),
} satisfies Record<string, Edit>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same files under the hashes of what they hold. */
export function named({ network, query, certificate }: Files): Files {
  const asked = { ...query, network: { sha256: sha256(JSON.stringify(network)) } };
  return { network, query: asked, certificate: { ...certificate, query: sha256(JSON.stringify(asked)) } };
}
