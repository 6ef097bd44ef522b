/**
 * Network files on disk: one JSON value for small networks, a sequence of lines for large ones.
 *
 * Above `lineFormThreshold` weights the file is a header line followed by one row a line, streamed in both directions,
 * because a JavaScript string cannot hold it. Files appear whole or not at all: they are written beside their place
 * and then renamed.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  InputError,
  type NetworkFile,
  type NetworkLinesHeader,
  networkFileAt,
  networkLinesHeaderAt,
  networkRowAt,
} from '../format/index.js';
import { networkFromFile, networkToFile, rationalReader, rowFromFile, rowWriter } from './codec.js';
import { layerAccumulator } from './layer-builder.js';
import { type Layer, type Network, rowCount } from './network.js';

/** Networks with more weights than this are written as lines. */
export const lineFormThreshold = 2_000_000;

/** Number of weights of a network. */
const weightCount = (network: Network): number => network.layers.reduce((sum, layer) => sum + layer.columns.length, 0);

export interface NetworkTextOptions {
  /** Most weights of a file that is one value. @defaultValue 2 million */
  readonly linesAbove?: number;
}

/** The text of a network's file, in pieces: each row on a line of its own in both forms. */
export function* networkFileText(network: Network, options: NetworkTextOptions = {}): Generator<string> {
  if (weightCount(network) > (options.linesAbove ?? lineFormThreshold)) {
    const { format, version, ...head } = headOf(network);
    const header: NetworkLinesHeader = {
      format,
      version,
      form: 'lines',
      ...head,
      layers: network.layers.map((layer) => ({
        activation: layer.activation,
        inputs: layer.inputs,
        rows: rowCount(layer),
      })),
    };
    yield `${JSON.stringify(header)}\n`;
    for (const layer of network.layers) {
      const write = rowWriter(layer);
      for (let r = 0; r < rowCount(layer); r++) yield `${JSON.stringify(write(r))}\n`;
    }
    return;
  }
  const { layers: _, ...head } = { ...headOf(network), layers: [] };
  yield `${JSON.stringify(head).slice(0, -1)},"layers":[`;
  for (let l = 0; l < network.layers.length; l++) {
    const layer = network.layers[l]!;
    yield `${l === 0 ? '' : ','}\n{"activation":"${layer.activation}","inputs":${layer.inputs},"rows":[`;
    const write = rowWriter(layer);
    for (let r = 0; r < rowCount(layer); r++) yield `${r === 0 ? '' : ','}\n${JSON.stringify(write(r))}`;
    yield '\n]}';
  }
  yield '\n]}\n';
}

function headOf(network: Network): Omit<NetworkFile, 'layers'> {
  const { layers: _, ...head } = networkToFile({ ...network, layers: [] });
  return head;
}

/**
 * Reads a network file in either form.
 * @throws InputError naming the place, the file first.
 */
export async function readNetwork(path: string): Promise<Network> {
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 });
  const opened = new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
  try {
    await opened;
  } catch (error) {
    throw new InputError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
  try {
    return await networkFromLines(createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }), path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw new InputError(`${path}: expected a file, got a folder`);
    throw error;
  } finally {
    stream.destroy();
  }
}

/**
 * Reads a network from the lines of its file.
 * @throws InputError naming the place, `source` first.
 */
export async function networkFromLines(lines: AsyncIterable<string>, source: string): Promise<Network> {
  let header: NetworkLinesHeader | undefined;
  let rows: LineReader | undefined;
  const whole: string[] = [];
  let lineNumber = 0;
  for await (const line of lines) {
    lineNumber++;
    const first = lineNumber === 1 ? linesHeader(line) : undefined;
    if (first !== undefined) {
      header = networkLinesHeaderAt(first, `${source}: network`);
      rows = lineReader(header, source);
    } else if (rows !== undefined) {
      rows.line(line, lineNumber);
    } else {
      whole.push(line);
    }
  }
  if (header !== undefined && rows !== undefined) {
    const layers = rows.finish();
    const { layers: _, form: __, format: ___, version: ____, ...head } = header;
    return { ...head, layers };
  }
  return networkFromFile(networkFileAt(parseJson(whole.join('\n'), source), `${source}: network`));
}

interface LineReader {
  line(text: string, lineNumber: number): void;
  finish(): Layer[];
}

function lineReader(header: NetworkLinesHeader, source: string): LineReader {
  const layers: Layer[] = [];
  const read = rationalReader();
  let at = 0;
  let rowsLeft = header.layers[0]!.rows;
  let layer = layerAccumulator(header.layers[0]!.inputs, header.layers[0]!.activation);
  return {
    line(text, lineNumber) {
      if (text === '') return;
      const place = `${source}:${lineNumber}`;
      if (at === header.layers.length) throw new InputError(`${place}: expected the end of the file, got another row`);
      const row = networkRowAt(parseJson(text, place), place, header.layers[at]!.inputs);
      layer.push(rowFromFile(row, read));
      if (--rowsLeft > 0) return;
      layers.push(layer.finish());
      at++;
      if (at < header.layers.length) {
        rowsLeft = header.layers[at]!.rows;
        layer = layerAccumulator(header.layers[at]!.inputs, header.layers[at]!.activation);
      }
    },
    finish() {
      if (at < header.layers.length) {
        throw new InputError(`${source}: expected ${rowsLeft} more rows of layers[${at}], got the end of the file`);
      }
      return layers;
    },
  };
}

/** The first line's value when it is the header of the line form; undefined for the beginning of a whole file. */
function linesHeader(line: string): unknown {
  if (!line.includes('"form"')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'form' in value ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${where}: expected JSON, got ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 120)}`);
  }
}
