/**
 * The moderate regime, made exact by a gate: groups of samples, each looked up by lattice keys.
 *
 * Requires: a dataset in ℚᵈ without contradictions, any classes; 0 ≤ μ in ℓ1, ℓ2 or ℓ∞, such that some tried lattice serves
 *   groups; 2μ < δ∞ suffices, that is every ρ < 1 in ℓ∞, and ρ < 1/√d in ℓ2, ρ < 1/d in ℓ1.
 * Returns: width at most max(5k + 3, k + 10, C − 1) for k lattice directions; about N/s groups, s near δ∞/(2μ), of
 *   Õ(√s) layers each.
 * Guarantees: F(x) = y_i, exactly, on the whole closed ball.
 * Method: z = lattice coordinates, carried. Each group has walls that its own balls stay γ away from; floors give a key,
 *   a memorizer its value y. Balls of other groups may cross walls, where keys are wrong; the strip gate is at least
 *   c = C − 1 there and 0 on the group's balls. acc ← max(acc, min(y, c) − gate): in a strip the candidate is ≤ 0;
 *   elsewhere the key is right, and is unknown (0) or that of an active cell, which foreign balls never meet outside
 *   strips. So no candidate exceeds the label, and the own group gives it.
 * Reference: [KMY, Thm 4.2 (ii)], there with an error probability on each ball; the gate, and with it exactness, is ours.
 */
import { formatRational, inverse, mul, neg, type Rational, rational } from '../../exact/index.js';
import { AssumptionError } from '../../format/index.js';
import type { Dataset, LatticeDirection } from '../../geometry/index.js';
import {
  type AffineForm,
  advanceLayer,
  type BitExtraction,
  carrier,
  constantForm,
  integerParts,
  keyLookup,
  type Network,
  type SequentialBuilder,
  scaleForm,
  sequentialBuilder,
  shorterArrangement,
  stripGate,
  sumForms,
} from '../../network/index.js';
import { baseVariables, constantConstruction, exactReading, prepare, provenanceOf, requireSize } from '../prepare.js';
import { type Claim, theorem } from '../theorem.js';
import { type ClassRanks, classOfRank, classRanks } from './class-ranks.js';
import { coordinateRatio, latticeBitsFormula, lookupLayersFormula, lookupWidth } from './kmy-claims.js';
import { guaranteedGroup, type ModerateGroup, type ModeratePlan, moderatePlan } from './moderate-plan.js';
import { requireProjected } from './small.js';
import { coordinateSeparation, latticeSpread } from './small-lattice.js';

const name = 'kmy-moderate';

const widthFormula = (extraction: BitExtraction): string => `max(5*k + 3, k + ${lookupWidth[extraction] + 2}, C - 1)`;
const depth = `(ceil(N/S)*(2*${latticeBitsFormula} + 4 + ${lookupLayersFormula(`k*${latticeBitsFormula}`)}) + 3)`;

const claimsFor = (extraction: BitExtraction): readonly Claim[] => [
  { quantity: 'width', theorem: widthFormula(extraction) },
  { quantity: 'depth', theorem: depth },
  { quantity: 'nonzero', theorem: `k*(d + 1) + ${depth}*(27*k + 60) + 3*C` },
  {
    quantity: 'parameters',
    theorem: `(d + 1)*k + ${depth}*(${widthFormula(extraction)} + 1)*${widthFormula(extraction)}`,
  },
];

export const kmyModerate = theorem({
  name,
  title: 'moderate regime: groups of samples with lattice keys, exact by a gate around walls',
  reference: '[KMY, Thm 4.2 (ii)], made exact',
  norms: ['linf', 'l1', 'l2'],
  balls: 'closed',
  range: { text: 'ρ < d^(−1/p)', end: coordinateRatio },
  construct(given, options) {
    const { norm, radius: mu, extraction = 'peeling' } = options;
    const claims = claimsFor(extraction);
    const prepared = prepare(given, norm, mu);
    const { data } = prepared;
    if (prepared.separation === undefined) return constantConstruction(prepared, name, options, claims);
    requireProjected(options.projected, data.dimension);
    const ranks = classRanks(data.labels);
    const plan = moderatePlan(data, ranks, norm, mu, options);
    if (plan === undefined) throw noPlan(data, mu);
    const k = plan.directions.length;
    requireSize(
      k * (data.dimension + 1) + plan.groups.reduce((sum, { records }) => sum + (records.length + 8) * (k + 8), 0),
      options,
    );
    const network = moderateNetwork(data, ranks, plan, { extraction });
    return {
      network: { ...network, output: exactReading(data), provenance: provenanceOf(name, options) },
      claims,
      variables: {
        ...baseVariables(prepared),
        R: latticeSpread(data),
        S: guaranteedGroup(data, mu),
        k: BigInt(k),
        Gn: BigInt(plan.groups.length),
      },
      note: moderateNote(plan),
    };
  },
});

export interface ModerateNetworkOptions {
  /** Whether strips around walls are gated; without it labels are wrong there. @defaultValue true */
  readonly gated?: boolean;
  /** How packed bits are read. @defaultValue 'peeling' */
  readonly extraction?: BitExtraction;
}

/** The network of a plan. */
export function moderateNetwork(
  data: Dataset,
  ranks: ClassRanks,
  plan: ModeratePlan,
  { gated = true, extraction = 'peeling' }: ModerateNetworkOptions = {},
): Network {
  const builder = sequentialBuilder(data.dimension);
  let z: readonly AffineForm[] = builder.layer(
    'relu',
    plan.directions.map((direction, r) => latticeCoordinate(builder.inputs, direction, plan.low[r]!)),
  );
  let acc: AffineForm | undefined;
  plan.groups.forEach((group, g) => {
    const last = g === plan.groups.length - 1;
    [z, acc] = groupLayers(builder, z, acc, group, { height: ranks.classes.length - 1, last, gated, extraction });
  });
  return builder.network([classOfRank(builder, ranks, acc!)]);
}

interface GroupSetting {
  readonly height: number;
  readonly last: boolean;
  readonly gated: boolean;
  readonly extraction: BitExtraction;
}

/** The layers of one group: z and the accumulator before, and after. */
function groupLayers(
  builder: SequentialBuilder,
  z: readonly AffineForm[],
  acc: AffineForm | undefined,
  group: ModerateGroup,
  { height, last, gated, extraction }: GroupSetting,
): [readonly AffineForm[], AffineForm] {
  const c = rational(height);
  const local = group.directions.map((direction, r) => ({
    ...direction,
    form: sumForms([z[r]!, constantForm(sub1(direction.theta))]),
  }));
  const carriedZ = carrier(last ? [] : z);
  const carriedAcc = carrier(acc === undefined ? [] : [acc]);
  const cells = integerParts(local);
  const gate = stripGate(gated ? local : [], c);
  while (cells.pending() || gate.pending()) advanceLayer(builder, [carriedZ, carriedAcc, cells, gate]);
  const { arrangement } = shorterArrangement(group.records, { extraction });
  const lookup = keyLookup(arrangement, cells.key(), group.records, { extraction });
  while (lookup.pending()) advanceLayer(builder, [carriedZ, carriedAcc, gate, lookup]);
  const missing = carrier([sumForms([constantForm(c), scaleForm(lookup.value(), rational(-1))])]);
  advanceLayer(builder, [carriedZ, carriedAcc, gate, missing]);
  const before = carriedAcc.values();
  const found = carrier([
    sumForms([
      constantForm(c),
      ...[...missing.values(), gate.value(), ...before].map((form) => scaleForm(form, rational(-1))),
    ]),
  ]);
  advanceLayer(builder, [carriedZ, carriedAcc, found]);
  return [carriedZ.values(), sumForms([...carriedAcc.values(), ...found.values()])];
}

/** 1 − θ. */
const sub1 = (theta: Rational): Rational => rational(theta.d - theta.n, theta.d);

/** t·x/h − low. */
const latticeCoordinate = (inputs: readonly AffineForm[], { row, step }: LatticeDirection, low: bigint): AffineForm =>
  sumForms([
    ...row.map((t, j) => scaleForm(inputs[j]!, mul(rational(t), inverse(step)))),
    constantForm(neg(rational(low))),
  ]);

function moderateNote({ directions, groups }: ModeratePlan): string {
  const largest = groups.reduce((most, { samples }) => Math.max(most, samples.length), 0);
  const how =
    groups.length === 1 ? `one group of ${largest} samples` : `${groups.length} groups of up to ${largest} samples`;
  return `${how} on a lattice of ${directions.length} direction${directions.length === 1 ? '' : 's'}`;
}

function noPlan(data: Dataset, mu: Rational): AssumptionError {
  return new AssumptionError(
    `needs a lattice that separates the classes group by group, as 2μ < δ∞ = ` +
      `${formatRational(coordinateSeparation(data))} makes sure: got 2μ = ${formatRational(mul(rational(2), mu))}, and none found`,
  );
}
