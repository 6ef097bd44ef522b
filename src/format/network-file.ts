/**
 * The network file: sequential sparse layers with exact weights.
 *
 * `{"format":"muball-network","version":1,"output":…,"layers":[{"activation":"relu","inputs":2,"rows":[{"bias":"-11/4",
 * "columns":[0],"weights":["1"]},…]},…]}`. A file with many weights has a second form, one row a line: its header
 * line carries `"form":"lines"` and, per layer, the *number* of rows.
 */
import { InputError, refuse } from './errors.js';
import { arrayAt, countAt, fileAt, objectAt, type RationalText, rationalAt, shown, wordAt } from './shape.js';

export type Activation = 'relu' | 'step' | 'identity';

/** Activations, for readers: relu(t) = max(t, 0); step(t) = 1 if t > 0, else 0; identity(t) = t. */
export const activations: readonly Activation[] = ['relu', 'step', 'identity'];

/** How outputs are read as a label. */
export type OutputReading =
  /** One output; class c is the exact value `labels[c]`. */
  | { readonly notion: 'exact'; readonly labels: readonly RationalText[] }
  /** One output; class c is any value closer than 1/2 to `labels[c]`. */
  | { readonly notion: 'round'; readonly labels: readonly RationalText[] }
  /** One output; its strict sign names one of two classes. */
  | { readonly notion: 'sign'; readonly negative: number; readonly positive: number }
  /** One output per class; the strictly largest names the class. */
  | { readonly notion: 'argmax'; readonly classes: number };

/** The words for `notion`. */
export type Notion = OutputReading['notion'];
export const notions: readonly Notion[] = ['exact', 'round', 'sign', 'argmax'];

/** One neuron: act(Σ weights[k]·x[columns[k]] + bias). */
export interface NetworkFileRow {
  readonly bias: RationalText;
  readonly columns: readonly number[];
  readonly weights: readonly RationalText[];
}

export interface NetworkFileLayer {
  readonly activation: Activation;
  readonly inputs: number;
  readonly rows: readonly NetworkFileRow[];
}

/** Where a network came from. No prover reads it. */
export type Provenance = Readonly<Record<string, unknown>>;

export interface NetworkFile {
  readonly format: 'muball-network';
  readonly version: 1;
  readonly output?: OutputReading;
  readonly provenance?: Provenance;
  readonly layers: readonly NetworkFileLayer[];
}

/** The first line of the line form: layers give the number of their rows, which follow one a line. */
export interface NetworkLinesHeader {
  readonly format: 'muball-network';
  readonly version: 1;
  readonly form: 'lines';
  readonly output?: OutputReading;
  readonly provenance?: Provenance;
  readonly layers: readonly { readonly activation: Activation; readonly inputs: number; readonly rows: number }[];
}

/** How outputs are read. @throws InputError naming the place. */
export function outputReadingAt(value: unknown, where: string): OutputReading {
  const notion = wordAt(objectAt(value, where, allOutputFields).notion, `${where}.notion`, notions);
  switch (notion) {
    case 'exact':
    case 'round': {
      const file = objectAt(value, where, ['notion', 'labels']);
      return {
        notion,
        labels: arrayAt(file.labels, `${where}.labels`).map((v, c) => rationalAt(v, `${where}.labels[${c}]`)),
      };
    }
    case 'sign': {
      const file = objectAt(value, where, ['notion', 'negative', 'positive']);
      const negative = countAt(file.negative, `${where}.negative`);
      const positive = countAt(file.positive, `${where}.positive`);
      if (negative === positive) refuse(`${where}.positive`, `a class other than ${negative}`, String(positive));
      return { notion, negative, positive };
    }
    case 'argmax': {
      const file = objectAt(value, where, ['notion', 'classes']);
      return { notion, classes: countAt(file.classes, `${where}.classes`) };
    }
  }
}
const allOutputFields = ['notion', 'labels', 'negative', 'positive', 'classes'];

/** One row whose columns increase strictly within `inputs` and whose weights are not 0. @throws InputError naming the place. */
export function networkRowAt(value: unknown, where: string, inputs: number): NetworkFileRow {
  const file = objectAt(value, where, ['bias', 'columns', 'weights']);
  const bias = rationalAt(file.bias, `${where}.bias`);
  const columns = arrayAt(file.columns, `${where}.columns`).map((c, k) => countAt(c, `${where}.columns[${k}]`));
  for (let k = 0; k < columns.length; k++) {
    if (columns[k]! >= inputs) refuse(`${where}.columns[${k}]`, `a column below ${inputs}`, String(columns[k]));
    if (k > 0 && columns[k]! <= columns[k - 1]!) {
      refuse(`${where}.columns[${k}]`, `a column above ${columns[k - 1]} (strictly increasing)`, String(columns[k]));
    }
  }
  const weights = arrayAt(file.weights, `${where}.weights`, columns.length).map((w, k) =>
    rationalAt(w, `${where}.weights[${k}]`),
  );
  weights.forEach((w, k) => {
    if (/^[+-]?[0.]+(?:\/|[eE]|$)/.test(w))
      refuse(`${where}.weights[${k}]`, 'a weight other than 0 (zeros are not stored)', shown(w));
  });
  return { bias, columns, weights };
}

/** The value as a network file in its first form. @throws InputError naming the place. */
export function networkFileAt(value: unknown, where = 'network'): NetworkFile {
  const file = fileAt(value, where, 'muball-network', ['output', 'provenance', 'layers']);
  const list = arrayAt(file.layers, `${where}.layers`);
  if (list.length === 0) refuse(`${where}.layers`, 'at least one layer', 'none');
  let above = -1;
  const layers = list.map((entry, l): NetworkFileLayer => {
    const place = `${where}.layers[${l}]`;
    const layer = objectAt(entry, place, ['activation', 'inputs', 'rows']);
    const activation = wordAt(layer.activation, `${place}.activation`, activations);
    const inputs = layerInputsAt(layer.inputs, `${place}.inputs`, above);
    const rows = arrayAt(layer.rows, `${place}.rows`).map((row, r) => networkRowAt(row, `${place}.rows[${r}]`, inputs));
    if (rows.length === 0) refuse(`${place}.rows`, 'at least one row', 'none');
    above = rows.length;
    return { activation, inputs, rows };
  });
  return { ...networkHeadAt(file, where, above), layers };
}

/** The value as the header of the line form. @throws InputError naming the place. */
export function networkLinesHeaderAt(value: unknown, where = 'network'): NetworkLinesHeader {
  const file = fileAt(value, where, 'muball-network', ['form', 'output', 'provenance', 'layers']);
  wordAt(file.form, `${where}.form`, ['lines']);
  const list = arrayAt(file.layers, `${where}.layers`);
  if (list.length === 0) refuse(`${where}.layers`, 'at least one layer', 'none');
  let above = -1;
  const layers = list.map((entry, l) => {
    const place = `${where}.layers[${l}]`;
    const layer = objectAt(entry, place, ['activation', 'inputs', 'rows']);
    const activation = wordAt(layer.activation, `${place}.activation`, activations);
    const inputs = layerInputsAt(layer.inputs, `${place}.inputs`, above);
    const rows = countAt(layer.rows, `${place}.rows`, 0xffff_ffff);
    if (rows === 0) refuse(`${place}.rows`, 'at least one row', '0');
    above = rows;
    return { activation, inputs, rows };
  });
  return { ...networkHeadAt(file, where, above), form: 'lines', layers };
}

function layerInputsAt(value: unknown, where: string, above: number): number {
  const inputs = countAt(value, where, 0xffff_ffff);
  if (inputs === 0) refuse(where, 'at least one input', '0');
  if (above >= 0 && inputs !== above) refuse(where, `${above}, the rows of the layer before`, String(inputs));
  return inputs;
}

function networkHeadAt(file: Record<string, unknown>, where: string, outputs: number) {
  const output = file.output === undefined ? undefined : outputReadingAt(file.output, `${where}.output`);
  if (output !== undefined) {
    const needed = output.notion === 'argmax' ? output.classes : 1;
    if (needed !== outputs)
      refuse(`${where}.output`, `${needed} outputs for the notion ${output.notion}`, String(outputs));
  }
  let provenance: Provenance | undefined;
  if (file.provenance !== undefined) {
    const value = file.provenance;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InputError(`${where}.provenance: expected an object, got ${shown(value)}`);
    }
    provenance = value as Provenance;
  }
  return {
    format: 'muball-network' as const,
    version: 1 as const,
    ...(output === undefined ? {} : { output }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}
