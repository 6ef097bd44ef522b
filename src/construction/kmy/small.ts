/**
 * The small regime: a lattice cell for every ball, an integer for every cell, and a memorizer of Õ(√N) parameters.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ in ℓ1, ℓ2 or ℓ∞, so small that some tried lattice
 *   has walls that avoid all balls and one class in each cell; 2μN < δ∞ suffices, δ∞ the separation in ℓ∞. That is
 *   ρ < 1/N in ℓ∞, and holds for ρ < 1/(N√d) in ℓ2 and ρ < 1/(Nd) in ℓ1.
 * Returns: width at most max(2k + 1, 8, C − 1) for k lattice directions, depth Õ(√N).
 * Guarantees: F(x) = y_i, exactly, on the whole closed ball. Each ball lies in one cell, every neuron after the first
 *   layer is constant on it up to the last fractional parts, and interval propagation proves it.
 * Method: V_r = t_r·x/h_r − θ_r − first_r along the directions of `smallLattice`; ⌊V_r⌋ bit by bit, summed into a key
 *   (`integerParts`); the key's value from a memorizer of integers (`memorizer`, or hats when records are few); the class
 *   of the value. Cells of the class with value 0 need no record, because unknown keys have value 0.
 * Reference: [KMY, Thm 4.2 (i)], ρ ≤ 1/(5N√d) in ℓ2, with the memorizer of [VYS]; the lattice and floors are ours.
 */
import { formatRational, inverse, mul, neg, type Rational, rational } from '../../exact/index.js';
import { AssumptionError, InputError } from '../../format/index.js';
import type { Dataset } from '../../geometry/index.js';
import {
  type AffineForm,
  advanceLayer,
  type BitExtraction,
  constantForm,
  integerParts,
  keyLookup,
  memorizerShape,
  scaleForm,
  sequentialBuilder,
  shorterArrangement,
  sumForms,
} from '../../network/index.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import { type Claim, theorem } from '../theorem.js';
import { classOfRank, classRanks, rankKinks } from './class-ranks.js';
import { coordinateRatio, keyBitsFormula, latticeBitsFormula, lookupLayersFormula, lookupWidth } from './kmy-claims.js';
import {
  coordinateSeparation,
  type KeyDirection,
  type KeyedLattice,
  latticeSpread,
  smallLattice,
} from './small-lattice.js';

const name = 'kmy-small';

const widthFormula = (extraction: BitExtraction): string => `max(2*k + 1, ${lookupWidth[extraction]}, C - 1)`;
const depth = `(2*${latticeBitsFormula} + ${lookupLayersFormula(keyBitsFormula)} + 3)`;

const claimsFor = (extraction: BitExtraction): readonly Claim[] => [
  { quantity: 'width', theorem: widthFormula(extraction) },
  { quantity: 'depth', theorem: depth },
  {
    quantity: 'nonzero',
    theorem: `k*(d + 1) + ${latticeBitsFormula}*(10*k + 3) + 8*(k + 2) + 40*${lookupLayersFormula(keyBitsFormula)} + 3*C`,
  },
  {
    quantity: 'parameters',
    theorem: `(d + 1)*k + ${depth}*(${widthFormula(extraction)} + 1)*${widthFormula(extraction)}`,
  },
];

export const kmySmall = theorem({
  name,
  title: 'small regime: lattice cells, integer keys and a memorizer of Õ(√N) parameters',
  reference: '[KMY, Thm 4.2 (i)]',
  norms: ['linf', 'l1', 'l2'],
  balls: 'closed',
  range: {
    text: 'ρ < d^(−1/p)/N',
    end: (data, norm) => mul(coordinateRatio(data, norm), rational(1, data.size)),
  },
  construct(given, options) {
    const { norm, radius: mu, extraction = 'peeling' } = options;
    const claims = claimsFor(extraction);
    const prepared = prepare(given, norm, mu);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
    const ranks = classRanks(data.labels);
    requireProjected(options.projected, data.dimension);
    const lattice = smallLattice(data, ranks, norm, mu, options);
    if (lattice === undefined) throw noLattice(data, mu);
    const { arrangement, layers } = shorterArrangement(lattice.records, { extraction });
    requireSize(lattice.directions.length * (data.dimension + 1) + 8 * layers, options);

    const builder = sequentialBuilder(data.dimension);
    const positions = builder.layer(
      'relu',
      lattice.directions.map((direction) => position(builder.inputs, direction)),
    );
    const cells = integerParts(lattice.directions.map((direction, r) => ({ ...direction, form: positions[r]! })));
    while (cells.pending()) advanceLayer(builder, [cells]);
    const lookup = keyLookup(arrangement, cells.key(), lattice.records, { extraction });
    while (lookup.pending()) advanceLayer(builder, [lookup]);
    const network = builder.network([classOfRank(builder, ranks, lookup.value())], {
      output: exactReading(data),
      provenance: provenanceOf(name, options),
    });
    const shape = memorizerShape(lattice.records, { extraction });
    const kinks = rankKinks(ranks).length;
    const counted =
      arrangement === 'hats'
        ? '2*L + ceil(D/2) + 2 + X'
        : `2*L + ceil(D/n) + n*B + ${extraction === 'peeling' ? 2 : 3} + X`;
    return {
      network,
      claims: claims.map((claim) => (claim.quantity === 'depth' ? { ...claim, count: counted } : claim)),
      variables: {
        ...baseVariables(prepared),
        R: latticeSpread(data),
        k: BigInt(lattice.directions.length),
        L: BigInt(lattice.directions.reduce((most, { bits }) => Math.max(most, bits), 0)),
        D: BigInt(lattice.records.length),
        B: BigInt(shape.keyBits + shape.valueBits),
        n: BigInt(shape.perGroup),
        X: kinks === 0 ? 0n : 1n,
      },
      note: smallNote(lattice, arrangement),
    };
  },
});

/** t·x/h − θ − first. */
export const position = (
  inputs: readonly AffineForm[],
  { row, step, theta, first }: Pick<KeyDirection, 'row' | 'step' | 'theta' | 'first'>,
): AffineForm =>
  sumForms([
    ...row.map((t, j) => scaleForm(inputs[j]!, mul(rational(t), inverse(step)))),
    constantForm(neg(rational(theta.n + first * theta.d, theta.d))),
  ]);

/** @throws InputError unless the number of rows is absent or between 1 and d. */
export function requireProjected(k: number | undefined, d: number): void {
  if (k !== undefined && !(Number.isInteger(k) && k >= 1 && k <= d)) {
    throw new InputError(`--projected: expected a whole number from 1 to ${d}, got ${k}`);
  }
}

function noLattice(data: Dataset, mu: Rational): AssumptionError {
  const needed = mul(coordinateSeparation(data), rational(1, data.size));
  return new AssumptionError(
    `needs a lattice that keeps its walls off all balls and the classes in different cells, as 2μ < δ∞/N = ` +
      `${formatRational(needed)} makes sure: got 2μ = ${formatRational(mul(rational(2), mu))}, and none found`,
  );
}

function smallNote({ directions, records }: KeyedLattice, arrangement: string): string {
  const cells = directions.map(({ bits }) => `2^${bits}`).join(' × ');
  const how = arrangement === 'hats' ? 'one by one' : 'from packed groups';
  return `a lattice of ${cells} cells, ${records.length} keys looked up ${how}`;
}
