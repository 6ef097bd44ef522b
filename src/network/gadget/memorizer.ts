/**
 * The Õ(√N) memorizer: integer keys to small integer values, with width 8 and O(√(N·B)) layers.
 *
 * N records of B = ρ + c bits, a key of ρ bits and a value of c. Records are sorted by key and packed, n at a time,
 * into G = ⌈N/n⌉ integers U_g of nB bits.
 *   Stage 1 finds the group: U = U_0 + Σ_g (U_g − U_{g−1})·(relu(k − a_g) − relu(k − a_g − 1)), a_g the last key of
 *   group g − 1, one step a layer.
 *   Stage 2 reads U bit by bit. After ρ bits K is a record's key, and relu(k − K + 1) − 2·relu(k − K) +
 *   relu(k − K − 1) is 1 if K = k and 0 at every other integer; after c more bits v is its value, and
 *   relu(v + 2ᶜ·[K = k] − 2ᶜ) adds to the answer.
 * For every integer k ≥ 0 the answer is k's value, and 0 for keys that no record has. For real k ≥ 0 it is ≥ 0.
 * Reference: [VYS, Thm 3.1] as used by [KMY, Thm 4.2]: √(N log N) layers, √ many records to a group; this arrangement
 * (width 8, one layer a bit, 0 for unknown keys) is ours.
 */
import { bitLength, neg, one, rational, zero } from '../../exact/index.js';
import { type AffineForm, constantForm, scaleForm, sumForms } from '../affine-form.js';
import type { LayerPart } from '../layer-part.js';
import { type BitExtraction, type BitReader, bitReader, readerLayers } from './bit-reader.js';

export interface MemorizerRecord {
  /** ≥ 0. */
  readonly key: bigint;
  /** ≥ 1. */
  readonly value: number;
}

export interface MemorizerOptions {
  /** Records in a group, n. @defaultValue ⌊√(N/(B + 2))⌋, at least 1 */
  readonly perGroup?: number;
  /** How bits are read. @defaultValue 'peeling' */
  readonly extraction?: BitExtraction;
}

/** The numbers that sizes depend on. */
export interface MemorizerShape {
  readonly records: number;
  /** ρ. */
  readonly keyBits: number;
  /** c. */
  readonly valueBits: number;
  /** n. */
  readonly perGroup: number;
  /** G. */
  readonly groups: number;
  /** Layers that the part takes. */
  readonly layers: number;
}

/** The shape for some records. @throws RangeError for no records, repeated keys, negative keys or values below 1. */
export function memorizerShape(records: readonly MemorizerRecord[], options: MemorizerOptions = {}): MemorizerShape {
  if (records.length === 0) throw new RangeError('memorizer: expected at least one record');
  if (new Set(records.map(({ key }) => key)).size < records.length) {
    throw new RangeError('memorizer: expected different keys');
  }
  if (records.some(({ key, value }) => key < 0n || !Number.isSafeInteger(value) || value < 1)) {
    throw new RangeError('memorizer: expected keys ≥ 0 and whole values ≥ 1');
  }
  const keyBits = Math.max(1, bitLength(records.reduce((most, { key }) => (key > most ? key : most), 0n)));
  const valueBits = bitLength(BigInt(records.reduce((most, { value }) => Math.max(most, value), 1)));
  // Layers are N/n + nB, least at n = √(N/B); a little fewer records to a group make fewer wide layers.
  const balanced = Math.max(1, Math.floor(Math.sqrt(records.length / (keyBits + valueBits + 2))));
  const perGroup = options.perGroup ?? balanced;
  const groups = Math.ceil(records.length / perGroup);
  const length = perGroup * (keyBits + valueBits);
  const layers = groups - 1 + readerLayers(options.extraction ?? 'peeling', length) + 1;
  return { records: records.length, keyBits, valueBits, perGroup, groups, layers };
}

export interface Memorizer extends LayerPart {
  pending(): boolean;
  /** The value once nothing is pending, as a form over the current layer. */
  value(): AffineForm;
  readonly shape: MemorizerShape;
}

/** A part that looks up the key, which must be an integer ≥ 0 for an exact answer. @throws RangeError as `memorizerShape`. */
export function memorizer(
  key: AffineForm,
  records: readonly MemorizerRecord[],
  options: MemorizerOptions = {},
): Memorizer {
  const shape = memorizerShape(records, options);
  const { packed, lastKeys } = packedGroups(records, shape);
  const chosen = chosenGroup(key, packed, lastKeys);
  const length = shape.perGroup * (shape.keyBits + shape.valueBits);
  let lookup: RecordLookup | undefined;
  const current = (): LayerPart & { pending(): boolean } => {
    if (lookup === undefined && !chosen.pending()) {
      const reader = bitReader(options.extraction ?? 'peeling', chosen.value(), length);
      lookup = recordLookup(chosen.key(), reader, shape);
    }
    return lookup ?? chosen;
  };
  return {
    rows: () => current().rows(),
    advance: (neurons) => current().advance(neurons),
    pending: () => current().pending(),
    value: () => lookup!.value(),
    shape,
  };
}

/** The integers U_g and the last key of each group but the last. */
function packedGroups(
  records: readonly MemorizerRecord[],
  { keyBits, valueBits, perGroup, groups }: MemorizerShape,
): { packed: bigint[]; lastKeys: bigint[] } {
  const sorted = [...records].sort((a, b) => (a.key < b.key ? -1 : 1));
  // The last key again, with value 0, fills the last group.
  const filler = { key: sorted.at(-1)!.key, value: 0 };
  const record = (k: number): { key: bigint; value: number } => sorted[k] ?? filler;
  const packed: bigint[] = [];
  for (let g = 0; g < groups; g++) {
    let u = 0n;
    for (let k = g * perGroup; k < (g + 1) * perGroup; k++) {
      u = (((u << BigInt(keyBits)) | record(k).key) << BigInt(valueBits)) | BigInt(record(k).value);
    }
    packed.push(u);
  }
  return { packed, lastKeys: Array.from({ length: groups - 1 }, (_, g) => record((g + 1) * perGroup - 1).key) };
}

interface ChosenGroup extends LayerPart {
  pending(): boolean;
  key(): AffineForm;
  value(): AffineForm;
}

/** Stage 1: U of the group that the key belongs to. */
function chosenGroup(given: AffineForm, packed: readonly bigint[], lastKeys: readonly bigint[]): ChosenGroup {
  let key = given;
  let u = constantForm(rational(packed[0]!));
  let step = 0;
  return {
    rows: () => [
      key,
      ...(u.terms.size === 0 ? [] : [u]),
      sumForms([key, constantForm(rational(-lastKeys[step]!))]),
      sumForms([key, constantForm(rational(-lastKeys[step]! - 1n))]),
    ],
    advance(neurons) {
      const [above, beyond] = neurons.slice(-2) as [AffineForm, AffineForm];
      const old = u.terms.size === 0 ? u : neurons[1]!;
      const by = rational(packed[step + 1]! - packed[step]!);
      key = neurons[0]!;
      u = sumForms([old, scaleForm(above, by), scaleForm(beyond, neg(by))]);
      step++;
    },
    pending: () => step < lastKeys.length,
    key: () => key,
    value: () => u,
  };
}

interface RecordLookup extends LayerPart {
  pending(): boolean;
  value(): AffineForm;
}

/** Stage 2: the value of the record that has the key, or 0. */
function recordLookup(given: AffineForm, reader: BitReader, shape: MemorizerShape): RecordLookup {
  const { keyBits, valueBits } = shape;
  const full = rational(1n << BigInt(valueBits));
  let key = given;
  let answer: AffineForm | undefined;
  let recordKey: AffineForm | undefined;
  let equal: AffineForm | undefined;
  let value: AffineForm | undefined;
  let found: AffineForm | undefined;
  let bitsRead = 0;
  let compared = 0;
  const appended = (bits: AffineForm | undefined, bit: AffineForm): AffineForm =>
    bits === undefined ? bit : sumForms([scaleForm(bits, rational(2)), bit]);
  /** k − K + by. */
  const offset = (by: number): AffineForm =>
    sumForms([key, scaleForm(recordKey!, neg(one)), constantForm(rational(by))]);
  const some = (form: AffineForm | undefined): AffineForm[] => (form === undefined ? [] : [form]);
  const complete = (): boolean => recordKey !== undefined && bitsRead === keyBits;
  return {
    rows: () => [
      ...(compared < shape.perGroup ? [key] : []),
      ...some(answer),
      ...(reader.pending() ? reader.rows() : []),
      ...(complete() ? [offset(1), offset(0), offset(-1)] : some(recordKey)),
      ...some(equal),
      ...some(value),
      ...some(found),
    ],
    advance(neurons) {
      let at = 0;
      const next = (): AffineForm => neurons[at++]!;
      const keyRead = complete();
      if (compared < shape.perGroup) key = next();
      if (answer !== undefined) answer = next();
      const reading = reader.pending();
      if (reading) {
        const own = reader.rows().length;
        reader.advance(neurons.slice(at, at + own));
        at += own;
      }
      if (keyRead) {
        const hat = [next(), scaleForm(next(), rational(-2)), next()];
        equal = sumForms(hat);
        recordKey = undefined;
        compared++;
      } else if (recordKey !== undefined) {
        recordKey = next();
      }
      if (!keyRead && equal !== undefined) equal = next();
      if (value !== undefined) value = next();
      if (found !== undefined) {
        const last = next();
        answer = answer === undefined ? last : sumForms([answer, last]);
        found = undefined;
      }
      const bit = reading ? reader.bit() : undefined;
      if (bit === undefined) return;
      if (bitsRead < keyBits) {
        recordKey = appended(recordKey, bit);
        bitsRead++;
        return;
      }
      value = appended(value, bit);
      bitsRead++;
      if (bitsRead < keyBits + valueBits) return;
      found = sumForms([value, scaleForm(equal!, full), constantForm(neg(full))]);
      [value, equal, bitsRead] = [undefined, undefined, 0];
    },
    pending: () => reader.pending() || found !== undefined || complete(),
    value: () => answer ?? constantForm(zero),
  };
}
