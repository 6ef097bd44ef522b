/**
 * The list of named instances that a project guards: which balls of which network are asked about.
 *
 * `{"format":"muball-instances","version":1,"instances":[{"name":"iris-l1","data":"iris","norm":"l1","ratio":"0.99",
 * "construction":"eys-pair"},{"name":"trained","data":"points.csv","norm":"linf","radius":"1/10","construction":
 * {"network":"trained.json"},"notion":"argmax"}]}`. Paths are relative to the file.
 */
import { InputError, refuse } from './errors.js';
import { type Notion, notions } from './network-file.js';
import { type Norm, normAt } from './norm.js';
import {
  arrayAt,
  booleanAt,
  countAt,
  objectAt,
  type RationalText,
  rationalAt,
  shown,
  stringAt,
  versionAt,
  wordAt,
} from './shape.js';

/** Engines that an instance may name, as `--engine`. */
export type InstanceEngine = 'auto' | 'interval' | 'search' | 'ridge' | 'lipschitz' | 'z3' | 'both';
export const instanceEngines: readonly InstanceEngine[] = [
  'auto',
  'interval',
  'search',
  'ridge',
  'lipschitz',
  'z3',
  'both',
];

/** What is asked about: everything of an instance but its name. */
export interface InstanceQuestion {
  /** A bundled name, or the path of a CSV or JSON file. */
  readonly data: string;
  /** Label column of a CSV file, as `--label`. */
  readonly label?: string;
  /** Whether a CSV file has a header. @defaultValue found out */
  readonly header?: boolean;
  readonly norm: Norm;
  /** The radius as a part of δ/2; exactly one of `ratio` and `radius` is given. */
  readonly ratio?: RationalText;
  /** The radius as an expression in delta, d and N. */
  readonly radius?: string;
  /** Balls without their sphere; written only when true. */
  readonly open?: true;
  /** A theorem's name, or the path of a network file. */
  readonly construction: string | { readonly network: string };
  /** Dimensions after projection, where a theorem projects. */
  readonly projected?: number;
  readonly seed?: number;
  /** How outputs are read. @defaultValue what the network says */
  readonly notion?: Notion;
  /** @defaultValue 'auto' */
  readonly engine?: InstanceEngine;
}

export interface InstanceFile extends InstanceQuestion {
  readonly name: string;
}

export interface InstancesFile {
  readonly format: 'muball-instances';
  readonly version: 1;
  /** At least one, names differ. */
  readonly instances: readonly InstanceFile[];
}

/** The fields of a question in their documented order. */
export const questionFields = [
  'data',
  'label',
  'header',
  'norm',
  'ratio',
  'radius',
  'open',
  'construction',
  'projected',
  'seed',
  'notion',
  'engine',
] as const satisfies readonly (keyof InstanceQuestion)[];

/** The value as an instances file. @throws InputError naming the place. */
export function instancesFileAt(value: unknown, where = 'instances file'): InstancesFile {
  const file = objectAt(value, where, ['format', 'version', 'instances']);
  versionAt(file, where, 'muball-instances');
  const instances = arrayAt(file.instances, `${where}.instances`).map((entry, i): InstanceFile => {
    const place = `${where}.instances[${i}]`;
    const { name, ...question } = objectAt(entry, place, ['name', ...questionFields]);
    return { name: instanceNameAt(name, `${place}.name`), ...questionAt(question, place) };
  });
  if (instances.length === 0) refuse(`${where}.instances`, 'at least one instance', 'none');
  requireDifferentNames(instances, `${where}.instances`);
  return { format: 'muball-instances', version: 1, instances };
}

/** @throws InputError for a name that occurs twice. */
export function requireDifferentNames(instances: readonly { readonly name: string }[], where: string): void {
  const seen = new Set<string>();
  instances.forEach(({ name }, i) => {
    if (seen.has(name)) refuse(`${where}[${i}].name`, 'a name that no other instance has', shown(name));
    seen.add(name);
  });
}

/** A name that is safe in tables, file names and messages. */
export function instanceNameAt(value: unknown, where: string): string {
  const name = stringAt(value, where);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    refuse(where, 'a name of letters, digits, ".", "_" and "-", at most 100', shown(name));
  }
  return name;
}

/** A question; the fields come out in their documented order. @throws InputError naming the place. */
export function questionAt(value: unknown, where: string): InstanceQuestion {
  const q = objectAt(value, where, questionFields);
  if ((q.ratio === undefined) === (q.radius === undefined)) {
    throw new InputError(
      `${where}: expected one of ratio and radius, got ${q.ratio === undefined ? 'neither' : 'both'}`,
    );
  }
  const open = q.open === undefined ? false : booleanAt(q.open, `${where}.open`);
  return {
    data: pathAt(q.data, `${where}.data`),
    ...(q.label === undefined ? {} : { label: stringAt(q.label, `${where}.label`) }),
    ...(q.header === undefined ? {} : { header: booleanAt(q.header, `${where}.header`) }),
    norm: normAt(q.norm, `${where}.norm`),
    ...(q.ratio === undefined ? {} : { ratio: rationalAt(q.ratio, `${where}.ratio`) }),
    ...(q.radius === undefined ? {} : { radius: stringAt(q.radius, `${where}.radius`) }),
    ...(open ? { open } : {}),
    construction: constructionAt(q.construction, `${where}.construction`),
    ...(q.projected === undefined ? {} : { projected: countAt(q.projected, `${where}.projected`) }),
    ...(q.seed === undefined ? {} : { seed: countAt(q.seed, `${where}.seed`) }),
    ...(q.notion === undefined ? {} : { notion: wordAt<Notion>(q.notion, `${where}.notion`, notions) }),
    ...(q.engine === undefined ? {} : { engine: wordAt(q.engine, `${where}.engine`, instanceEngines) }),
  };
}

function constructionAt(value: unknown, where: string): InstanceQuestion['construction'] {
  if (typeof value === 'string') return value;
  return { network: pathAt(objectAt(value, where, ['network']).network, `${where}.network`) };
}

/** A path; `-`, standard input, cannot be asked for twice and is refused. */
function pathAt(value: unknown, where: string): string {
  const path = stringAt(value, where);
  if (path === '' || path === '-') refuse(where, 'a path', shown(path));
  return path;
}
