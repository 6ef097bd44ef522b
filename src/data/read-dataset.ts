/**
 * Reading a dataset from a file or from standard input, in CSV or JSON.
 */
import { parse } from 'node:path';
import { type DatasetFile, datasetFileAt, InputError, refuse } from '../format/index.js';
import { type Dataset, distinctSamples } from '../geometry/index.js';
import { type CsvOptions, datasetFromCsv } from './csv-dataset.js';
import { datasetFromFile } from './dataset-codec.js';
import { fileText } from './file-text.js';
import { linesOf } from './lines.js';

export interface ReadDatasetOptions extends CsvOptions {
  /**
   * How the text is read. 'auto': by the file's ending, `.csv` or `.json`, or else as JSON when the text begins with `{`.
   * @defaultValue 'auto'
   */
  readonly format?: 'csv' | 'json' | 'auto';
  /** What `-` reads, in pieces. @defaultValue standard input */
  readonly input?: AsyncIterable<string>;
}

/** Longest JSON text that is read, in characters: V8 holds no string above half a gigabyte. */
export const longestJson = 400_000_000;

/**
 * The dataset in a file, or on standard input when the source is `-`. CSV rows keep their lines.
 * @throws InputError in one sentence with the place: an unreadable file, text of the wrong form, one point with two
 * labels, options of CSV for JSON.
 */
export async function readDataset(source: string, options: ReadDatasetOptions = {}): Promise<Dataset> {
  const where = source === '-' ? 'standard input' : source;
  const chunks = source === '-' ? (options.input ?? standardInput()) : fileText(source);
  const { kind, text } = await textKind(chunks, source, options.format ?? 'auto');
  if (kind === 'json' && (options.label !== undefined || typeof options.header === 'boolean')) {
    refuse(where, 'CSV, for a label column or a header to be named', 'JSON');
  }
  const data =
    kind === 'json'
      ? datasetFromFile(jsonDataset(await whole(text, where), where))
      : await datasetFromCsv(linesOf(text, where), where, options);
  requireOneLabelPerPoint(data, where);
  return { ...data, name: source === '-' ? where : parse(source).name };
}

function requireOneLabelPerPoint(data: Dataset, where: string): void {
  try {
    distinctSamples(data);
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.message.replace(/^dataset/, () => where));
    throw error;
  }
}

function standardInput(): AsyncIterable<string> {
  process.stdin.setEncoding('utf8');
  return process.stdin;
}

/** How the text is to be read, and the text itself: looking at its beginning takes nothing away. */
async function textKind(
  chunks: AsyncIterable<string>,
  source: string,
  format: 'csv' | 'json' | 'auto',
): Promise<{ kind: 'csv' | 'json'; text: AsyncIterable<string> }> {
  if (format !== 'auto') return { kind: format, text: chunks };
  const ending = parse(source).ext.toLowerCase();
  if (ending === '.csv' || ending === '.json') return { kind: ending === '.csv' ? 'csv' : 'json', text: chunks };
  const iterator = chunks[Symbol.asyncIterator]();
  let first = await iterator.next();
  const seen: string[] = [];
  while (!first.done) {
    seen.push(first.value);
    // `trim` takes a byte order mark for a blank.
    if (first.value.trim() !== '' || seen.length > 1000) break;
    first = await iterator.next();
  }
  async function* again(): AsyncGenerator<string, void, undefined> {
    try {
      yield* seen;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { kind: (seen.at(-1) ?? '').trimStart().startsWith('{') ? 'json' : 'csv', text: again() };
}

async function whole(chunks: AsyncIterable<string>, where: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > longestJson) refuse(where, `at most ${longestJson} characters of JSON`, 'more');
    parts.push(chunk);
  }
  return parts.join('').replace(/^\ufeff/, '');
}

function jsonDataset(text: string, where: string): DatasetFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse(where, 'JSON', (error as Error).message.replace(/\s+/g, ' ').slice(0, 120));
  }
  return datasetFileAt(value, `${where}: dataset`);
}
