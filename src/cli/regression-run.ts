/**
 * Running named instances, ball by ball, with kept verdicts.
 *
 * Main definitions: `regressionRun`, `RegressionRun`. An instance that cannot be run does not stop the others. Every
 * decided ball is kept at once, so a run that is stopped loses only the balls in hand.
 */
import { createHash } from 'node:crypto';
import { formatRational } from '../exact/index.js';
import { type CertificateFile, certificateText, type InstanceFile } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';
import { networkHash } from '../network/index.js';
import {
  type BallResult,
  datasetHash,
  type InstanceResult,
  type Shard,
  type Share,
  shareOf,
  sizesOf,
  type VerdictCache,
} from '../regression/index.js';
import { certificateOf } from '../verify/certificate-of.js';
import { type Query, robustnessQuery } from '../verify/query.js';
import type { Verdict } from '../verify/verdict.js';
import { failure } from './failure.js';
import { instanceData, instanceProblem } from './instance-problem.js';
import { note } from './print.js';
import { type ProofProblem, proofRun, type RunBall } from './proof-run.js';

export interface RegressionRunOptions {
  /** Where the instances are listed; their paths are relative to it. */
  readonly file: string;
  readonly shard: Shard;
  readonly cache?: VerdictCache;
  readonly jobs: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Folder for counterexamples. */
  readonly counterexamples: string;
}

export interface RegressionRun {
  readonly instances: readonly InstanceRun[];
  readonly interrupted: boolean;
}

/** One instance: its result, or why there is none. */
export interface InstanceRun {
  readonly name: string;
  /** Samples of the whole dataset; 0 when it could not be read. */
  readonly samples: number;
  readonly share: Share;
  readonly result?: InstanceResult;
  readonly failure?: { readonly message: string; readonly code: number };
}

/** Runs the instances in which the shard has a part, in order. */
export async function regressionRun(
  instances: readonly InstanceFile[],
  options: RegressionRunOptions,
): Promise<RegressionRun> {
  const runs: InstanceRun[] = [];
  let interrupted = false;
  const stop = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', stop);
  try {
    for (const instance of instances) {
      if (interrupted) break;
      const start = performance.now();
      const run = await instanceRun(instance, options, () => interrupted);
      if (run === undefined) continue;
      runs.push(run);
      const balls = run.result?.balls.length;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      note(`${instance.name}: ${balls === undefined ? 'could not be run' : `${balls} balls`} in ${seconds} s`);
      await signalsThrough();
    }
  } finally {
    process.removeListener('SIGINT', stop);
  }
  return { instances: runs, interrupted };
}

/** Lets a signal be heard that came while nothing was waited for. */
const signalsThrough = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Undefined when the shard has no part in the instance. */
async function instanceRun(
  asked: InstanceFile,
  options: RegressionRunOptions,
  stopped: () => boolean,
): Promise<InstanceRun | undefined> {
  const { name } = asked;
  let data: Dataset | undefined;
  let share: Share = { samples: [], whole: true };
  try {
    data = await instanceData(asked, options.file);
    share = shareOf(name, data.size, options.shard);
    if (share.samples.length === 0 && !share.whole) return undefined;
    const problem = await instanceProblem(asked, data, options.file);
    const balls = await ballsOf(asked, problem, share, options, stopped);
    const result: InstanceResult = {
      asked,
      dataset: datasetHash(data),
      samples: data.size,
      radius: formatRational(problem.measured.radius.radius),
      network: networkHash(problem.network),
      sizes: sizesOf(problem.network),
      balls,
    };
    return { name, samples: data.size, share, result };
  } catch (error) {
    const { message, code } = failure(error);
    const why = { message: message.replace(/^muball: /, ''), code };
    return { name, samples: data?.size ?? 0, share, failure: why };
  }
}

async function ballsOf(
  asked: InstanceFile,
  problem: ProofProblem,
  { samples }: Share,
  options: RegressionRunOptions,
  stopped: () => boolean,
): Promise<BallResult[]> {
  const { data, network, norm, measured, reading, open } = problem;
  const engine = asked.engine ?? 'auto';
  const query = (i: number): Query =>
    robustnessQuery(network, data, i, { norm, radius: measured.radius.radius, reading, open });
  const ballResult = (sample: number, verdict: Verdict, seconds: number, more: Partial<BallResult>): BallResult => {
    const certificate = certificateOf(query(sample), verdict);
    return {
      sample,
      ...(data.lines === undefined ? {} : { line: data.lines[sample]! }),
      label: data.labels[sample]!,
      verdict,
      seconds,
      ...(certificate === undefined ? {} : { certificate: certificateHash(certificate) }),
      ...more,
    };
  };

  if (stopped()) return [];
  // Of an interrupted run, the balls that were finished.
  const finished: RunBall[] = [];
  const { kept, notKept } = await proofRun(problem, {
    engine,
    jobs: options.jobs,
    timeoutMs: options.timeoutMs,
    memoryMb: options.memoryMb,
    counterexamples: options.counterexamples,
    only: samples,
    title: asked.name,
    ...(options.cache === undefined ? {} : { cache: options.cache }),
    onDone: (ball) => void finished.push(ball),
  });
  if (notKept !== undefined) note(notKept);
  return finished
    .map(({ ball, verdict, seconds, cached }) => {
      const counterexample = kept.get(ball);
      return ballResult(ball, verdict, seconds, {
        ...(cached === undefined ? {} : { cached }),
        ...(counterexample === undefined ? {} : { counterexample }),
      });
    })
    .sort((a, b) => a.sample - b.sample);
}

/** SHA-256 of the text of a certificate. */
const certificateHash = (certificate: CertificateFile): string =>
  createHash('sha256').update(certificateText(certificate)).digest('hex');
