/**
 * The lock file: what was established about named instances, to be held against what later runs establish.
 *
 * Main definitions: `LockFile`, `LockedInstance`, `lockFileAt` (total reader), `lockText` (deterministic text whose
 * lines are what people compare: one field a line, one outcome of balls a line).
 */
import { refuse } from './errors.js';
import { type InstanceQuestion, instanceNameAt, questionAt, requireDifferentNames } from './instances-file.js';
import { hashAt } from './query-file.js';
import { mostSamples, rangesAt } from './sample-ranges.js';
import {
  arrayAt,
  countAt,
  objectAt,
  type RationalText,
  rationalAt,
  shown,
  stringAt,
  versionAt,
  wordAt,
} from './shape.js';
import type { EngineName, Evidence, EvidenceLevel, VerdictWord } from './verdict-file.js';

export interface LockedSizes {
  readonly width: number;
  readonly depth: number;
  readonly nonzero: number;
  /** Text, because it may exceed 2⁵³. */
  readonly parameters: RationalText;
  readonly bits: number;
}

/** The names of sizes, in the order reports list them. */
export const lockedSizes: readonly (keyof LockedSizes)[] = ['width', 'depth', 'nonzero', 'parameters', 'bits'];

/** Balls that ended alike. */
export interface LockedBalls {
  /** `0-149`. */
  readonly samples: string;
  readonly verdict: VerdictWord;
  /** For `unsat`. */
  readonly evidence?: Evidence;
}

export interface LockedInstance {
  readonly name: string;
  readonly asked: InstanceQuestion;
  /** SHA-256 of the dataset's canonical text, names of labels left out. */
  readonly dataset: string;
  readonly samples: number;
  /** μ, exactly. */
  readonly radius: RationalText;
  /** SHA-256 of the network. */
  readonly network: string;
  readonly sizes: LockedSizes;
  /** Every sample once. */
  readonly balls: readonly LockedBalls[];
  /** SHA-256 over the certificates of all balls that have one; left out when none has. */
  readonly certificates?: string;
}

export interface LockFile {
  readonly format: 'muball-lock';
  readonly version: 1;
  /** Version of muball that wrote it. */
  readonly muball: string;
  readonly instances: readonly LockedInstance[];
}

const instanceFields = [
  'name',
  'asked',
  'dataset',
  'samples',
  'radius',
  'network',
  'sizes',
  'balls',
  'certificates',
] as const satisfies readonly (keyof LockedInstance)[];

/** The value as a lock file. @throws InputError naming the place. */
export function lockFileAt(value: unknown, where = 'lock file'): LockFile {
  const file = objectAt(value, where, ['format', 'version', 'muball', 'instances']);
  versionAt(file, where, 'muball-lock');
  const instances = arrayAt(file.instances, `${where}.instances`).map((entry, i) =>
    lockedInstanceAt(entry, `${where}.instances[${i}]`),
  );
  requireDifferentNames(instances, `${where}.instances`);
  return { format: 'muball-lock', version: 1, muball: stringAt(file.muball, `${where}.muball`), instances };
}

function lockedInstanceAt(value: unknown, where: string): LockedInstance {
  const file = objectAt(value, where, instanceFields);
  const samples = countAt(file.samples, `${where}.samples`, mostSamples);
  return {
    name: instanceNameAt(file.name, `${where}.name`),
    asked: questionAt(file.asked, `${where}.asked`),
    dataset: hashAt(file.dataset, `${where}.dataset`),
    samples,
    radius: rationalAt(file.radius, `${where}.radius`),
    network: hashAt(file.network, `${where}.network`),
    sizes: sizesAt(file.sizes, `${where}.sizes`),
    balls: ballsAt(file.balls, `${where}.balls`, samples),
    ...(file.certificates === undefined ? {} : { certificates: hashAt(file.certificates, `${where}.certificates`) }),
  };
}

function sizesAt(value: unknown, where: string): LockedSizes {
  const file = objectAt(value, where, lockedSizes);
  const count = (name: keyof LockedSizes): number => countAt(file[name], `${where}.${name}`);
  const parameters = stringAt(file.parameters, `${where}.parameters`);
  if (!/^(0|[1-9]\d*)$/.test(parameters)) refuse(`${where}.parameters`, 'a whole number as text', shown(parameters));
  return { width: count('width'), depth: count('depth'), nonzero: count('nonzero'), parameters, bits: count('bits') };
}

function ballsAt(value: unknown, where: string, samples: number): LockedBalls[] {
  const seen = new Set<number>();
  const balls = arrayAt(value, where).map((entry, k): LockedBalls => {
    const place = `${where}[${k}]`;
    const file = objectAt(entry, place, ['samples', 'verdict', 'level', 'engines']);
    const verdict = wordAt(file.verdict, `${place}.verdict`, verdictWords);
    for (const sample of rangesAt(file.samples, `${place}.samples`, samples)) {
      if (seen.has(sample)) refuse(`${place}.samples`, 'samples not listed before', String(sample));
      seen.add(sample);
    }
    const text = file.samples as string;
    if (verdict === 'unsat') return { samples: text, verdict, evidence: evidenceAt(file, place) };
    if (file.level !== undefined) refuse(`${place}.level`, `nothing beside ${verdict}`, shown(file.level));
    if (file.engines !== undefined) refuse(`${place}.engines`, `nothing beside ${verdict}`, shown(file.engines));
    return { samples: text, verdict };
  });
  if (seen.size !== samples) refuse(where, `all of ${samples} samples`, `${seen.size}`);
  return balls;
}

/** The words of a closed type; the compiler sees to it that none is missing. */
const words = <W extends string>(all: Readonly<Record<W, true>>): readonly W[] => Object.keys(all) as W[];
const verdictWords = words<VerdictWord>({ unsat: true, sat: true, unknown: true, 'timed-out': true });
const levels = words<EvidenceLevel>({ certificate: true, two: true, engine: true });
const engineNames = words<EngineName>({ interval: true, search: true, ridge: true, lipschitz: true, z3: true });

/** The fields `level` and `engines` as evidence. @throws InputError naming the place. */
export function evidenceAt(file: Readonly<Record<string, unknown>>, where: string): Evidence {
  const level = wordAt(file.level, `${where}.level`, levels);
  const engines = arrayAt(file.engines, `${where}.engines`).map((name, e) =>
    wordAt(name, `${where}.engines[${e}]`, engineNames),
  );
  return { level, engines };
}

/** The text of a lock file: indented by two blanks, lists of words on one line, a line end at the end. */
export function lockText(file: LockFile): string {
  const instances = file.instances.map((instance) => ({
    ...pick(instance, instanceFields),
    balls: instance.balls.map(({ samples, verdict, evidence }) => ({ samples, verdict, ...evidence })),
  }));
  return `${indented({ format: file.format, version: file.version, muball: file.muball, instances }, '')}\n`;
}

/** The fields that are there, in the given order. */
const pick = (from: object, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((name) => {
      const value = (from as Record<string, unknown>)[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** JSON as formatters leave it alone: objects and lists of objects indented, other lists on one line. */
function indented(value: unknown, margin: string): string {
  const inner = `${margin}  `;
  const block = (open: string, items: readonly string[], close: string): string =>
    items.length === 0
      ? `${open}${close}`
      : `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${margin}${close}`;
  if (Array.isArray(value)) {
    if (value.every((entry) => typeof entry !== 'object')) return `[${value.map((v) => JSON.stringify(v)).join(', ')}]`;
    return block(
      '[',
      value.map((entry) => indented(entry, inner)),
      ']',
    );
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}: ${indented(entry, inner)}`);
  return block('{', fields, '}');
}
