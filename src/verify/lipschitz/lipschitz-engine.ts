/**
 * Robustness from margins and Lipschitz constants, an engine of its own: it shares no proof with the others.
 *
 * Main definitions: `lipschitzEngine`, `LipschitzEngine`.
 *
 * Main statement. Let a constraint say g(y) = a·y + b ≥ 0 of the outputs, m = −g(f(c)) be its margin at the centre c of a
 * ball of radius r, and K a Lipschitz constant of a·f on the ball. Then g(f(x)) ≤ −m + K‖x − c‖, so the constraint holds
 * nowhere on the closed ball if m > Kr, nor on the open one if m = Kr > 0; a strict constraint nowhere if m ≥ Kr. A
 * conjunction holds nowhere if one of its constraints does.
 *
 * Sign labels have the margin |f(c)|, rounded ones 1/2 − |f(c) − y|, argmax the differences of the outputs. Exact labels have
 * the margin 0, which is enough for K = 0 alone: no Lipschitz constant keeps a value from moving a little. So of them
 * this engine proves only balls on which the network is seen to be constant.
 *
 * Implementation notes. A box is asked about as an ℓ∞ ball around it. The engine never says `sat`.
 * Reference: [YGZ, Thm 5.2] for its use; the inequality is the definition of K.
 */
import {
  add,
  compare,
  decimalText,
  div,
  formatRational,
  half,
  less,
  max,
  mul,
  neg,
  type Rational,
  sub,
  zero,
} from '../../exact/index.js';
import { type Ball, ball, type Region } from '../../geometry/index.js';
import { evaluate, type Network } from '../../network/index.js';
import type { Constraint, Query } from '../query.js';
import { constraintValue, type Verdict } from '../verdict.js';
import { type LipschitzConstants, lipschitzConstants } from './constants.js';
import { constraintFunctional } from './functional.js';

export interface LipschitzEngine {
  /** `unsat`, or `unknown` with the margin, the constant and the radius that they prove. */
  verify(query: Query): Promise<Verdict>;
}

/** The engine for one network. */
export function lipschitzEngine(network: Network, constants = lipschitzConstants(network)): LipschitzEngine {
  return {
    async verify(query) {
      const around = ballAround(query.region);
      const outputs = evaluate(network, around.centre);
      for (const conjunction of query.unsafe) {
        let first: string | undefined;
        let isRefuted = false;
        for (const c of conjunction) {
          const shortfall = await shortfallOf(c, neg(constraintValue(c, outputs)), around, constants);
          isRefuted = shortfall === undefined;
          if (isRefuted) break;
          first ??= shortfall;
        }
        if (!isRefuted) return { verdict: 'unknown', reason: first ?? 'every output is unsafe' };
      }
      return { verdict: 'unsat', evidence: { level: 'engine', engines: ['lipschitz'] } };
    },
  };
}

/** Why a constraint of margin m at the centre may hold somewhere on the ball; undefined when it holds nowhere. */
async function shortfallOf(
  constraint: Constraint,
  margin: Rational,
  region: Ball,
  constants: LipschitzConstants,
): Promise<string | undefined> {
  const { norm, radius, open } = region;
  if (margin.n < 0n || (margin.n === 0n && !constraint.strict)) return 'the output at the centre is unsafe';
  if (radius.n === 0n) return undefined;
  const functional = constraintFunctional(constraint);
  let least: Rational | undefined;
  for (const found of [() => constants.everywhere(norm, functional), () => constants.on(region, functional)]) {
    for await (const constant of found()) {
      if (least === undefined || less(constant, least)) least = constant;
      const side = compare(margin, mul(constant, radius));
      if (side > 0 || (side === 0 && (constraint.strict || (open && margin.n > 0n)))) return undefined;
    }
  }
  if (least === undefined) return 'no constant is known, where steps may change there is none';
  if (margin.n === 0n) return 'exact labels leave no margin, and the output is not seen to be constant on the ball';
  return `margin ${shown(margin)} over constant ${shown(least)} is ${shown(div(margin, least))}, the radius ${shown(radius)}`;
}

/** The ball itself; for a box the smallest ℓ∞ ball around its middle that holds it. */
function ballAround(region: Region): Ball {
  if (region.kind === 'ball') return region;
  const { lower, upper } = region;
  const centre = lower.map((v, j) => mul(half, add(v, upper[j]!)));
  return ball('linf', centre, mul(half, upper.map((v, j) => sub(v, lower[j]!)).reduce(max, zero)));
}

function shown(a: Rational): string {
  const text = formatRational(a);
  return text.length <= 24 ? text : `≈ ${decimalText(a, 6)}`;
}
