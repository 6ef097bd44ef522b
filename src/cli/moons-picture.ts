/**
 * The picture of the main job: two moons memorized robustly in ℓ2, and one ball that is deliberately too large.
 */
import { join } from 'node:path';
import { bundled, writeFileWhole } from '../data/index.js';
import { mul, rational } from '../exact/index.js';
import { counterexampleText } from '../report/counterexample.js';
import type { ProofReport } from '../report/proof-report.js';
import { decisionRegionsSvg } from '../report/svg.js';
import type { Verdict } from '../verify/verdict.js';
import { claimRows } from './claims.js';
import { proofReportOf } from './proof-report-of.js';
import { type ProofProblem, proofRun } from './proof-run.js';
import { theoremProblem } from './theorem-problem.js';

/** Small enough that the picture shows the zone between the classes. */
const ratio = '0.75';

export interface MoonsPicture {
  readonly report: ProofReport;
  readonly verdicts: readonly Verdict[];
  /** What the ball that is too large holds, as people read it. */
  readonly counterexample: string;
}

/** Proves the balls, refutes the one that is doubled, and writes `moons.svg` into the folder. */
export async function moonsPicture(folder: string, jobs: number): Promise<MoonsPicture> {
  const data = await bundled('moons', { size: 36, seed: 7 });
  const problem = await theoremProblem(data, 'eys-pair', { norm: 'l2', ratio });
  const { built, measured, network } = problem;
  const counterexamples = join(folder, 'counterexamples');
  const run = await proofRun(problem, { jobs, counterexamples });
  const report = proofReportOf(run, { claims: await claimRows(built.construction), ratio });

  // Twice ρ = 3/4 is 3/2: the doubled ball of a closest pair reaches beyond the middle between them.
  const sample = measured.separation!.pair[0];
  const radius = mul(rational(2), measured.radius.radius);
  const { built: _, ...withoutTheorem } = problem;
  const enlarged: ProofProblem = {
    ...withoutTheorem,
    measured: { ...measured, radius: { radius, exact: true, text: 'twice μ' } },
  };
  const broken = await proofRun(enlarged, { jobs: 1, engine: 'interval', counterexamples, only: [sample] });
  const svg = decisionRegionsSvg(
    {
      network,
      data,
      balls: [
        ...run.balls.map(({ ball, verdict }) => ({
          sample: ball,
          norm: 'l2' as const,
          radius: measured.radius.radius,
          verdict,
        })),
        { sample, norm: 'l2', radius, verdict: broken.balls[0]!.verdict, note: 'deliberately too large' },
      ],
    },
    { title: 'Two moons, memorized robustly', subtitle: `pair network in ℓ2, balls of ρ = ${ratio}` },
  );
  writeFileWhole(join(folder, 'moons.svg'), [svg]);
  const told = proofReportOf(broken).balls[0]!.counterexample;
  return {
    report,
    verdicts: run.balls.map(({ verdict }) => verdict),
    counterexample: told === undefined ? 'no counterexample was found' : counterexampleText(told),
  };
}
