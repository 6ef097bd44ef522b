/**
 * Robust radii of samples, several at once, with progress and interruption.
 *
 * Main definition: `radiusRun`. Ctrl-C ends the run where it is: what is known of a sample by then is reported.
 */
import { mul, type Rational, rational, rootAbove, subVectors, type Vector } from '../exact/index.js';
import { InputError, type Norm, type OutputReading } from '../format/index.js';
import { type Dataset, magnitude, point } from '../geometry/index.js';
import type { Network } from '../network/index.js';
import { certifiedRadius, type LipschitzConstants, lipschitzConstants } from '../verify/lipschitz/index.js';
import { type ProverOptions, prover } from '../verify/prover.js';
import { type UnsafeSet, unsafeFor } from '../verify/query.js';
import { type RobustRadius, type RobustRadiusOptions, robustRadius } from '../verify/radius.js';
import { nearestOthers } from './nearest-others.js';
import { progressBar } from './progress-bar.js';

export interface RadiusRunProblem {
  readonly data: Dataset;
  readonly norm: Norm;
  readonly network: Network;
  readonly reading: OutputReading;
}

export interface RadiusRunOptions extends Omit<ProverOptions, 'signal'> {
  /** Samples asked about. */
  readonly samples: readonly number[];
  /** @defaultValue a thousandth of `most` */
  readonly gap?: Rational;
  /** @defaultValue the distance of the nearest sample with another label, in ℓ2 rounded up */
  readonly most?: Rational;
}

export interface SampleRadius extends RobustRadius {
  readonly sample: number;
  /** Balls above this radius were not asked about. */
  readonly most: Rational;
  readonly seconds: number;
}

export interface RadiusRun {
  readonly problem: RadiusRunProblem;
  /** In the order asked for; without those that an interruption kept from being begun. */
  readonly radii: readonly SampleRadius[];
  readonly interrupted: boolean;
}

/** Balls that a sample takes, about; decides whether threads are worth it. */
const usualQueries = 10;

/**
 * The radii of the samples.
 * @throws InputError for a sample without one of another label, when `most` is not given; as `robustRadius` and `Prover.verify`.
 */
export async function radiusRun(problem: RadiusRunProblem, options: RadiusRunOptions): Promise<RadiusRun> {
  const { data, norm, network, reading } = problem;
  const { samples } = options;
  const jobs = Math.max(1, Math.min(options.jobs ?? 1, samples.length));
  const controller = new AbortController();
  const { signal } = controller;
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  const ladder = prover(network, usualQueries * samples.length, { ...options, jobs, signal });
  const constants = options.engine === 'lipschitz' ? lipschitzConstants(network) : undefined;
  const bar = progressBar('samples', samples.length);
  const radii = new Map<number, SampleRadius>();
  const one = async (sample: number): Promise<SampleRadius> => {
    const start = performance.now();
    const centre = point(data, sample);
    const others = nearestOthers(data, sample, norm);
    const most = options.most ?? reach(norm, centre, others[0]);
    const unsafe = unsafeFor(reading, data.labels[sample]!);
    const known = constants === undefined ? undefined : await knownBall(network, norm, centre, unsafe, constants, most);
    const found = await robustRadius(
      { network, norm, centre, unsafe },
      async (query, towards) => {
        // Lets signals and progress through between balls that are decided without waiting.
        await new Promise((resolve) => setImmediate(resolve));
        return await ladder.verify(query, { towards, subject: `a ball around sample ${sample}` });
      },
      {
        most,
        gap: options.gap ?? mul(most, rational(1, 1000)),
        ...(known === undefined ? {} : { known }),
        towards: others,
        signal,
      },
    );
    return { sample, most, ...found, seconds: (performance.now() - start) / 1000 };
  };
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < samples.length && !signal.aborted) {
      const sample = samples[next++]!;
      radii.set(sample, await one(sample));
      bar.increment();
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, runner));
  } finally {
    next = samples.length;
    await ladder.close();
    bar.stop();
    process.removeListener('SIGINT', stop);
  }
  return {
    problem,
    radii: samples.flatMap((sample) => radii.get(sample) ?? []),
    interrupted: signal.aborted,
  };
}

/** The ball of margin over constant, all of that of radius `most` if the constant is 0; undefined when there is none. */
async function knownBall(
  network: Network,
  norm: Norm,
  centre: Vector,
  unsafe: UnsafeSet,
  constants: LipschitzConstants,
  most: Rational,
): Promise<RobustRadiusOptions['known']> {
  const ball = await certifiedRadius(network, norm, centre, unsafe, constants);
  if (ball === undefined) return undefined;
  const evidence = { level: 'engine', engines: ['lipschitz'] } as const;
  return { radius: ball.radius ?? most, open: ball.open, evidence };
}

/** The distance to the nearest point. @throws InputError when there is none. */
function reach(norm: Norm, centre: Vector, nearest: Vector | undefined): Rational {
  if (nearest === undefined)
    throw new InputError('--most: expected a largest radius where all samples have one label, got none');
  const size = magnitude(norm, subVectors(nearest, centre));
  return norm === 'l2' ? rootAbove(size, 32).value : size;
}
