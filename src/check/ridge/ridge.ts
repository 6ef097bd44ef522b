/**
 * Ridge propagation: what every neuron of a network is on a ball, as far as it is exact, and intervals of the rest.
 *
 * Main definition: `ridgeRule`.
 *
 * Notes. A relu whose argument has one direction stays exact; one whose argument has a sign is the argument, or 0; any
 * other is an atom in [0, sup]. Hints of the certificate say in which ways signs and suprema are found; without one the
 * interval decides. A neuron with more than four atoms is kept as its interval.
 */
import type {
  NeuronFile,
  RidgeCases,
  RidgeEmptyCase,
  RidgeHint,
  RidgePart,
  RidgeSplit,
} from '../../format/certificate-file.js';
import type { Activation } from '../../format/network-file.js';
import type { RegionFile } from '../../format/query-file.js';
import type { Tree } from '../files.js';
import type { Goal } from '../leaf.js';
import type { Layer } from '../network.js';
import { parsed } from '../rational.js';
import { mismatch } from '../read.js';
import { refuse } from '../refusal.js';
import type { Row } from '../rows.js';
import {
  type Fraction,
  fraction,
  isBelow,
  larger,
  minus,
  nought,
  opposite,
  over,
  plus,
  smaller,
  times,
  unit,
} from './fraction.js';
import { positivePart, raised } from './graph.js';
import {
  type Atom,
  alongInput,
  constantTerm,
  type Direction,
  dualNorm,
  type FractionRow,
  inputTerm,
  type Limits,
  nameOf,
  negative,
  normalized,
  type Place,
  ridgeTerm,
  sumOfTerms,
  type Term,
  within,
} from './terms.js';
import { above } from './ways.js';

const mostAtoms = 4;

/** The outputs of a network on a ball. */
interface OnRidges {
  readonly place: Place;
  readonly terms: readonly Term[];
}

/** What is known of a network on a ball while lemmas are proved. */
interface Known {
  readonly layers: readonly Layer[];
  /** Upper bounds that lemmas have proved, by neuron. */
  readonly bounds: Map<string, Fraction>;
}

/** Proves the lemmas of the certificate, and propagates all layers over the ball with their help and its hints. */
function onRidges(layers: readonly Layer[], region: RegionFile, { hints = [], lemmas = [] }: RidgePart = {}): OnRidges {
  if (region.kind !== 'ball') return mismatch(region.kind, 'query.region.kind', 'a ball, for the rule ridge');
  const limits = new Map<string, Limits>();
  const place = { norm: region.norm, centre: region.centre.map(parsed), radius: parsed(region.radius), limits };
  const about: Known = { layers, bounds: new Map() };
  for (const [k, { neuron, bound, cases }] of lemmas.entries()) {
    const where = `certificate.ridges.lemmas[${k}]`;
    if (layers[neuron[0]]?.rows.rows[neuron[1]] === undefined) mismatch(neuron, `${where}.neuron`, 'a neuron');
    boundedInCases(cases, { neuron, bound: parsed(bound) }, { ...place, atoms: new Map() }, about, `${where}.cases`);
    about.bounds.set(neuron.join(), parsed(bound));
  }
  const whole: Place = { ...place, atoms: new Map() };
  return { place: whole, terms: termsAfter(layers.length, whole, about, hints, 'certificate.ridges.hints') };
}

/** The outputs of the first `depth` layers. */
function termsAfter(
  depth: number,
  place: Place,
  about: Known,
  hints: readonly RidgeHint[],
  where: string,
): readonly Term[] {
  const given = new Map(hints.map((hint, k) => [hint.neuron.join(), { ...hint, where: `${where}[${k}]` }]));
  let terms: readonly Term[] = [];
  for (const [i, { activation, rows }] of about.layers.slice(0, depth).entries()) {
    terms = rows.rows.map((_, r) => {
      const z = preActivation(place, about, [i, r], terms);
      const ways = given.get(`${i},${r}`);
      const low = ways?.below && opposite(above(place, negative(place, z), ways.below, `${ways.where}.below`));
      const high = ways?.above && above(place, z, ways.above, `${ways.where}.above`);
      return activated(place, activation, within(z, { ...(low && { low }), ...(high && { high }) }), `${i},${r}`);
    });
  }
  return terms;
}

/** The neuron before its activation; of one that has a lemma, and atoms, only the interval is kept. */
function preActivation(place: Place, { layers, bounds }: Known, [i, r]: NeuronFile, terms: readonly Term[]): Term {
  const { rows } = layers[i]!;
  const row = fractionRow(rows.rows[r]!, rows.denominator);
  const z = i === 0 ? inputTerm(place, row) : sumOfTerms(place, row, terms);
  const bound = bounds.get(`${i},${r}`);
  if (bound === undefined) return z;
  const bounded = within(z, { high: bound });
  return z.atoms.size > 0 ? asAtom(place, `${i},${r} bounded`, bounded) : bounded;
}

type Claim = { readonly neuron: NeuronFile; readonly bound: Fraction };

/** Accepts the proof that the neuron is ≤ bound before its activation in every case, or refuses it at its place. */
function boundedInCases(cases: RidgeCases, claim: Claim, place: Place, about: Known, where: string): void {
  if ('empty' in cases) isEmpty(cases, place, about, where);
  else if (!('split' in cases)) {
    const { hints = [], way = {} } = cases;
    const terms = termsAfter(claim.neuron[0], place, about, hints, `${where}.hints`);
    const least = above(place, preActivation(place, about, claim.neuron, terms), way, `${where}.way`);
    if (isBelow(claim.bound, least)) refuse(where, 'the bound found in this case exceeds that of the lemma');
  } else splitCases(cases, claim, place, about, where);
}

function splitCases(cases: RidgeSplit, claim: Claim, place: Place, about: Known, where: string): void {
  // z ≤ at for z = factor·t + value is t ≤ (at - value) / factor, or ≥ for factor < 0.
  const { name, factor, value } = splitRow(cases.split, place, about, `${where}.split`);
  const t = over(minus(parsed(cases.at), value), factor);
  const before = place.limits.get(name) ?? {};
  for (const side of ['below', 'above'] as const) {
    const limit: Limits =
      (side === 'below') === factor.n > 0n
        ? { ...before, high: smaller(t, before.high ?? t) }
        : { ...before, low: larger(t, before.low ?? t) };
    const part: Place = { ...place, limits: new Map([...place.limits, [name, limit]]), atoms: new Map() };
    boundedInCases(cases[side], claim, part, about, `${where}.${side}`);
  }
}

/** The row of the first layer as factor·t + value, t = u·(x - c). */
function splitRow(r: number, place: Place, { layers }: Known, where: string) {
  const { rows, denominator } = layers[0]!.rows;
  const row = rows[r] ?? mismatch(r, where, 'a neuron of the first layer');
  const [direction, value] = alongInput(place, fractionRow(row, denominator));
  const { factor, unit } = normalized(direction) ?? mismatch(r, where, 'a neuron that is not constant');
  return { name: nameOf(unit), factor, value, direction };
}

/** Accepts that Σ m_k·(z_k(x) - z_k(c)) is larger in the case than anywhere on the ball. */
function isEmpty({ empty }: RidgeEmptyCase, place: Place, about: Known, where: string): void {
  let gradient: Direction = place.centre.map(() => nought);
  let least = nought;
  for (const [k, [r, text]] of empty.entries()) {
    const at = `${where}.empty[${k}]`;
    const { name, factor, direction } = splitRow(r, place, about, at);
    const multiplier = parsed(text);
    const perT = times(multiplier, factor);
    const end = place.limits.get(name)?.[perT.n > 0n ? 'low' : 'high'];
    least = plus(least, times(perT, end ?? mismatch(r, at, 'a row that the case bounds on this side')));
    gradient = gradient.map((entry, j) => plus(entry, times(multiplier, direction[j]!)));
  }
  if (!isBelow(times(place.radius, dualNorm(place.norm, gradient)), least))
    refuse(where, 'this combination does not show that the case is empty');
}

/**
 * The rule `ridge` of a certificate: accepts the proof that one constraint of a goal holds nowhere on the ball, or refuses
 * it at its place. Layers are propagated once, when first needed.
 */
export function ridgeRule(layers: readonly Layer[], region: RegionFile, part: RidgePart | undefined) {
  let found: OnRidges | undefined;
  return ([root]: Tree, { rows: { rows, denominator }, strict }: Goal): void => {
    const { where } = root;
    if (root.rule !== 'ridge') mismatch(root.rule, `${where}.rule`, 'ridge');
    const { constraint, way = {} } = root;
    found ??= onRidges(layers, region, part);
    const row = rows[constraint] ?? mismatch(constraint, `${where}.constraint`, `a constraint below ${rows.length}`);
    const value = sumOfTerms(found.place, fractionRow(row, denominator), found.terms);
    const { n } = above(found.place, value, way, `${where}.way`);
    const isRefuted = n < 0n || (n === 0n && strict[constraint] === true);
    if (!isRefuted) refuse(where, 'the bound found by ridges does not refute the constraint');
  };
}

const fractionRow = ({ columns, weights, bias }: Row, denominator: bigint): FractionRow => ({
  columns,
  weights: weights.map((weight) => fraction(weight, denominator)),
  bias: fraction(bias, denominator),
});

function activated(place: Place, activation: Activation, z: Term, neuron: string): Term {
  if (activation === 'step') {
    if (z.low.n > 0n) return constantTerm(unit);
    return z.high.n <= 0n ? constantTerm(nought) : asAtom(place, neuron, { low: nought, high: unit });
  }
  if (activation === 'relu' && z.low.n < 0n) {
    if (z.high.n <= 0n) return constantTerm(nought);
    const [ridge] = z.ridges.values();
    if (ridge === undefined || z.ridges.size > 1 || z.atoms.size > 0) {
      return asAtom(place, neuron, { low: nought, high: z.high, argument: z });
    }
    const exact = ridgeTerm(ridge.direction, positivePart(raised(ridge.graph, z.constant)));
    return within(exact, { high: larger(z.high, nought) });
  }
  return z.atoms.size > mostAtoms ? asAtom(place, neuron, { low: z.low, high: z.high }) : z;
}

function asAtom(place: Place, neuron: string, atom: Atom): Term {
  place.atoms.set(neuron, atom);
  const atoms = new Map([[neuron, unit]]);
  return within({ constant: nought, ridges: new Map(), atoms, low: smaller(atom.low, atom.high), high: atom.high });
}
