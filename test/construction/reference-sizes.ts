/**
 * Sizes of a reference implementation of the same constructions, and the networks to compare with them.
 *
 * Main definitions: `references`, `measured`, `referenceRow` (a row of the table in docs/sizes.md).
 *
 * Notes. Of its datasets only N, d, the number of classes and ρ are known, and that their points were random. Here they are random
 * integers with classes in turn. What depends on the points, as levels of a sawtooth, dimensions and bits do, may differ for that
 * reason alone; where it does for seed 1, the row has the first seed up to 10 for which no figure is larger, if there is one.
 */
import { squareBalls, theoremNamed } from '../../src/construction/index.js';
import { prepare } from '../../src/construction/prepare.js';
import {
  bigBelow,
  mul,
  parseRational,
  type Rational,
  randomSource,
  rational,
  rootBelow,
} from '../../src/exact/index.js';
import { type Norm, normSymbol } from '../../src/format/index.js';
import {
  bestMap,
  type Dataset,
  datasetOf,
  orthogonalRows,
  ratioRadius,
  resolveRadius,
  separation,
} from '../../src/geometry/index.js';
import { advanceLayer, complexity, memorizer, type Network, sequentialBuilder } from '../../src/network/index.js';

/** Width, depth, parameters, nonzero weights, bits; undefined where the reference has no figure. */
export type Sizes = readonly (number | undefined)[];
export const sizeNames = ['width', 'depth', 'parameters', 'nonzero', 'bits'] as const;

export interface Reference {
  readonly what: string;
  readonly network: () => Network;
  readonly reference: Sizes;
  /** Why a figure is larger than the reference's, where one is. */
  readonly why?: string;
  /** Whether it is measured in full runs only. */
  readonly dear?: boolean;
}

/** Random integers in [−20, 20], classes in turn. */
function random(N: number, d: number, C: number, seed: number): Dataset {
  const source = randomSource(seed);
  const points = Array.from({ length: N }, () => Array.from({ length: d }, () => rational(source.between(-20, 20))));
  return datasetOf(
    points,
    points.map((_, i) => i % C),
  );
}

const radiusAt = (data: Dataset, norm: Norm, ratio: string): Rational =>
  resolveRadius(ratioRadius(ratio), separation(data, norm), data).radius;

interface Case {
  readonly norm: Norm;
  readonly shape: readonly [N: number, d: number, C: number];
  readonly seed?: number;
  readonly projected?: number;
  readonly reference: Sizes;
  readonly why?: string;
  readonly dear?: boolean;
}

/** A row for a theorem at ρ. */
function built(name: string, ratio: string, { norm, shape, seed = 1, projected, ...rest }: Case): Reference {
  const [N, d, C] = shape;
  return {
    what: `\`${name}\` ${normSymbol[norm]}, N = ${N}, d = ${d}, C = ${C}${projected === undefined ? '' : `, k = ${projected}`}, ρ = ${ratio}${seed === 1 ? '' : `, seed ${seed}`}`,
    ...rest,
    network() {
      const data = random(N, d, C, seed);
      const radius = radiusAt(data, norm, ratio);
      return theoremNamed(name).construct(data, { norm, radius, ...(projected === undefined ? {} : { projected }) })
        .network;
    },
  };
}

/** The moderate regime, whose sizes go by the number of groups; ρ of the reference is not known. */
function groups(ratio: string, found: string, given: Case): Reference {
  const row = built('kmy-moderate', ratio, given);
  return { ...row, what: `${row.what} (${found})` };
}

/** Ball indicators behind the best of some maps with rows of a Hadamard matrix, at 9/10 of what the map keeps. */
function hadamard(shape: Case['shape'], k: number, { seed = 1, ...rest }: Omit<Case, 'norm' | 'shape'>): Reference {
  const [N, d, C] = shape;
  return {
    what: `\`eys-projected-ball\` ℓ2 behind Hadamard rows, N = ${N}, d = ${d}, C = ${C}, k = ${k}, 2μ at 0.9 of what T keeps`,
    ...rest,
    network() {
      const data = random(N, d, C, seed);
      const { map, magnitude } = bestMap(data, k, { families: ['hadamard'] })!;
      const radius = mul(parseRational('0.45'), rootBelow(magnitude, 16).value);
      const options = { norm: 'l2' as const, radius };
      return squareBalls('eys-projected-ball', prepare(data, 'l2', radius), orthogonalRows(map), magnitude, options)
        .network;
    },
  };
}

/** The small regime at the bound of [KMY], ρ = 1/(5N√d·γ), γ = 1 in ℓ2 and √d else. */
function small({ norm, shape: [N, d, C], projected, ...rest }: Case): Reference {
  return {
    what: `\`kmy-small\` ${normSymbol[norm]}, N = ${N}, d = ${d}, C = ${C}, k = ${projected}, ρ = 1/(5N${norm === 'l2' ? '√d' : 'd'})`,
    ...rest,
    network() {
      const data = random(N, d, C, 1);
      const root = norm === 'l2' ? rootBelow(rational(1, d)).value : rational(1, d);
      const radius = mul(radiusAt(data, norm, '0.999'), mul(rational(1, 5 * N), root));
      return theoremNamed('kmy-small').construct(data, { norm, radius, projected: projected! }).network;
    },
  };
}

/** The memorizer of N keys of 36 bits with values of 3 bits. */
const records = (N: number, reference: Sizes): Reference => ({
  what: `memorizer of N = ${N} integer keys of 36 bits`,
  reference,
  network() {
    const source = randomSource(1);
    const keys = new Set<bigint>();
    while (keys.size < N) keys.add(bigBelow(source, 1n << 36n));
    const builder = sequentialBuilder(1);
    const part = memorizer(
      builder.inputs[0]!,
      [...keys].map((key) => ({ key, value: 1 + source.below(7) })),
    );
    while (part.pending()) advanceLayer(builder, [part]);
    return builder.network([part.value()]);
  },
});

const points = 'weights depend on the points';
const wide: Case['shape'] = [24, 32, 2];

export const references: readonly Reference[] = [
  built('eys-ball-l1', '0.98', { norm: 'l1', shape: [12, 3, 3], reference: [7, 29, 1209, 282, 17] }),
  built('eys-ball-l1', '0.98', { norm: 'l1', shape: [20, 4, 2], reference: [8, 45, 2547, 496, 22] }),
  built('eys-ball-l1', '0.98', { norm: 'l1', shape: [16, 8, 4], seed: 6, reference: [12, 101, 13317, 1519, 11] }),
  built('eys-ball', '0.98', { norm: 'linf', shape: [16, 8, 4], reference: [13, 100, 15268, 1588, 18] }),
  built('eys-ball-l2', '0.98', { norm: 'l2', shape: [12, 3, 3], seed: 5, reference: [8, 30, 1340, 335, 113] }),
  built('eys-ball-l2', '0.98', { norm: 'l2', shape: [20, 4, 2], seed: 5, reference: [9, 38, 2276, 480, 104] }),
  built('eys-ball-l2', '0.98', { norm: 'l2', shape: [16, 8, 4], reference: [13, 64, 8708, 1104, 105] }),
  built('eys-ball-l2', '0.98', { norm: 'l2', shape: [10, 16, 2], seed: 3, reference: [21, 105, 39578, 2562, 106] }),
  ...(['l1', 'l2', 'linf'] as const).map((norm) =>
    built('eys-projected-pair', '0.98', {
      norm,
      shape: [12, 8, 3],
      projected: 8,
      reference: [12, 68, 8651, 1318, 63],
      ...(norm === 'l2' ? { why: 'lengths are roots of 64 bits, whatever the room' } : {}),
    }),
  ),
  hadamard([8, 8, 3], 8, { reference: [13, 49, 6378, 850, 20] }),
  hadamard([8, 8, 3], 4, { reference: [9, 29, 1618, 370, 17] }),
  hadamard([16, 16, 3], 8, { reference: [13, 54, 7352, 1044, 22], why: points }),
  hadamard([32, 32, 3], 8, { reference: [13, 65, 9482, 1458, 23], why: points }),
  hadamard([32, 32, 3], 16, { reference: [21, 121, 47226, 3730, 28] }),
  hadamard([64, 32, 3], 16, { reference: [21, 142, 56928, 4612, 27], why: points }),
  records(64, [8, 105, 2456, 1103, 39]),
  records(256, [8, 208, 5420, 2255, 78]),
  records(1024, [8, 414, 11366, 4559, 156]),
  { ...records(4096, [8, 809, 23831, 9359, 351]), dear: true },
  { ...records(16_384, [8, 1606, 48901, 19015, 741]), dear: true },
  { ...records(65_536, [8, 3204, 99121, 38359, 1521]), dear: true },
  small({ norm: 'l2', shape: [16, 8, 3], projected: 4, reference: [13, 28, 865, 365, 40] }),
  small({ norm: 'l2', shape: [32, 16, 3], projected: 6, reference: [19, 47, 1551, 629, 52] }),
  small({ norm: 'l2', shape: [64, 32, 3], projected: 6, reference: [19, 61, 2745, 1048, 62] }),
  small({ norm: 'l1', shape: [64, 32, 3], projected: 6, reference: [19, 64, 2685, 1056, 67] }),
  small({ norm: 'linf', shape: [64, 32, 3], projected: 6, reference: [19, 64, 2685, 1069, 78] }),
  small({ norm: 'l1', shape: [128, 32, 3], projected: 8, reference: [25, 102, 4127, 1526, 77], dear: true }),
  small({ norm: 'l2', shape: [128, 32, 3], projected: 8, reference: [25, 104, 4199, 1544, 89], dear: true }),
  small({ norm: 'linf', shape: [128, 32, 3], projected: 8, reference: [25, 106, 4407, 1610, 78], dear: true }),
  small({ norm: 'l2', shape: [16, 8, 3], projected: 6, reference: [19, 32, 1215] }),
  small({ norm: 'l2', shape: [64, 8, 3], projected: 6, reference: [19, 67, 2915] }),
  small({
    norm: 'l2',
    shape: [256, 8, 3],
    projected: 6,
    reference: [19, 143, 5064],
    why: 'keys looked up one by one take fewer layers, packed groups fewer parameters; the fewest layers are chosen',
    dear: true,
  }),
  groups('0.1', '6 groups, 4 of the reference', {
    norm: 'l2',
    shape: [48, 8, 3],
    projected: 4,
    reference: [26, 164, 25590, 3624, 74],
    dear: true,
  }),
  groups('0.5', '11 groups, 8 of the reference', {
    norm: 'l2',
    shape: [64, 4, 3],
    projected: 4,
    reference: [26, undefined, 49238],
  }),
  groups('0.3', 'one group', {
    norm: 'l2',
    shape: [64, 4, 3],
    projected: 4,
    reference: [26, undefined, 10434],
    dear: true,
  }),
  built('kmy-large', '0.15', { norm: 'l2', shape: wide, seed: 6, reference: [9, 36, 2344, 576] }),
  built('kmy-large', '0.3', { norm: 'l2', shape: wide, reference: [12, 51, 6037, 1030] }),
  built('kmy-large', '0.45', { norm: 'l2', shape: wide, reference: [16, 93, 20033, 2202] }),
  built('kmy-large', '0.6', { norm: 'l2', shape: wide, seed: 2, reference: [20, 151, 52157, 4075] }),
  built('kmy-large', '0.75', { norm: 'l2', shape: wide, reference: [25, 156, 86552, 5176], dear: true }),
  built('kmy-large', '0.9', { norm: 'l2', shape: wide, seed: 8, reference: [31, 172, 149858, 6920], dear: true }),
];

/** The sizes of a row's network. */
export function measured({ network }: Reference): number[] {
  const sizes = complexity(network());
  return sizeNames.map((name) => Number(sizes[name]));
}

/** The row of the table for measured sizes: each size, a dash, the reference's. */
export function referenceRow({ what, reference, why = '' }: Reference, sizes: readonly number[]): string {
  const cells = sizes.map((size, k) => `${size.toLocaleString('en')} – ${reference[k]?.toLocaleString('en') ?? '?'}`);
  return `| ${[what, ...cells, why].join(' | ')} |`;
}
