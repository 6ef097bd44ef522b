/**
 * What a regression run found, as plain data: every instance with its balls, and what changed since it was locked.
 *
 * Main definitions: `RegressionReport` (filled by the command line, rendered by regress-text.ts, regress-json.ts,
 * junit.ts and github.ts), `instanceEntries` (how each instance stands), `changeText`.
 */
import { rangesText } from '../format/index.js';
import { type Change, type Direction, directions } from '../regression/compare.js';
import type { Shard } from '../regression/shard.js';
import { plainText } from './plain-text.js';
import type { BallReport } from './proof-report.js';

export interface RegressionReport {
  /** Paths, as they were given. */
  readonly lock: string;
  readonly instancesFile: string;
  /** Versions of muball: that of the lock file, and this one. */
  readonly muball: { readonly locked: string; readonly now: string };
  /** Left out for the whole. */
  readonly shard?: Shard;
  /** Instances that had a part in this run, in the order of their list. */
  readonly instances: readonly InstanceReport[];
  /** Of these instances, and of locked ones that are missing. */
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
  /** Whether the run was stopped before its end. */
  readonly interrupted: boolean;
  readonly seconds?: number;
}

export interface InstanceReport {
  readonly name: string;
  /** Its line in the list of instances. */
  readonly line?: number;
  /** Samples of the whole dataset; 0 when it could not be read. */
  readonly samples: number;
  /** Whether dataset, network and sizes were compared in this run. */
  readonly whole: boolean;
  /** The balls of this run. */
  readonly balls: readonly RegressionBall[];
  /** Why there are no verdicts. */
  readonly failure?: InstanceFailure;
}

export interface RegressionBall extends BallReport {
  /** Left out for a verdict found in this run; else what was done with the kept one. */
  readonly cached?: 'replayed' | 'checked' | 'believed';
}

export interface InstanceFailure {
  readonly message: string;
  /** Exit code: 2 bad input, 4 hypothesis violated, 5 internal. */
  readonly code: number;
}

/** How an instance stands: its most urgent change, `failed` before all. */
export type Standing = 'failed' | Direction | 'as locked';

/** Standings, most urgent first. */
export const standings: readonly Standing[] = ['failed', ...directions, 'as locked'];

/** All that a report says of one instance. */
export interface InstanceEntry {
  readonly name: string;
  readonly standing: Standing;
  /** Left out for an instance that is missing from the list. */
  readonly instance?: InstanceReport;
  readonly changes: readonly Change[];
}

/** The instances that a report speaks of: those that ran, in order, then those that are missing. */
export function instanceEntries(report: RegressionReport): InstanceEntry[] {
  const instances = new Map(report.instances.map((instance) => [instance.name, instance]));
  const changes = new Map<string, Change[]>();
  for (const change of report.changes) {
    const own = changes.get(change.instance);
    if (own === undefined) changes.set(change.instance, [change]);
    else own.push(change);
  }
  return [...new Set([...instances.keys(), ...changes.keys()])].map((name) => {
    const instance = instances.get(name);
    const own = changes.get(name) ?? [];
    const found = directions.find((direction) => own.some((change) => change.direction === direction));
    const standing = instance?.failure === undefined ? (found ?? 'as locked') : 'failed';
    return { name, standing, ...(instance === undefined ? {} : { instance }), changes: own };
  });
}

/** Whether a change is one that fails a run. */
export const fails = ({ direction }: Change): boolean => direction === 'contradiction' || direction === 'worse';

/** "sample 3: locked proved (certificate), now sat (counterexample)". */
export function changeText(change: Change): string {
  return `${subjectText(change)}: locked ${plainText(change.locked)}, now ${plainText(change.now)}`;
}

/** "nonzero", "sample 3", "samples 0-4, 7 (6 balls)". */
export function subjectText({ what, samples }: Change): string {
  if (samples === undefined) return plainText(what);
  if (samples.length === 1) return `sample ${samples[0]}`;
  const list = rangesText(samples).replaceAll(',', ', ');
  const shown = list.length <= longestList ? list : `${list.slice(0, list.lastIndexOf(',', longestList))}, …`;
  return `samples ${shown} (${samples.length} balls)`;
}

/** Characters of a list of samples that are shown. */
const longestList = 60;
