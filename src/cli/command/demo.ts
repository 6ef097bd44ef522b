/**
 * `muball demo`: the main job. Iris in three norms, every ball proved; the constructions that intervals cannot prove,
 * tested; two moons with a picture and one ball that is deliberately too large.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { bundled, writeFileWhole } from '../../data/index.js';
import { type Norm, normSymbol } from '../../format/index.js';
import type { Dataset } from '../../geometry/index.js';
import { networkFileText } from '../../network/index.js';
import { proofCsv } from '../../report/csv.js';
import { proofJson } from '../../report/json.js';
import { proofMarkdown } from '../../report/markdown.js';
import type { ProofReport } from '../../report/proof-report.js';
import { proofText } from '../../report/text.js';
import type { Verdict } from '../../verify/verdict.js';
import { claimRows } from '../claims.js';
import { exitCodeOf, exitCodes } from '../exit-codes.js';
import { moonsPicture } from '../moons-picture.js';
import { type RadiusFlags, wholeNumber } from '../options.js';
import { note, print, printJson, wantsColor } from '../print.js';
import { proofReportOf } from '../proof-report-of.js';
import { type ProofRun, proofRun } from '../proof-run.js';
import { requireWritable } from '../require-writable.js';
import { sampledBalls } from '../sampled-balls.js';
import { theoremProblem } from '../theorem-problem.js';

interface Flags {
  readonly out: string;
  readonly ratio: string;
  readonly jobs: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Constructions whose balls intervals prove, with their norms; these are the job. Open balls have the radius δ/2. */
const proved: readonly (readonly [string, Norm, 'closed' | 'open'])[] = [
  ['ygz-wide', 'linf', 'closed'],
  ['eys-pair', 'linf', 'closed'],
  ['eys-pair', 'l1', 'closed'],
  ['eys-pair', 'l2', 'closed'],
  ['finke-box', 'linf', 'open'],
];

/** Constructions that are tested here: no engine of this version proves their balls at this size. */
const tested: readonly (readonly [string, Norm])[] = [
  ['ygz-l1', 'l1'],
  ['ygz-l2', 'l2'],
  ['eys-ball', 'linf'],
];

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('the main job: Iris in three norms, proved ball by ball, and a picture of two moons')
    .option('--out <folder>', 'where networks, verdicts, report and picture are written', 'out')
    .option('--ratio <rho>', 'radius as a part of δ/2', '0.99')
    .addOption(
      new Option('--jobs <n>', 'balls worked on at once')
        .argParser(wholeNumber('--jobs', 1))
        .default(availableParallelism(), 'number of cores'),
    )
    .addOption(
      new Option('--seed <n>', 'seed of the points that are tested').argParser(wholeNumber('--seed', 0)).default(1),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ muball demo\n  $ muball demo --out results --ratio 0.998')
    .action(async (flags: Flags) => {
      requireWritable(flags.out, 'folder');
      const iris = await bundled('iris');
      const reports: ProofReport[] = [];
      const verdicts: Verdict[] = [];
      const say = (text: string): void => {
        if (flags.json !== true) print(text);
      };
      for (const [name, norm, balls] of proved) {
        const radius = balls === 'open' ? { radius: 'delta/2', open: true } : { ratio: flags.ratio };
        const { report, run } = await provedReport(iris, name, { norm, ...radius }, flags);
        reports.push(report);
        verdicts.push(...run.balls.map((ball) => ball.verdict));
        say(`${proofText(report, { color: wantsColor() })}\n`);
        if (run.interruptedAfter !== undefined) {
          if (flags.json === true) print(proofJson(reports));
          note(`muball: interrupted, what is finished is in ${flags.out}`);
          process.exitCode = exitCodes.interrupted;
          return;
        }
      }
      const tests = [];
      for (const [name, norm] of tested) tests.push(await testedLine(iris, name, norm, flags));
      say(`tested, not proved (points of the closed balls, evaluated exactly, seed ${flags.seed}):`);
      for (const test of tests) say(`  ${test.text}`);

      const picture = await moonsPicture(flags.out, flags.jobs);
      verdicts.push(...picture.verdicts);
      writeFileWhole(join(flags.out, 'report.md'), [
        proofMarkdown([...reports, picture.report], {
          title: 'Robust memorization, proved ball by ball',
          pictures: [
            { path: 'moons.svg', alt: 'Decision regions on two moons with their balls; one ball is too large' },
          ],
        }),
      ]);
      writeFileWhole(join(flags.out, 'report.json'), [proofJson([...reports, picture.report])]);
      if (flags.json === true) {
        const runs = JSON.parse(proofJson([...reports, picture.report])) as object;
        printJson({ ...runs, tests: tests.map(({ text: _, ...test }) => test) });
      }
      say(`\n${proofText(picture.report, { color: wantsColor() })}`);
      say(`\nand, in the picture, one ball that is deliberately too large:\n${picture.counterexample}`);
      say(
        `\nwritten to ${flags.out}: report.md, report.json, moons.svg, and a folder with network and verdicts for each run`,
      );
      const wrong = tests.reduce((sum, test) => sum + test.wrong, 0);
      process.exitCode = wrong > 0 ? exitCodes.counterexample : exitCodeOf(verdicts, 'certificate');
    });
}

async function provedReport(
  data: Dataset,
  name: string,
  radius: RadiusFlags,
  flags: Flags,
): Promise<{ report: ProofReport; run: ProofRun }> {
  const start = performance.now();
  const { norm, ratio } = radius;
  const problem = await theoremProblem(data, name, radius);
  const run = await proofRun(problem, {
    jobs: flags.jobs,
    title: `${name} ${normSymbol[norm]}`,
    counterexamples: join(flags.out, 'counterexamples'),
  });
  const seconds = (performance.now() - start) / 1000;
  const claims = await claimRows(problem.built!.construction);
  const report = { ...proofReportOf(run, { claims, ...(ratio === undefined ? {} : { ratio }) }), seconds };
  const folder = join(flags.out, `${data.name ?? 'data'}-${name}-${norm}`);
  writeFileWhole(join(folder, 'network.json'), networkFileText(problem.network));
  writeFileWhole(join(folder, 'report.json'), [proofJson([report])]);
  writeFileWhole(join(folder, 'balls.csv'), [proofCsv([report])]);
  return { report, run };
}

async function testedLine(data: Dataset, name: string, norm: Norm, flags: Flags) {
  const problem = await theoremProblem(data, name, { norm, ratio: flags.ratio });
  writeFileWhole(
    join(flags.out, `${data.name ?? 'data'}-${name}-${norm}`, 'network.json'),
    networkFileText(problem.network),
  );
  const { points, wrong } = sampledBalls(problem, flags.seed);
  const sizes = (await claimRows(problem.built!.construction)).map(
    (row) => `${row.quantity} ${row.measured} ≤ ${row.promised}`,
  );
  const text = `${normSymbol[norm]} · ${name} · ${sizes.join(', ')} · ${points} points tested, ${wrong} wrong`;
  return { construction: name, norm, points, wrong, seed: flags.seed, text };
}
