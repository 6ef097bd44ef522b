/**
 * A run of the prover as the plain data that reports are made of.
 */
import { formatRational, parseRational } from '../exact/index.js';
import { classes, distinctSamples, sampleText } from '../geometry/index.js';
import { complexity, networkHash } from '../network/index.js';
import { type CounterexampleReport, counterexampleReport } from '../report/counterexample.js';
import type { BallReport, ClaimReport, ProofReport } from '../report/proof-report.js';
import type { BallVerdict } from '../verify/prove.js';
import { robustnessQuery } from '../verify/query.js';
import type { ClaimRow } from './claims.js';
import type { ProofRun } from './proof-run.js';

export interface ProofReportOptions {
  /** The construction's claims with their values; reading their formulas takes a second. @defaultValue none */
  readonly claims?: readonly ClaimRow[];
  readonly ratio?: string;
}

/** The report of a run. */
export function proofReportOf(run: ProofRun, options: ProofReportOptions = {}): ProofReport {
  const { data, norm, measured, network, built, open } = run.problem;
  const sizes = complexity(network);
  const { separation, radius } = measured;
  const engines = new Set(
    run.balls.flatMap(({ verdict }) => (verdict.verdict === 'unsat' ? verdict.evidence.engines : [])),
  );
  return {
    dataset: {
      name: data.name ?? 'dataset',
      samples: data.size,
      distinct: distinctSamples(data).length,
      dimension: data.dimension,
      classes: classes(data).length,
      ...(data.labelNames === undefined ? {} : { labelNames: data.labelNames }),
    },
    norm,
    ...(open ? { open } : {}),
    ...(separation === undefined
      ? {}
      : {
          separation: {
            magnitude: formatRational(separation.magnitude),
            pair: separation.pair,
            ...(data.lines === undefined
              ? {}
              : { lines: [data.lines[separation.pair[0]]!, data.lines[separation.pair[1]]!] as const }),
          },
        }),
    radius: {
      value: formatRational(radius.radius),
      asked: radius.text,
      ...(options.ratio === undefined || separation === undefined
        ? {}
        : { ratio: formatRational(parseRational(options.ratio)) }),
      ...(radius.note === undefined ? {} : { note: radius.note }),
    },
    ...(built === undefined
      ? {}
      : {
          construction: {
            name: built.theorem.name,
            title: built.theorem.title,
            reference: built.theorem.reference,
            claims: (options.claims ?? []).map(claimReport),
          },
        }),
    complexity: { ...sizes, parameters: String(sizes.parameters) },
    network: networkHash(network),
    engines: [...engines].sort(),
    balls: run.balls.map((ball) => ballReport(run, ball)),
    seconds: run.seconds,
  };
}

function claimReport(row: ClaimRow): ClaimReport {
  return {
    quantity: row.quantity,
    theorem: { formula: row.theorem, value: row.promised },
    ...(row.count === undefined || row.countFormula === undefined
      ? {}
      : { count: { formula: row.countFormula, value: row.count } }),
  };
}

function ballReport(run: ProofRun, ball: BallVerdict): BallReport {
  const { data } = run.problem;
  const { verdict } = ball;
  return {
    sample: ball.ball,
    ...(data.lines === undefined ? {} : { line: data.lines[ball.ball]! }),
    label: data.labels[ball.ball]!,
    verdict: verdict.verdict,
    ...(verdict.verdict === 'unsat' ? { evidence: verdict.evidence } : {}),
    ...(verdict.verdict === 'unknown' || verdict.verdict === 'timed-out' ? { reason: verdict.reason } : {}),
    ...(verdict.verdict === 'sat' ? { counterexample: counterexampleOf(run, ball) } : {}),
    seconds: ball.seconds,
  };
}

/** The counterexample of a refuted ball, replayed once more for the report. */
function counterexampleOf(run: ProofRun, ball: BallVerdict): CounterexampleReport {
  const { data, network, norm, measured, reading, open, built } = run.problem;
  if (ball.verdict.verdict !== 'sat') throw new RangeError(`expected a refuted ball, got ${ball.verdict.verdict}`);
  const query = robustnessQuery(network, data, ball.ball, { norm, radius: measured.radius.radius, reading, open });
  const file = run.kept.get(ball.ball);
  // A theorem speaks of its own reading of the outputs, and of the balls that it was asked for.
  const promised = built !== undefined && reading.notion === network.output?.notion;
  const hint = promised ? 'the theorem promises this ball: please report it' : hintFor(run);
  return counterexampleReport(query, ball.verdict.point, reading, sampleText(data, ball.ball), {
    label: data.labels[ball.ball]!,
    ...(data.labelNames === undefined ? {} : { labelNames: data.labelNames }),
    ...(file === undefined ? {} : { replay: `muball replay ${file}` }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What a person should know about a network that fails: whether any network could succeed. */
function hintFor(run: ProofRun): string | undefined {
  const { separation, radius } = run.problem.measured;
  if (separation === undefined) return undefined;
  const r = radius.radius;
  const { n, d } = separation.magnitude;
  const tooLarge = run.problem.norm === 'l2' ? 4n * r.n * r.n * d >= n * r.d * r.d : 2n * r.n * d >= n * r.d;
  if (!tooLarge || run.problem.open) return undefined;
  const [i, k] = separation.pair;
  return `no network is right on these closed balls: 2μ ≥ δ, and those of samples ${i} and ${k} meet`;
}
