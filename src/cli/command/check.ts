/** `muball check`: the certificates of a folder, by the independent checker, against the question that was asked. */
import { type Command, Option } from 'commander';
import { normAt } from '../../format/index.js';
import { type CertificatesChecked, checkCertificates, readManifest } from '../../regression/index.js';
import { certificatesText } from '../../report/certificates-text.js';
import { exitCodes } from '../exit-codes.js';
import { meantQuestion, type QuestionFlags } from '../meant-question.js';
import { dataOptions, notionOption } from '../options.js';
import { note, print, printJson } from '../print.js';
import { progressBar } from '../progress-bar.js';

interface Flags extends QuestionFlags {
  readonly json?: boolean;
}

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('check the certificates that prove --certificates wrote, with the independent checker')
    .argument('<folder>', 'folder of certificates')
    .option('--network <file>', 'the network that is meant, .json or .nnet (default: the copy in the folder)')
    .addOption(new Option('--norm <norm>', 'the norm that is meant').argParser((text) => normAt(text, '--norm')))
    .addOption(new Option('--ratio <rho>', 'the radius that is meant, as a part of δ/2').conflicts('radius'))
    .option('--radius <mu>', 'the radius that is meant, as an expression in delta, d and N')
    .option('--open', 'balls without their sphere are meant')
    .addOption(notionOption())
    .addOption(
      new Option('--unsafe <text...>', 'the unsafe outputs that are meant, for the certificate of a box').conflicts([
        'data',
        'norm',
        'ratio',
        'radius',
        'open',
        'notion',
        'samples',
      ]),
    )
    .option('--lower <values>', 'with --unsafe: lower ends of the box (default: of the network file)')
    .option('--upper <values>', 'with --unsafe: upper ends of the box')
    .option('--samples <ranges>', 'check these only, such as 0-9,70')
    .option('--json', 'print JSON');
  dataOptions(command, false)
    .addHelpText(
      'after',
      '\nWhat is not said is taken from the folder, and printed: read it, or say it.\n' +
        '\nExamples:\n  $ muball check certificates\n' +
        '  $ muball check certificates --data iris --norm linf --ratio 0.99 --network net.json\n' +
        '  $ muball check certificates --network f.nnet --unsafe "y0 <= 0"\n' +
        '\nExit codes: 0 every ball has a valid certificate, 1 something is invalid or not as asked, 2 bad input, 3 balls without certificate, or holey, 130 interrupted',
    )
    .action(async (folder: string, flags: Flags, command: Command) => {
      if (flags.unsafe === undefined && (flags.lower !== undefined || flags.upper !== undefined))
        command.error('error: --lower and --upper need --unsafe');
      if (flags.unsafe !== undefined && flags.network === undefined) command.error('error: --unsafe needs --network');
      const start = performance.now();
      const { asked } = readManifest(folder);
      const meant = await meantQuestion(folder, asked, flags);
      const controller = new AbortController();
      const stop = (): void => controller.abort();
      process.once('SIGINT', stop);
      const bar = progressBar('certificates', asked.kind === 'balls' ? asked.samples : 1);
      let found: CertificatesChecked;
      try {
        found = await checkCertificates(folder, {
          ...meant.options,
          ...(flags.samples === undefined ? {} : { only: flags.samples }),
          signal: controller.signal,
          onSample: () => bar.increment(),
        });
      } finally {
        bar.stop();
        process.removeListener('SIGINT', stop);
      }
      const seconds = (performance.now() - start) / 1000;
      if (flags.json === true) printJson({ ...jsonOf(found, meant.said), seconds });
      else for (const line of certificatesText(found, meant, seconds)) print(line);
      process.exitCode = exitCode(found);
      if (found.interruptedAfter !== undefined)
        note(`muball: interrupted, ${found.interruptedAfter} of ${found.samples} balls are checked`);
    });
}

const jsonOf = (found: CertificatesChecked, compared: readonly string[]) => {
  const { manifest, ...rest } = found;
  return { muball: manifest.muball, ...rest, compared, ...(exitCode(found) === 0 ? { level: 'certificate' } : {}) };
};

/** 1 over 3 over 0. */
function exitCode({ invalid, holey, without, whole, interruptedAfter }: CertificatesChecked): number {
  if (invalid > 0 || !whole) return exitCodes.counterexample;
  if (interruptedAfter !== undefined) return exitCodes.interrupted;
  return holey > 0 || without > 0 ? exitCodes.undecided : exitCodes.asAsked;
}
