/**
 * Random verification queries: a network, a region of inputs, an unsafe set of outputs.
 *
 * Main definitions: `query`, `QueryConstraints`, `Intent`.
 *
 * Both verdicts are frequent by construction. A `reached` unsafe set contains the output of a point of the region; a
 * `beyond` one lies outside interval bounds of the outputs; a `between` one starts between the output of a point and such
 * a bound, where either verdict is possible and the answer is hardest.
 */
import type { Arbitrary, Random } from 'fast-check';
import { add, addVectors, mul, neg, type Rational, rational, sub, type Vector, zero } from '../exact/index.js';
import { InputError, type Norm, norms } from '../format/index.js';
import { type Ball, type Box, ball, type Region } from '../geometry/index.js';
import { evaluate, inputDimension, type Network, outputDimension } from '../network/index.js';
import { oneIn, permutation, pick, whole } from './draw.js';
import { type NetworkConstraints, networkDraw, networkRules } from './network.js';
import { isNetwork, satisfiesNetworkRules } from './network-validity.js';
import { linearRange, outputRange } from './output-range.js';
import { pointInBall } from './point-in-ball.js';
import type { OutputConstraint, QueryInstance } from './query-instance.js';
import { queryProposals, querySize } from './query-shrinks.js';
import { isRegion, isUnsafeSet } from './query-validity.js';
import { shrinking } from './shrinking.js';

/** How an unsafe set is placed: containing an output, outside all outputs, or between the two. */
export type Intent = 'reached' | 'beyond' | 'between';

export interface QueryConstraints {
  /** The networks; their outputs are not read as labels. @defaultValue as `network`, without readings */
  readonly network?: NetworkConstraints;
  /** Norms of balls; none for boxes only. @defaultValue all */
  readonly norms?: readonly Norm[];
  /** Whether boxes occur. @defaultValue true */
  readonly boxes?: boolean;
  /** Whether open balls occur. @defaultValue true */
  readonly open?: boolean;
  /** How unsafe sets are placed; shrinks do not keep to it. @defaultValue all */
  readonly intents?: readonly Intent[];
}

/**
 * Queries within the constraints. Empty disjunctions and empty conjunctions occur too.
 * @throws InputError when no query satisfies the constraints.
 */
export function query(constraints: QueryConstraints = {}): Arbitrary<QueryInstance> {
  const { boxes = true, open = true, norms: allowed = norms, intents = ['reached', 'beyond', 'between'] } = constraints;
  const rules = networkRules({ readings: false, ...constraints.network });
  const kinds: readonly (Norm | 'box')[] = boxes ? [...allowed, 'box'] : allowed;
  if (kinds.length === 0) throw new InputError('query: expected norms or boxes, got neither');
  if (intents.length === 0) throw new InputError('query.intents: expected at least one, got none');
  return shrinking<QueryInstance>({
    draw: (random, bias) => {
      const network = networkDraw(random, bias, rules);
      const region = drawRegion(random, inputDimension(network), pick(random, kinds), open);
      return { network, region, unsafe: drawUnsafe(random, network, region, pick(random, intents)) };
    },
    accepts: (value) => {
      if (typeof value !== 'object' || value === null) return false;
      const { network, region, unsafe } = value as Partial<QueryInstance>;
      if (!isNetwork(network) || !satisfiesNetworkRules(network, rules)) return false;
      if (!isRegion(region, inputDimension(network)) || !isUnsafeSet(unsafe, outputDimension(network))) return false;
      return region.kind === 'box' ? boxes : allowed.includes(region.norm) && (open || !region.open);
    },
    proposals: queryProposals,
    size: querySize,
  });
}

const coordinate = (random: Random): Rational => rational(whole(random, -8, 8), pick(random, [1, 1, 2, 3]));
const length = (random: Random): Rational =>
  oneIn(random, 8) ? zero : rational(whole(random, 1, 12), pick(random, [1, 2, 4, 1000]));

function drawRegion(random: Random, d: number, kind: Norm | 'box', open: boolean): Region {
  const centre = Array.from({ length: d }, () => coordinate(random));
  if (kind === 'box') {
    return {
      kind,
      lower: centre,
      upper: addVectors(
        centre,
        centre.map(() => length(random)),
      ),
    };
  }
  const radius = length(random);
  return ball(kind, centre, radius, open && radius.n !== 0n && oneIn(random, 4));
}

/** A point of the region, on the boundary of a closed one now and then. */
function drawPoint(random: Random, region: Region): Vector {
  if (region.kind === 'ball') return ballPoint(random, region);
  return boxPoint(random, region);
}

const ballPoint = (random: Random, { centre, radius, norm, open }: Ball): Vector =>
  pointInBall(centre, radius, norm, open ? { places: ['interior', 'centre'] } : {}).generate(random, undefined).value;

const boxPoint = (random: Random, { lower, upper }: Box): Vector =>
  lower.map((low, j) => add(low, mul(sub(upper[j]!, low), rational(whole(random, 0, 4), 4))));

function drawUnsafe(random: Random, network: Network, region: Region, intent: Intent): QueryInstance['unsafe'] {
  if (oneIn(random, 40)) return [];
  if (oneIn(random, 40)) return [[]];
  const y = evaluate(network, drawPoint(random, region));
  const bounds = outputRange(network, region);
  const outputs = y.length;
  const far = (): OutputConstraint => {
    const { columns, weights } = drawForm(random, outputs);
    const { high } = linearRange(columns, weights, zero, bounds);
    const gap = oneIn(random, 3) ? zero : rational(whole(random, 1, 6), pick(random, [1, 4, 1000]));
    return { columns, weights, bias: neg(add(high, gap)), strict: gap.n === 0n || oneIn(random, 3) };
  };
  const valueAtPoint = (columns: readonly number[], weights: Vector): Rational =>
    linearRange(
      columns,
      weights,
      zero,
      y.map((v) => ({ low: v, high: v })),
    ).high;
  const around = (slack: Rational): OutputConstraint => {
    const { columns, weights } = drawForm(random, outputs);
    return {
      columns,
      weights,
      bias: sub(slack, valueAtPoint(columns, weights)),
      strict: slack.n > 0n && oneIn(random, 3),
    };
  };
  const between = (): OutputConstraint => {
    const { columns, weights } = drawForm(random, outputs);
    const value = valueAtPoint(columns, weights);
    const { high } = linearRange(columns, weights, zero, bounds);
    const share = pick(random, [rational(1, 100), rational(1, 8), rational(1, 3), rational(3, 4)]);
    return { columns, weights, bias: neg(add(value, mul(share, sub(high, value)))), strict: oneIn(random, 2) };
  };
  const conjunction = (): OutputConstraint[] => {
    const inside = rational(whole(random, 0, 6), pick(random, [1, 4, 1000]));
    const first = intent === 'reached' ? around(inside) : intent === 'beyond' ? far() : between();
    if (oneIn(random, 2)) return [first];
    const loose = rational(whole(random, intent === 'reached' ? 0 : -3, 3), 2);
    return oneIn(random, 2) ? [first, around(loose)] : [around(loose), first];
  };
  const conjunctions = [conjunction()];
  while (oneIn(random, 3)) conjunctions.push(conjunction());
  return conjunctions;
}

/** A linear form of one output or two, not 0. */
function drawForm(random: Random, outputs: number): { columns: number[]; weights: Rational[] } {
  const used = outputs > 1 && oneIn(random, 2) ? 2 : 1;
  const columns = permutation(random, outputs)
    .slice(0, used)
    .sort((a, b) => a - b);
  return {
    columns,
    weights: columns.map(() => rational(pick(random, [-2, -1, -1, 1, 1, 3]), pick(random, [1, 1, 2]))),
  };
}
