/**
 * One run of the prover over all balls of a dataset, with progress, interruption and kept counterexamples.
 *
 * Main definitions: `proofRun`, `ProofRun`. What is finished is kept at once where there is a cache. Ctrl-C ends the run after the balls in hand; what is finished is reported, and
 * the others are `unknown`.
 */
import type { Construction, Theorem } from '../construction/index.js';
import { InputError, type Norm, type OutputReading } from '../format/index.js';
import { type Dataset, sampleText } from '../geometry/index.js';
import { type Network, networkHash } from '../network/index.js';
import type { KeptVerdict, VerdictCache } from '../regression/index.js';
import { type BallVerdict, type ProveOptions, proveBalls } from '../verify/prove.js';
import { type Query, robustnessQuery } from '../verify/query.js';
import { keptCounterexample } from './kept-counterexample.js';
import { nearestOthers } from './nearest-others.js';
import type { Measured } from './problem.js';
import { progressBar } from './progress-bar.js';

export interface ProofProblem {
  readonly data: Dataset;
  readonly norm: Norm;
  readonly measured: Measured;
  readonly network: Network;
  readonly reading: OutputReading;
  readonly open: boolean;
  readonly built?: { readonly theorem: Theorem; readonly construction: Construction };
  /** Where the network was read from, for counterexamples too large to hold it. */
  readonly networkFile?: string;
}

export interface RunBall extends BallVerdict {
  /** What a kept verdict rests on; left out for one found in this run. */
  readonly cached?: KeptVerdict['by'];
}

export interface ProofRun {
  readonly problem: ProofProblem;
  /** One for every ball asked about, in order. */
  readonly balls: readonly RunBall[];
  /** File of the counterexample of each refuted ball. */
  readonly kept: ReadonlyMap<number, string>;
  /** Why a counterexample could not be kept, if one could not. */
  readonly notKept?: string;
  readonly seconds: number;
  /** Balls that were finished, when the run was interrupted. */
  readonly interruptedAfter?: number;
}

export interface ProofRunOptions extends Omit<ProveOptions, 'onBall' | 'signal' | 'towards'> {
  /** Folder for counterexamples. @defaultValue 'counterexamples' */
  readonly counterexamples?: string;
  /** Samples whose balls are asked about. @defaultValue all */
  readonly only?: readonly number[];
  /** What the progress bar says. */
  readonly title?: string;
  /** Verdicts of earlier runs: those that stand are taken over, new ones are kept at once. @defaultValue none */
  readonly cache?: VerdictCache;
  /** Called when a ball is done, with its query. */
  readonly onDone?: (ball: RunBall, query: () => Query) => void;
}

/** Proves or refutes every ball. */
export async function proofRun(problem: ProofProblem, options: ProofRunOptions): Promise<ProofRun> {
  const { data, network } = problem;
  const start = performance.now();
  const query = (i: number): Query =>
    robustnessQuery(network, data, i, {
      norm: problem.norm,
      radius: problem.measured.radius.radius,
      reading: problem.reading,
      open: problem.open,
    });
  const kept = new Map<number, string>();
  let notKept: string | undefined;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  const samples = options.only ?? data.labels.map((_, i) => i);
  const bar = progressBar(options.title ?? 'balls', samples.length);
  const engine = options.engine ?? 'auto';
  const done = new Map<number, RunBall>();
  const finished = (ball: RunBall): void => {
    const asked = (): Query => query(ball.ball);
    bar.increment();
    done.set(ball.ball, ball);
    options.onDone?.(ball, asked);
    if (ball.verdict.verdict !== 'sat') return;
    try {
      kept.set(ball.ball, keep(problem, asked(), ball, options.counterexamples ?? 'counterexamples'));
    } catch (error) {
      // A full disk costs the file, not the run.
      if (!(error instanceof InputError)) throw error;
      notKept ??= error.message;
    }
  };
  try {
    const left: number[] = [];
    for (const sample of samples) {
      const began = performance.now();
      const found = options.cache?.find(query(sample), engine);
      if (found === undefined) {
        left.push(sample);
        continue;
      }
      await signalsThrough();
      if (controller.signal.aborted) break;
      const seconds = (performance.now() - began) / 1000;
      finished({ ball: sample, verdict: found.verdict, seconds, cached: found.by });
    }
    if (left.length > 0 && !controller.signal.aborted) {
      await proveBalls(network, left.length, (at) => query(left[at]!), {
        ...options,
        signal: controller.signal,
        towards: (at) => nearestOthers(data, left[at]!, problem.norm),
        onBall(result) {
          const ball = { ...result, ball: left[result.ball]! };
          options.cache?.keep(query(ball.ball), engine, ball.verdict);
          finished(ball);
        },
      });
    }
    const verdict = { verdict: 'unknown', reason: 'interrupted' } as const;
    return {
      problem,
      balls: samples.map((i) => done.get(i) ?? { ball: i, verdict, seconds: 0 }),
      kept,
      ...(notKept === undefined ? {} : { notKept }),
      seconds: (performance.now() - start) / 1000,
      ...(controller.signal.aborted ? { interruptedAfter: done.size } : {}),
    };
  } finally {
    bar.stop();
    process.removeListener('SIGINT', stop);
  }
}

/** Lets a signal be heard that came while nothing was waited for. */
const signalsThrough = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Writes the counterexample of a ball and returns its path. */
function keep(problem: ProofProblem, query: Query, ball: BallVerdict, folder: string): string {
  if (ball.verdict.verdict !== 'sat')
    throw new RangeError(`keep: expected a refuted ball, got ${ball.verdict.verdict}`);
  const { data, network, networkFile } = problem;
  const subject = `${sampleText(data, ball.ball)} of ${data.name ?? 'the dataset'}`;
  return keptCounterexample(query, ball.verdict, {
    folder,
    note: `${subject}, network ${networkHash(network).slice(0, 12)}`,
    ...(networkFile === undefined ? {} : { networkFile }),
  });
}
