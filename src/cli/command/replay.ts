/** `muball replay`: does a kept counterexample still reproduce, exactly? */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { formatRational, parseRational } from '../../exact/index.js';
import { counterexampleFileAt, InputError } from '../../format/index.js';
import { readNetworkFile } from '../../interop/index.js';
import { queryFromFile } from '../../verify/query.js';
import { replay } from '../../verify/verdict.js';
import { exitCodes } from '../exit-codes.js';
import { print, printJson } from '../print.js';

interface Flags {
  readonly network?: string;
  readonly json?: boolean;
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('evaluate a kept counterexample again, exactly: exit 0 when it reproduces, 1 when not')
    .argument('<file>', 'counterexample file')
    .option('--network <file>', 'network file, when the counterexample names its network by hash')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball replay counterexamples/9f3ac1.json\n  $ muball replay counterexamples/9f3ac1.json --json',
    )
    .action(async (file: string, flags: Flags) => {
      const kept = counterexampleFileAt(readJson(file), file);
      const path =
        flags.network ?? (kept.networkFile === undefined ? undefined : resolve(dirname(file), kept.networkFile));
      const network =
        'sha256' in kept.query.network && path !== undefined ? (await readNetworkFile(path)).network : undefined;
      const query = queryFromFile(kept.query, network);
      const point = kept.point.map((v, j) => parseRational(v, `${file}.point[${j}]`));
      const found = replay(query, point);
      const outputs = found.outputs.map(formatRational);
      const same = outputs.join() === kept.outputs.map((v) => formatRational(parseRational(v))).join();
      const reproduced = found.inside && found.unsafe && same;
      process.exitCode = reproduced ? exitCodes.asAsked : exitCodes.counterexample;
      if (flags.json === true) {
        printJson({ reproduced, inside: found.inside, unsafe: found.unsafe, outputs, keptOutputs: kept.outputs });
        return;
      }
      print(reproduced ? 'reproduced: yes, in exact arithmetic' : 'reproduced: no');
      print(`  inside the region  ${found.inside ? 'yes' : 'no'}`);
      print(`  f(x′)              ${outputs.join(', ')}${same ? '' : `, kept as ${kept.outputs.join(', ')}`}`);
      print(`  unsafe output      ${found.unsafe ? 'yes' : 'no'}`);
      if (kept.note !== undefined) print(`  note               ${kept.note}`);
    });
}

/** The JSON value of a small file. @throws InputError naming the file. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: expected JSON, got ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 120)}`);
  }
}
