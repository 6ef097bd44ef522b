/**
 * Matchers for vitest and jest: `expect.extend(muballMatchers)`.
 *
 * Main definitions: `muballMatchers`, `RobustnessSetting`.
 *
 * Both are asynchronous, because a prover may be asked. Messages say of each ball whether it was proved, and by what,
 * or only tested. A ball that nobody decides fails the expectation and its negation alike.
 */
import type { Vector } from '../exact/index.js';
import { evidenceText, InputError, type Norm, type Notion } from '../format/index.js';
import { type Dataset, datasetOf, sampleText } from '../geometry/index.js';
import { type Network, outputReading, readAs } from '../network/index.js';
import { shownValue } from '../regression/encoded-value.js';
import { proveBalls } from '../verify/prove.js';
import type { EngineChoice } from '../verify/prover.js';
import type { Verdict } from '../verify/verdict.js';
import {
  attackBalls,
  attackCorners,
  type BallCase,
  ballQuery,
  isRefutation,
  otherPoints,
  refutation,
} from './ball-attack.js';
import { type ExactInput, exactly } from './exact-input.js';

export interface RobustnessSetting {
  readonly norm: Norm;
  /** μ ≥ 0; a number means its exact binary value. */
  readonly radius: ExactInput;
  /** Who is asked for a proof; `none` only tests. @defaultValue 'auto' */
  readonly prover?: EngineChoice | 'none';
  /** How outputs are read. @defaultValue what the network says; else exact for one output, argmax for several */
  readonly notion?: Notion;
  /** Milliseconds that z3 has for a ball. @defaultValue 60000 */
  readonly timeoutMs?: number;
  /** Points drawn in each ball when nothing is to be proved. @defaultValue 100 */
  readonly points?: number;
  /** @defaultValue 20260101 */
  readonly seed?: number;
}

export interface PointSetting extends RobustnessSetting {
  /** The class that the whole ball should have. */
  readonly label: number;
}

/** What a test runner wants to know. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

interface MatcherContext {
  readonly isNot?: boolean;
}

export const muballMatchers = {
  /**
   * The network has the label of every sample on its whole closed ball.
   * @throws InputError when the network, the dataset and the setting do not fit together.
   */
  async toMemorizeRobustly(
    this: MatcherContext,
    network: Network,
    data: Dataset,
    setting: RobustnessSetting,
  ): Promise<MatcherResult> {
    return await judged(network, data, setting, (i) => sampleText(data, i), this.isNot === true);
  },

  /** The network has one label on the whole closed ball around a point. @throws InputError as `toMemorizeRobustly`. */
  async toBeRobustAt(
    this: MatcherContext,
    network: Network,
    point: readonly ExactInput[],
    setting: PointSetting,
  ): Promise<MatcherResult> {
    const x: Vector = point.map((v, j) => exactly(v, `point[${j}]`));
    return await judged(
      network,
      datasetOf([x], [setting.label]),
      setting,
      () => `point ${shownValue(x)}`,
      this.isNot === true,
    );
  },
};

async function judged(
  network: Network,
  data: Dataset,
  setting: RobustnessSetting,
  subject: (i: number) => string,
  isNot: boolean,
): Promise<MatcherResult> {
  const problem = ballCase(network, data, setting);
  return setting.prover === 'none' ? tested(problem, setting, subject) : await proved(problem, setting, subject, isNot);
}

function ballCase(network: Network, data: Dataset, { norm, radius, notion }: RobustnessSetting): BallCase {
  if (!Array.isArray(network?.layers)) throw new InputError('expect: expected a network, got something else');
  const classCount = data.labels.reduce((most, c) => Math.max(most, c), 0) + 1;
  const reading = notion === undefined ? outputReading(network, classCount) : readAs(network, classCount, notion);
  return { network, data, norm, radius: exactly(radius, 'radius'), reading };
}

function tested(
  problem: BallCase,
  { points = 100, seed = 20260101 }: RobustnessSetting,
  subject: (i: number) => string,
): MatcherResult {
  try {
    attackCorners(problem, subject);
    attackBalls(problem, { seed, drawn: points, searched: points }, subject);
  } catch (error) {
    if (!isRefutation(error)) throw error;
    return { pass: false, message: () => error.message };
  }
  const { data } = problem;
  const what = `no wrong point in ${data.size === 1 ? 'the ball' : `${data.size} balls`}: tested, not proved`;
  return { pass: true, message: () => `expected a wrong point, found ${what}` };
}

async function proved(
  problem: BallCase,
  setting: RobustnessSetting,
  subject: (i: number) => string,
  isNot: boolean,
): Promise<MatcherResult> {
  const { network, data } = problem;
  const { prover = 'auto', timeoutMs } = setting;
  const balls = await proveBalls(network, data.size, (i) => ballQuery(problem, i), {
    engine: prover === 'none' ? 'auto' : prover,
    towards: (i) => otherPoints(data, i),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const verdicts = balls.map(({ verdict }) => verdict);
  const wrong = verdicts.findIndex(({ verdict }) => verdict === 'sat');
  if (wrong >= 0) {
    const found = verdicts[wrong] as Verdict & { verdict: 'sat' };
    const { message } = refutation(problem, ballQuery(problem, wrong), wrong, found.point, subject(wrong));
    return { pass: false, message: () => `${message}\n${summary(verdicts)}` };
  }
  const open = verdicts.findIndex(({ verdict }) => verdict !== 'unsat');
  if (open >= 0) {
    const verdict = verdicts[open]!;
    const why = 'reason' in verdict && verdict.reason !== undefined ? `: ${verdict.reason}` : '';
    // Nothing is known, so neither the expectation nor its negation holds.
    return {
      pass: isNot,
      message: () =>
        `✗ ${subject(open)}: undecided — ${verdict.verdict}${why}; expected a proof or a counterexample\n${summary(verdicts)}`,
    };
  }
  return { pass: true, message: () => `expected a wrong point in some ball, got none\n${summary(verdicts)}` };
}

/** "  balls    2 proved (certificate) · 1 refuted". */
function summary(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const verdict of verdicts) {
    const text =
      verdict.verdict === 'unsat'
        ? evidenceText(verdict.evidence)
        : verdict.verdict === 'sat'
          ? 'refuted (replayed exactly)'
          : verdict.verdict;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return `  balls    ${[...counts].map(([text, n]) => `${n} ${text}`).join(' · ')}`;
}
