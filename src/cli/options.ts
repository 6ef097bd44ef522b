/**
 * Options that several commands share, with their readers.
 *
 * Readers throw InputError naming the flag, so that a bad value leaves by the same door as a bad file.
 */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { InputError, type Norm, type Notion, normAt, notions } from '../format/index.js';
import { type BitExtraction, bitExtractions } from '../network/index.js';
import { engineChoices } from '../verify/prover.js';
import { requiredLevels } from './exit-codes.js';

/** A reader of whole numbers from `least` on. */
export function wholeNumber(flag: string, least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InputError(`${flag}: expected a whole number ≥ ${least}, got ${JSON.stringify(text)}`);
    }
    return value;
  };
}

/** A reader of sizes joined by x. */
export function sizes(flag: string): (text: string) => readonly number[] {
  return (text) => {
    if (!/^[1-9]\d{0,8}(x[1-9]\d{0,8})*$/.test(text)) {
      throw new InputError(`${flag}: expected sizes ≥ 1 joined by x, such as 4x4, got ${JSON.stringify(text)}`);
    }
    return text.split('x').map(Number);
  };
}

/** A reader of one of the listed words. */
export function oneOf<W extends string>(flag: string, words: readonly W[]): (text: string) => W {
  return (text) => {
    if (!words.includes(text as W))
      throw new InputError(`${flag}: expected ${words.join(', ')}, got ${JSON.stringify(text)}`);
    return text as W;
  };
}

/** A reader of positive decimal seconds, as milliseconds. */
export function seconds(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || !(value > 0)) {
      throw new InputError(`${flag}: expected seconds > 0, got ${JSON.stringify(text)}`);
    }
    return Math.ceil(value * 1000);
  };
}

export interface DataFlags {
  readonly data: string;
  readonly label?: string;
  readonly header?: boolean;
  readonly classes?: string;
}

export interface RadiusFlags {
  readonly norm: Norm;
  readonly ratio?: string;
  readonly radius?: string;
  readonly open?: boolean;
}

export interface BuildFlags {
  readonly construction?: string;
  readonly maxNonzero?: number;
  readonly projected?: number;
  readonly perLayer?: number;
  /** False for --no-dyadic. */
  readonly dyadic?: boolean;
  readonly extraction?: BitExtraction;
  readonly hyperplanes?: number;
  readonly rounds?: number;
  /** False for --no-complete. */
  readonly complete?: boolean;
  readonly shape?: readonly number[];
  readonly window?: readonly number[];
  readonly seed?: number;
}

export interface ProverFlags {
  readonly engine: (typeof engineChoices)[number];
  readonly tighten: boolean;
  readonly check: boolean;
  readonly timeout: number;
  readonly memory: number;
  readonly jobs: number;
  readonly require: (typeof requiredLevels)[number];
}

/** Which dataset. */
export function dataOptions(command: Command, required = true): Command {
  const data = new Option('--data <file>', 'CSV or JSON file, - for standard input, or a bundled name (muball list)');
  return command
    .addOption(required ? data.makeOptionMandatory() : data)
    .option(
      '--label <column>',
      'label column of a CSV file, by name or number (counted from 1, negative from the end; default: the last)',
    )
    .option('--header', 'the first row of a CSV file is a header (default: found out)')
    .option('--no-header', 'the first row of a CSV file is data')
    .option(
      '--classes <names>',
      'only the samples of these classes, by name or number, separated by commas; they are numbered in this order',
    );
}

/** Which norm and radius. */
export function radiusOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--norm <norm>', 'l1, l2 or linf').argParser((text) => normAt(text, '--norm')).default('linf' as Norm),
    )
    .addOption(
      new Option('--ratio <rho>', 'radius as a part of δ/2, below 1: short for <rho>*delta/2').conflicts('radius'),
    )
    .addOption(new Option('--radius <mu>', 'radius as an expression in delta, d and N, such as 1/4 or "2*delta/5"'))
    .option('--open', 'balls without their sphere');
}

/** How to build the network; none of it makes sense beside a network that is given. */
export function buildOptions(command: Command): Command {
  const options = [
    new Option(
      '--construction <name>',
      'theorem to build (muball list), or auto for the one with the fewest parameters (default: one that intervals prove whole)',
    ),
    new Option('--projected <k>', 'dimensions after projection, where a theorem projects').argParser(
      wholeNumber('--projected', 1),
    ),
    new Option('--per-layer <B>', 'coordinates handled in one layer, where a theorem trades depth for width').argParser(
      wholeNumber('--per-layer', 1),
    ),
    new Option('--no-dyadic', 'do not round weights to short binary fractions, where a theorem does'),
    new Option(
      '--extraction <how>',
      'how packed bits are read, where a theorem packs any: peeling or triangle (default: peeling)',
    ).argParser(oneOf<BitExtraction>('--extraction', bitExtractions)),
    new Option('--hyperplanes <n>', 'hyperplanes drawn first, where a theorem draws any (default: 32)').argParser(
      wholeNumber('--hyperplanes', 1),
    ),
    new Option(
      '--rounds <n>',
      'rounds at most, each with twice the hyperplanes of the one before (default: 3)',
    ).argParser(wholeNumber('--rounds', 1)),
    new Option('--no-complete', 'make no hyperplanes for the pairs of samples that the last round leaves'),
    new Option(
      '--shape <sizes>',
      'the coordinates as a cyclic signal, 16 or 4x4, where a theorem is about signals (default: one row)',
    ).argParser(sizes('--shape')),
    new Option('--window <sizes>', 'what filters see of a signal, 3 or 2x2 (default: all of it)').argParser(
      sizes('--window'),
    ),
    new Option('--seed <n>', 'seed of random choices, where a theorem makes any').argParser(wholeNumber('--seed', 0)),
    new Option('--max-nonzero <n>', 'refuse to build more nonzero weights than this (default: 50000000)').argParser(
      wholeNumber('--max-nonzero', 1),
    ),
  ];
  for (const option of options) command.addOption(option.conflicts('network'));
  return command;
}

/** How a network's outputs are read, overriding its own word. */
export const notionOption = (): Option =>
  new Option('--notion <notion>', 'read outputs as exact, round, sign or argmax').argParser((text) =>
    oneOf<Notion>('--notion', notions)(text),
  );

/** What a proof may cost. */
export function limitOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--timeout <seconds>', 'time limit for the search and for z3, per ball')
        .argParser(seconds('--timeout'))
        .default(60_000, '60'),
    )
    .addOption(
      new Option('--memory <megabytes>', 'memory limit per search and per z3 process')
        .argParser(wholeNumber('--memory', 64))
        .default(1500),
    )
    .addOption(
      new Option('--jobs <n>', 'balls worked on at once')
        .argParser(wholeNumber('--jobs', 1))
        .default(availableParallelism(), 'number of cores'),
    );
}

/** How to prove. */
export function proverOptions(command: Command): Command {
  const by = new Option('--by <name>', 'another name of --engine').argParser(oneOf('--by', engineChoices));
  by.attributeName = () => 'engine';
  command
    .addOption(
      new Option('--engine <name>', 'auto, interval, search, ridge, lipschitz, z3 or both')
        .argParser(oneOf('--engine', engineChoices))
        .default('auto'),
    )
    .addOption(by)
    .option('--no-tighten', 'let z3 see every neuron, also those that intervals show to be stable')
    .option('--no-check', 'do not hand certificates to the independent checker');
  return limitOptions(command).addOption(
    new Option('--require <level>', 'evidence that counts as success: any, two or certificate')
      .argParser(oneOf('--require', requiredLevels))
      .default('any'),
  );
}
