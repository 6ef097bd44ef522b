/** A regression run as the plain data that its reports are made of, and its exit code. */
import type { LockFile } from '../format/index.js';
import {
  type BallResult,
  type Change,
  compareInstance,
  missingInstance,
  newInstance,
  type Shard,
  shareOf,
} from '../regression/index.js';
import { fails, type RegressionBall, type RegressionReport } from '../report/regression-report.js';
import { exitCodes } from './exit-codes.js';
import type { InstanceRun, RegressionRun } from './regression-run.js';
import { version } from './version.js';

export interface RegressionContext {
  readonly lock: string;
  readonly locked: LockFile;
  readonly instancesFile: string;
  /** Names of all instances that are listed. */
  readonly listed: readonly string[];
  /** Names that were asked for; missing ones are looked for among these only. @defaultValue all */
  readonly only?: readonly string[];
  readonly lines: ReadonlyMap<string, number>;
  readonly shard: Shard;
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** The report of a run, held against the lock file. */
export function regressionReportOf(run: RegressionRun, context: RegressionContext): RegressionReport {
  const { lock, locked, instancesFile, listed, only, lines, shard, notes, seconds } = context;
  const missing = locked.instances.filter(
    ({ name, samples }) =>
      !listed.includes(name) && (only?.includes(name) ?? true) && shareOf(name, samples, shard).whole,
  );
  return {
    lock,
    instancesFile,
    muball: { locked: locked.muball, now: version },
    ...(shard.of === 1 ? {} : { shard }),
    instances: run.instances.map(({ name, samples, share, result, failure }) => {
      const line = lines.get(name);
      return {
        name,
        ...(line === undefined ? {} : { line }),
        samples,
        whole: share.whole,
        balls: (result?.balls ?? []).map(regressionBall),
        ...(failure === undefined ? {} : { failure }),
      };
    }),
    changes: [...run.instances.flatMap((instance) => changesOf(instance, locked)), ...missing.map(missingInstance)],
    notes,
    interrupted: run.interrupted,
    seconds,
  };
}

function changesOf({ name, share, result }: InstanceRun, locked: LockFile): readonly Change[] {
  if (result === undefined) return [];
  const before = locked.instances.find((instance) => instance.name === name);
  return before === undefined ? newInstance(result) : compareInstance(before, result, { whole: share.whole });
}

/** A ball as reports show it. */
export function regressionBall({ sample, line, label, verdict, seconds, cached }: BallResult): RegressionBall {
  const reason = verdict.verdict === 'unknown' || verdict.verdict === 'timed-out' ? verdict.reason : undefined;
  return {
    sample,
    ...(line === undefined ? {} : { line }),
    label,
    verdict: verdict.verdict,
    ...(verdict.verdict === 'unsat' ? { evidence: verdict.evidence } : {}),
    ...(reason === undefined ? {} : { reason }),
    seconds,
    ...(cached === undefined ? {} : { cached }),
  };
}

/**
 * The exit code: 130 when interrupted; else 5 (a contradiction, an internal error) over 1 (something got worse) over
 * 2 and 4 (an instance could not be run) over 0.
 */
export function regressionExit({
  interrupted,
  instances,
  changes,
}: Pick<RegressionReport, 'interrupted' | 'changes'> & {
  readonly instances: readonly { readonly failure?: { readonly code: number } }[];
}): number {
  if (interrupted) return exitCodes.interrupted;
  const codes = new Set(instances.flatMap(({ failure }) => (failure === undefined ? [] : [failure.code])));
  if (changes.some(({ direction }) => direction === 'contradiction')) codes.add(exitCodes.internal);
  if (changes.some(fails)) codes.add(exitCodes.counterexample);
  const order = [exitCodes.internal, exitCodes.counterexample, exitCodes.badInput, exitCodes.assumption];
  return order.find((code) => codes.has(code)) ?? exitCodes.asAsked;
}
