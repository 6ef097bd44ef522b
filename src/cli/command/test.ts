/** `muball test`: the laws of robust memorization against a construction of one's own. */
import { type Command, Option } from 'commander';
import { InputError, InternalError, type Norm, type Notion, normAt } from '../../format/index.js';
import type { FailedRun, Law, PropertyRun, TestedConstruction } from '../../laws/index.js';
import { shownValue } from '../../regression/encoded-value.js';
import { counterexampleFolder, keepCounterexample } from '../../regression/kept-cases.js';
import { exitCodes } from '../exit-codes.js';
import { notionOption, seconds, wholeNumber } from '../options.js';
import { print, printJson } from '../print.js';
import { requireWritable } from '../require-writable.js';

interface Flags {
  readonly runs?: number;
  readonly seed?: number;
  readonly norm?: Norm;
  readonly notion?: Notion;
  readonly timeout?: number;
  readonly counterexamples: string;
  readonly prune?: boolean;
  readonly json?: boolean;
}

/** A construction with what became of each of its laws. */
interface Tested {
  readonly name: string;
  readonly norms: readonly Norm[];
  readonly results: readonly { readonly law: Law; readonly run: PropertyRun }[];
}

export function addTest(program: Command): void {
  program
    .command('test')
    .description('try the laws of robust memorization on the constructions that a module exports')
    .argument('<file>', 'TypeScript or JavaScript module that exports a construction')
    .addOption(
      new Option('--runs <n>', 'runs of each law; some make a half or a quarter (default: 100)').argParser(
        wholeNumber('--runs', 1),
      ),
    )
    .addOption(new Option('--seed <n>', 'seed of all random data (default: 20260101)').argParser(seedAt))
    .addOption(
      new Option('--norm <norm>', 'l1, l2 or linf (default: what the construction is for)').argParser((text) =>
        normAt(text, '--norm'),
      ),
    )
    .addOption(notionOption())
    .addOption(
      new Option('--timeout <seconds>', 'stop a law after this time; it has then not passed').argParser(
        seconds('--timeout'),
      ),
    )
    .option('--counterexamples <folder>', 'where failing cases are kept', counterexampleFolder())
    .option('--prune', 'delete kept cases that pass, or that the laws no longer draw')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball test my-construction.ts\n  $ muball test my-construction.ts --norm l2 --runs 1000 --seed 7\n' +
        '\nExit codes: 0 all laws hold on all data tried, 1 counterexample, 2 bad input, 3 stopped early, 5 internal',
    )
    .action(async (file: string, flags: Flags, command: Command) => {
      if (command.getOptionValueSource('counterexamples') !== 'default')
        requireWritable(flags.counterexamples, 'folder');
      // Loaded here, because everything random takes time that other commands need not spend.
      const { loadConstructions } = await import('../load-constructions.js').catch(withoutFastCheck);
      const tested: Tested[] = [];
      for (const construction of await loadConstructions(file)) {
        tested.push(await testConstruction(construction, file, flags));
      }
      if (flags.json === true) printJson({ constructions: tested.map(jsonOf) });
      process.exitCode = exitCode(tested);
    });
}

/** The one package of the laws that is installed by those who want it. @throws InputError, or what it was given. */
function withoutFastCheck(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes("'fast-check'")) throw error;
  throw new InputError('test: expected fast-check beside muball, got none: npm install --save-dev fast-check');
}

/** A seed that fast-check's generators take. @throws InputError for anything else. */
function seedAt(text: string): number {
  const value = wholeNumber('--seed', 0)(text);
  if (value === (value | 0)) return value;
  throw new InputError(`--seed: expected a whole number below 2^31, got ${text}`);
}

async function testConstruction(construction: TestedConstruction, file: string, flags: Flags): Promise<Tested> {
  const { defaultSeed, isRefutation, robustMemorizationLaws, runLaw } = await import('../../laws/index.js');
  const { runs, notion, norm, seed = defaultSeed, timeout, counterexamples: folder, prune, json } = flags;
  const laws = robustMemorizationLaws(construction, {
    ...(runs === undefined ? {} : { runs }),
    ...(notion === undefined ? {} : { notion }),
    ...(norm === undefined ? {} : { norms: [norm] }),
  });
  const name = laws[0]!.subject;
  const used = norm === undefined ? (construction.norms ?? []) : [norm];
  const chosen = [
    ...(norm === undefined ? [] : ['--norm', norm]),
    ...(notion === undefined ? [] : ['--notion', notion]),
    ...(runs === undefined ? [] : ['--runs', runs]),
    ...(seed === defaultSeed ? [] : ['--seed', seed]),
  ];
  const say = (text: string): void => (json === true ? undefined : print(text));
  const howToRepeat = ({ error, kept }: FailedRun): string[] => [
    ...(isRefutation(error) ? [`replay   muball replay ${keepCounterexample(folder, error.counterexample)}`] : []),
    ...(kept ? [] : [`again    muball test ${[file, ...chosen].join(' ')}`]),
  ];
  say(`${name}${used.length === 0 ? '' : ` in ${used.join(', ')}`} · seed ${seed}`);
  const results: { law: Law; run: PropertyRun }[] = [];
  for (const law of laws) {
    const run = await runLaw(law, {
      seed,
      folder,
      howToRepeat,
      ...(prune === undefined ? {} : { prune }),
      ...(timeout === undefined ? {} : { timeLimit: timeout }),
    });
    results.push({ law, run });
    say(`  ${lawLine(law, run)}`);
  }
  for (const { run } of results) if (run.failure !== undefined) say(`\n${run.failure.message}`);
  const held = results.filter(({ run }) => run.failure === undefined).length;
  const total = results.reduce((sum, { run }) => sum + run.runs, 0);
  say(`\n${name}: ${held} of ${laws.length} laws hold on all data tried, ${total} runs · tested, not proved\n`);
  return { name, norms: used, results };
}

function lawLine(law: Law, { runs, asked, replayed, stale, failure }: PropertyRun): string {
  const notes = [
    failure === undefined ? `${runs} runs` : `${runs} of ${asked} runs passed`,
    ...(replayed > 0 ? [`${replayed} kept`] : []),
    ...(stale > 0 ? [`${stale} kept no longer drawn`] : []),
  ];
  return `${failure === undefined ? '✓' : '✗'} ${law.name.padEnd(54)}  ${notes.join(', ')}`;
}

const jsonOf = ({ name, norms, results }: Tested) => ({
  name,
  norms,
  laws: results.map(({ law, run: { failure, counterexample, ...run } }) => ({
    name: law.name,
    holds: failure === undefined,
    ...run,
    ...(failure === undefined ? {} : { failure: failure.message }),
    ...(counterexample === undefined ? {} : { counterexample: counterexample.map(shownValue) }),
  })),
});

/** 5 over 1 over 3 over 0. */
function exitCode(tested: readonly Tested[]): number {
  const failed = tested.flatMap(({ results }) => results.filter(({ run }) => run.failure !== undefined));
  if (failed.some(({ run }) => run.failure!.cause instanceof InternalError)) return exitCodes.internal;
  if (failed.some(({ run }) => run.counterexample !== undefined)) return exitCodes.counterexample;
  return failed.length > 0 ? exitCodes.undecided : exitCodes.asAsked;
}
