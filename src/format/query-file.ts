/**
 * The query file: does some point of the region reach an unsafe output?
 *
 * Region: a ball of a norm, closed unless `open`, or a box. Unsafe set: a disjunction of conjunctions of constraints
 * `Σ weights[k]·y[columns[k]] + bias ≥ 0` (`> 0` when strict). The empty disjunction holds nowhere, the empty
 * conjunction everywhere.
 */
import { refuse } from './errors.js';
import { type NetworkFile, networkFileAt } from './network-file.js';
import { type Norm, normAt } from './norm.js';
import {
  arrayAt,
  booleanAt,
  countAt,
  fileAt,
  objectAt,
  type RationalText,
  rationalAt,
  stringAt,
  wordAt,
} from './shape.js';

export interface BallFile {
  readonly kind: 'ball';
  readonly norm: Norm;
  readonly centre: readonly RationalText[];
  readonly radius: RationalText;
  /** Written only when true; the radius is then positive. */
  readonly open?: true;
}

export interface BoxFile {
  readonly kind: 'box';
  readonly lower: readonly RationalText[];
  readonly upper: readonly RationalText[];
}

export type RegionFile = BallFile | BoxFile;

export interface ConstraintFile {
  readonly columns: readonly number[];
  readonly weights: readonly RationalText[];
  readonly bias: RationalText;
  /** Written only when true. */
  readonly strict?: true;
}

export type UnsafeFile = readonly (readonly ConstraintFile[])[];

/** A network named by the SHA-256 of its canonical text, or given whole. */
export type NetworkReference = { readonly sha256: string } | NetworkFile;

export interface QueryFile {
  readonly format: 'muball-query';
  readonly version: 1;
  readonly network: NetworkReference;
  readonly region: RegionFile;
  readonly unsafe: UnsafeFile;
}

/** Lower-case hexadecimal SHA-256. */
export function hashAt(value: unknown, where: string): string {
  const text = stringAt(value, where);
  if (!/^[0-9a-f]{64}$/.test(text)) refuse(where, '64 hexadecimal digits', JSON.stringify(text.slice(0, 70)));
  return text;
}

/** A region. @throws InputError naming the place; signs and orders of values are checked by the reader of values. */
export function regionAt(value: unknown, where: string): RegionFile {
  const kind = wordAt(objectAt(value, where, regionFields).kind, `${where}.kind`, ['ball', 'box']);
  if (kind === 'box') {
    const file = objectAt(value, where, ['kind', 'lower', 'upper']);
    const lower = rationalsAt(file.lower, `${where}.lower`);
    const upper = arrayAt(file.upper, `${where}.upper`, lower.length).map((v, j) =>
      rationalAt(v, `${where}.upper[${j}]`),
    );
    return { kind, lower, upper };
  }
  const file = objectAt(value, where, ['kind', 'norm', 'centre', 'radius', 'open']);
  const norm = normAt(file.norm, `${where}.norm`);
  const centre = rationalsAt(file.centre, `${where}.centre`);
  const radius = rationalAt(file.radius, `${where}.radius`);
  const open = file.open === undefined ? false : booleanAt(file.open, `${where}.open`);
  return { kind, norm, centre, radius, ...(open ? { open } : {}) };
}
const regionFields = ['kind', 'norm', 'centre', 'radius', 'open', 'lower', 'upper'];

/** An unsafe set over `outputs` outputs. @throws InputError naming the place. */
export function unsafeAt(value: unknown, where: string): UnsafeFile {
  return arrayAt(value, where).map((conjunction, i) =>
    arrayAt(conjunction, `${where}[${i}]`).map((entry, k): ConstraintFile => {
      const place = `${where}[${i}][${k}]`;
      const file = objectAt(entry, place, ['columns', 'weights', 'bias', 'strict']);
      const columns = arrayAt(file.columns, `${place}.columns`).map((c, m) => countAt(c, `${place}.columns[${m}]`));
      columns.forEach((c, m) => {
        if (m > 0 && c <= columns[m - 1]!) {
          refuse(`${place}.columns[${m}]`, `a column above ${columns[m - 1]} (strictly increasing)`, String(c));
        }
      });
      const weights = arrayAt(file.weights, `${place}.weights`, columns.length).map((w, m) =>
        rationalAt(w, `${place}.weights[${m}]`),
      );
      const strict = file.strict === undefined ? false : booleanAt(file.strict, `${place}.strict`);
      return { columns, weights, bias: rationalAt(file.bias, `${place}.bias`), ...(strict ? { strict } : {}) };
    }),
  );
}

/** The value as a network reference. @throws InputError naming the place. */
export function networkReferenceAt(value: unknown, where: string): NetworkReference {
  if (typeof value === 'object' && value !== null && 'sha256' in value) {
    return { sha256: hashAt(objectAt(value, where, ['sha256']).sha256, `${where}.sha256`) };
  }
  return networkFileAt(value, where);
}

/** The value as a query file. @throws InputError naming the place. */
export function queryFileAt(value: unknown, where = 'query'): QueryFile {
  const file = fileAt(value, where, 'muball-query', ['network', 'region', 'unsafe']);
  return {
    format: 'muball-query',
    version: 1,
    network: networkReferenceAt(file.network, `${where}.network`),
    region: regionAt(file.region, `${where}.region`),
    unsafe: unsafeAt(file.unsafe, `${where}.unsafe`),
  };
}

function rationalsAt(value: unknown, where: string): RationalText[] {
  return arrayAt(value, where).map((v, j) => rationalAt(v, `${where}[${j}]`));
}
