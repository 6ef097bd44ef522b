/**
 * A 3-SAT formula through the whole reduction: to a dataset, to a network or to z3's word that there is none, and back.
 *
 * Main definition: `runReduction`.
 */
import { div, formatRational, mul, rational } from '../exact/index.js';
import { InternalError, type OutputReading } from '../format/index.js';
import { separation } from '../geometry/index.js';
import { complexity, type Network, networkHash } from '../network/index.js';
import type { ReductionReport } from '../report/reduction-text.js';
import {
  assignmentOf,
  type Cnf,
  collinearSamples,
  coloursOf,
  coreOf,
  decideCnf,
  type Refutation,
  readSplitting,
  type SplittingDataset,
  satisfies,
  separableBalls,
  shownBySupports,
  splittingDataset,
  splittingNetwork,
  splittingOf,
  subformula,
} from '../theory/index.js';
import { type BallVerdict, proveBalls } from '../verify/prove.js';
import { robustnessQuery } from '../verify/query.js';
import { twoNeuronMemorizer } from '../verify/two-neuron-memorizer.js';
import type { Verdict } from '../verify/verdict.js';

export interface ReductionOptions {
  /** A network to read an assignment from, instead of searching for one. */
  readonly given?: { readonly network: Network; readonly reading: OutputReading; readonly where: string };
  /** Cases of the search for an assignment. */
  readonly mostCases: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** Coordinates of samples up to which all of them go into the linear program of exact labels. */
const mostCoordinates = 200_000;

export interface ReductionRun {
  readonly report: ReductionReport;
  readonly dataset: SplittingDataset;
  readonly network?: Network;
  /** Of the balls of the network. */
  readonly verdicts?: readonly Verdict[];
}

/**
 * Decides a formula, and the question about networks that it becomes.
 * @throws InputError for a given network of another shape, or wrong at a sample; InternalError when two answers contradict each other.
 */
export async function runReduction(name: string, cnf: Cnf, options: ReductionOptions): Promise<ReductionRun> {
  const start = performance.now();
  const dataset = splittingDataset(splittingOf(cnf));
  const { data, radius, instance } = dataset;
  const delta = separation(data, 'linf')!.magnitude;
  // What cannot be separated in a few samples cannot be in all of them.
  const asked = data.size * data.dimension > mostCoordinates ? collinearSamples(dataset) : data;
  const exact = separableBalls(asked, radius);
  const found = await decided(cnf, dataset, options);
  const report: ReductionReport = {
    formula: { name, variables: cnf.variables, clauses: cnf.clauses.length },
    splitting: { elements: instance.elements, sets: instance.sets.length },
    dataset: {
      samples: data.size,
      dimension: data.dimension,
      separation: formatRational(delta),
      radius: formatRational(radius),
      ratio: formatRational(div(mul(rational(2), radius), delta)),
    },
    ...found.parts,
    exactLabels: exact.separable
      ? { separable: true }
      : { separable: false, multipliers: exact.multipliers.filter((v) => v.n !== 0n).length },
    seconds: (performance.now() - start) / 1000,
  };
  const { parts: _, ...rest } = found;
  return { report, dataset, ...rest };
}

interface Decided {
  readonly parts: Pick<ReductionReport, 'answer' | 'network' | 'centres'>;
  readonly network?: Network;
  readonly verdicts?: readonly Verdict[];
}

async function decided(cnf: Cnf, dataset: SplittingDataset, options: ReductionOptions): Promise<Decided> {
  if (options.given !== undefined) return memorized(cnf, dataset, options.given, true, options);
  const answer = decideCnf(cnf, { mostCases: options.mostCases });
  switch (answer.status) {
    case 'unfinished':
      return {
        parts: { answer: { status: 'undecided', reason: `no answer within ${options.mostCases} cases` } },
      };
    case 'satisfiable': {
      const network = splittingNetwork(coloursOf(cnf, answer.assignment));
      const built = { network, reading: network.output!, where: 'network' };
      const found = await memorized(cnf, dataset, built, false, options);
      return { ...found, parts: { ...found.parts, answer } };
    }
    case 'unsatisfiable':
      return { parts: await refuted(cnf, answer.refutation, options) };
  }
}

/** Reads an assignment from a memorizer, and proves its balls. */
async function memorized(
  cnf: Cnf,
  dataset: SplittingDataset,
  { network, reading, where }: NonNullable<ReductionOptions['given']>,
  given: boolean,
  { timeoutMs, memoryMb, jobs, signal }: ReductionOptions,
): Promise<Decided> {
  const { data, radius } = dataset;
  const assignment = assignmentOf(cnf, readSplitting(dataset, network, reading, where));
  if (!satisfies(cnf, assignment)) throw new InternalError('muball reduce: expected an assignment that satisfies');
  const balls = await proveBalls(
    network,
    data.size,
    (i) => robustnessQuery(network, data, i, { norm: 'linf', radius, reading }),
    { timeoutMs, memoryMb, jobs, signal },
  );
  const { width, depth, nonzero } = complexity(network);
  const parts: Decided['parts'] = {
    answer: { status: 'satisfiable', assignment },
    network: {
      sha256: networkHash(network),
      given,
      width,
      depth,
      nonzero,
      assignment,
      balls: balls.map((ball) => ballReport(ball, data.labels[ball.ball]!)),
      supports: shownBySupports(network, reading, data, radius).length,
    },
  };
  return { parts, network, verdicts: balls.map(({ verdict }) => verdict) };
}

const ballReport = ({ ball, verdict, seconds }: BallVerdict, label: number) => ({
  sample: ball,
  label,
  verdict: verdict.verdict,
  ...(verdict.verdict === 'unsat' ? { evidence: verdict.evidence } : {}),
  ...('reason' in verdict && verdict.reason !== undefined ? { reason: verdict.reason } : {}),
  seconds,
});

/** Asks z3 for networks right at the samples of the core alone, which are samples of the whole with zeros left out. */
async function refuted(
  cnf: Cnf,
  refutation: Refutation,
  { timeoutMs, memoryMb, jobs, signal }: ReductionOptions,
): Promise<Decided['parts']> {
  const core = coreOf(refutation);
  const { data } = splittingDataset(splittingOf(subformula(cnf, core)));
  const answer = await twoNeuronMemorizer(data, { timeoutMs, memoryMb, jobs, signal });
  if (answer.status === 'found') {
    throw new InternalError('muball reduce: expected no network for an unsatisfiable formula, got one by z3');
  }
  return {
    answer: { status: 'unsatisfiable', cases: casesOf(refutation), core: core.map((at) => at + 1) },
    centres: {
      samples: data.size,
      status: answer.status,
      ...(answer.status === 'undecided' ? { reason: answer.reason } : {}),
    },
  };
}

/** Leaves of a refutation. */
const casesOf = (tree: Refutation): number => ('clause' in tree ? 1 : casesOf(tree.whenTrue) + casesOf(tree.whenFalse));
