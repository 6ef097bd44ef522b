/**
 * What a run found out about one instance: the same facts that a lock file records, of all balls or some.
 *
 * Main definitions: `InstanceResult`, `BallResult`, `lockedInstance` (the result as it is locked).
 */
import { createHash } from 'node:crypto';
import {
  type InstanceFile,
  InternalError,
  type LockedInstance,
  type LockedSizes,
  type RationalText,
  rangesText,
} from '../format/index.js';
import { complexity, type Network } from '../network/index.js';
import type { Verdict } from '../verify/verdict.js';
import { type Outcome, outcomeOf, outcomeWords, rank } from './outcome.js';

export interface BallResult {
  readonly sample: number;
  /** Line of its file, where there is one. */
  readonly line?: number;
  readonly label: number;
  readonly verdict: Verdict;
  readonly seconds: number;
  /** SHA-256 of the certificate that the checker accepted, where there is one. */
  readonly certificate?: string;
  /** Left out for a verdict found in this run; else what the kept verdict rests on. */
  readonly cached?: 'replayed' | 'checked' | 'believed';
  /** File of the counterexample. */
  readonly counterexample?: string;
}

export interface InstanceResult {
  readonly asked: InstanceFile;
  /** SHA-256 of the dataset. */
  readonly dataset: string;
  readonly samples: number;
  /** μ. */
  readonly radius: RationalText;
  /** SHA-256 of the network. */
  readonly network: string;
  readonly sizes: LockedSizes;
  /** In increasing order of samples; all of them, unless only a part was asked for or the run was interrupted. */
  readonly balls: readonly BallResult[];
}

/** The sizes that are locked. */
export function sizesOf(network: Network): LockedSizes {
  const { width, depth, nonzero, parameters, bits } = complexity(network);
  return { width, depth, nonzero, parameters: String(parameters), bits };
}

/** SHA-256 over the samples that have a certificate and their certificates; undefined when none has. */
export function certificatesHash(balls: readonly BallResult[]): string | undefined {
  const certified = balls.filter((ball) => ball.certificate !== undefined);
  if (certified.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const { sample, certificate } of certified) hash.update(`${sample} ${certificate}\n`);
  return hash.digest('hex');
}

/** The result as it is locked. @throws InternalError unless it covers every sample. */
export function lockedInstance(result: InstanceResult): LockedInstance {
  const { asked, dataset, samples, radius, network, sizes, balls } = result;
  if (balls.length !== samples) {
    throw new InternalError(`${asked.name}: expected verdicts for ${samples} samples to lock, got ${balls.length}`);
  }
  const { name, ...question } = asked;
  const certificates = certificatesHash(balls);
  const groups = new Map<string, { outcome: Outcome; samples: number[] }>();
  for (const { sample, verdict } of balls) {
    const outcome = outcomeOf(verdict);
    const key = JSON.stringify(outcome);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { outcome, samples: [sample] });
    else group.samples.push(sample);
  }
  const ordered = [...groups.values()].sort(
    (a, b) => rank(b.outcome) - rank(a.outcome) || (outcomeWords(a.outcome) < outcomeWords(b.outcome) ? -1 : 1),
  );
  return {
    name,
    asked: question,
    dataset,
    samples,
    radius,
    network,
    sizes,
    balls: ordered.map(({ outcome, samples: numbers }) => ({ samples: rangesText(numbers), ...outcome })),
    ...(certificates === undefined ? {} : { certificates }),
  };
}
