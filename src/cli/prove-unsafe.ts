/**
 * `muball prove --unsafe`: one query about a network and a box, without a dataset.
 *
 * Main definitions: `unsafeQuery`, `proveUnsafe`.
 */
import { parseRational, type Rational } from '../exact/index.js';
import { evidenceText, InputError, refuse } from '../format/index.js';
import type { Box } from '../geometry/index.js';
import { readNetworkFile } from '../interop/index.js';
import { complexity, inputDimension, networkHash, outputDimension } from '../network/index.js';
import { counterexampleReport, counterexampleText } from '../report/counterexample.js';
import { secondsText } from '../report/text.js';
import { grouped } from '../report/value-text.js';
import { proveBalls } from '../verify/prove.js';
import { checkedQuery, type Query, queryToFile } from '../verify/query.js';
import { parseUnsafe } from '../verify/unsafe-text.js';
import { type Verdict, verdictToFile } from '../verify/verdict.js';
import { boxCertificates, finishCertificates } from './certificates.js';
import { exitCodeOf, exitCodes } from './exit-codes.js';
import { keptCounterexample } from './kept-counterexample.js';
import type { ProverFlags } from './options.js';
import { note, print, printJson } from './print.js';

export interface UnsafeFlags extends ProverFlags {
  readonly network: string;
  readonly unsafe: readonly string[];
  readonly lower?: string;
  readonly upper?: string;
  readonly counterexamples: string;
  readonly certificates?: string;
  readonly json?: boolean;
}

/**
 * The query whether some input of the box has an unsafe output; the box is that of the file where no ends are given.
 * @throws InputError for a network, a box or an unsafe set that cannot be read.
 */
export async function unsafeQuery(flags: Pick<UnsafeFlags, 'network' | 'unsafe' | 'lower' | 'upper'>): Promise<Query> {
  const { network, box } = await readNetworkFile(flags.network);
  const inputs = inputDimension(network);
  const ends = (flag: 'lower' | 'upper'): readonly Rational[] => {
    const text = flags[flag];
    if (text !== undefined) return endsOf(text, inputs, `--${flag}`);
    if (box !== undefined) return box[flag];
    throw new InputError(`--${flag}: expected an end of the box of inputs, got none: ${flags.network} names no box`);
  };
  const region: Box = { kind: 'box', lower: ends('lower'), upper: ends('upper') };
  return checkedQuery({ network, region, unsafe: await parseUnsafe(flags.unsafe, outputDimension(network)) });
}

/** One value for each input, or one for all. */
function endsOf(text: string, inputs: number, where: string): Rational[] {
  const values = text.split(',').map((part) => parseRational(part.trim(), where));
  if (values.length === 1) return Array.from({ length: inputs }, () => values[0]!);
  if (values.length !== inputs) refuse(where, `1 or ${inputs} values`, String(values.length));
  return values;
}

/** Decides the query and prints the verdict; sets the exit code. */
export async function proveUnsafe(flags: UnsafeFlags): Promise<void> {
  const start = performance.now();
  const query = await unsafeQuery(flags);
  const certificates = flags.certificates === undefined ? undefined : boxCertificates(flags.certificates, query);
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  let verdict: Verdict = { verdict: 'unknown', reason: 'interrupted' };
  try {
    const [ball] = await proveBalls(query.network, 1, () => query, {
      engine: flags.engine,
      tighten: flags.tighten,
      timeoutMs: flags.timeout,
      memoryMb: flags.memory,
      signal: controller.signal,
      ...(flags.check ? {} : { check: false }),
    });
    verdict = ball?.verdict ?? verdict;
  } finally {
    process.removeListener('SIGINT', stop);
  }
  const seconds = (performance.now() - start) / 1000;
  const file = verdict.verdict === 'sat' ? keptFile(query, verdict, flags) : undefined;
  certificates?.keep(0, query, verdict);
  if (flags.json === true) {
    const { region, unsafe } = queryToFile(query, { inline: false });
    printJson({
      network: networkHash(query.network),
      region,
      unsafe,
      ...verdictToFile(verdict),
      ...(file === undefined ? {} : { counterexample: file }),
      seconds,
    });
  } else {
    for (const line of headLines(query, flags)) print(line);
    print(`${outcomeText(query, verdict, flags.network, file)} in ${secondsText(seconds)}`);
  }
  if (!controller.signal.aborted) finishCertificates(certificates, flags);
  process.exitCode = controller.signal.aborted
    ? exitCodes.interrupted
    : exitCodeOf([verdict], flags.require, flags.engine);
}

/** The counterexample's file; a disk that is full costs the file, not the verdict. */
function keptFile(
  query: Query,
  verdict: Verdict & { readonly verdict: 'sat' },
  flags: UnsafeFlags,
): string | undefined {
  try {
    const { counterexamples: folder, network: networkFile, unsafe } = flags;
    return keptCounterexample(query, verdict, { folder, networkFile, note: `${networkFile}: ${unsafe.join(' or ')}` });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    note(`muball: ${error.message}`);
    return undefined;
  }
}

function headLines({ network }: Query, flags: UnsafeFlags): string[] {
  const { width, depth, nonzero } = complexity(network);
  const given = flags.lower !== undefined || flags.upper !== undefined;
  return [
    `${flags.network} · inputs ${inputDimension(network)} · outputs ${outputDimension(network)} · depth ${depth} · width ${width} · nonzero ${grouped(nonzero)} · network ${networkHash(network).slice(0, 12)}`,
    `  inputs from ${given ? 'the given box' : 'the box of the file'} · unsafe when ${flags.unsafe.join(' or ')}`,
  ];
}

function outcomeText(query: Query, verdict: Verdict, subject: string, file: string | undefined): string {
  switch (verdict.verdict) {
    case 'unsat':
      return `✓ no input of the box has an unsafe output · ${evidenceText(verdict.evidence)}`;
    case 'sat': {
      const replay = file === undefined ? {} : { replay: `muball replay ${file}` };
      return `${counterexampleText(counterexampleReport(query, verdict.point, undefined, subject, replay))}\n  found`;
    }
    case 'unknown':
      return `? undecided: ${verdict.reason}`;
    case 'timed-out':
      return '? undecided: timed out';
  }
}
