/** The verification ladder, ball by ball. */
import type { Vector } from '../exact/index.js';
import type { Network } from '../network/index.js';
import { type ProverOptions, prover } from './prover.js';
import type { Query } from './query.js';
import type { Verdict } from './verdict.js';

export interface ProveOptions extends ProverOptions {
  /** Points that counterexamples may lie towards, such as differently labelled samples. */
  readonly towards?: (ball: number) => readonly Vector[];
  /** Called when a ball is done. */
  readonly onBall?: (ball: BallVerdict) => void;
}

export interface BallVerdict {
  /** Number of the ball, from 0. */
  readonly ball: number;
  readonly verdict: Verdict;
  readonly seconds: number;
}

/**
 * Verdicts for the queries 0 … count − 1 about one network, in order. After an abort, the balls finished so far.
 * @throws InternalError when engines disagree, a certificate is refused, or a counterexample does not replay.
 */
export async function proveBalls(
  network: Network,
  count: number,
  query: (ball: number) => Query,
  options: ProveOptions = {},
): Promise<BallVerdict[]> {
  const { signal } = options;
  const jobs = Math.max(1, Math.min(options.jobs ?? 1, count));
  const ladder = prover(network, count, { ...options, jobs });
  const aborted = (): boolean => signal?.aborted === true;
  const results: BallVerdict[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count && !aborted()) {
      const ball = next++;
      const start = performance.now();
      const verdict = await ladder.verify(query(ball), {
        towards: options.towards?.(ball) ?? [],
        subject: `ball ${ball}`,
      });
      if (aborted() && verdict.verdict !== 'unsat' && verdict.verdict !== 'sat') return;
      const result = { ball, verdict, seconds: (performance.now() - start) / 1000 };
      results.push(result);
      options.onBall?.(result);
      // Lets signals and progress through between balls that were decided without waiting.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, runner));
  } finally {
    // After a failure the other runners stop at the ball they have.
    next = count;
    await ladder.close();
  }
  return results.sort((a, b) => a.ball - b.ball);
}
