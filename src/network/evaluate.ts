/**
 * Exact evaluation of a network at a rational point, and the label that an output means.
 */

import {
  abs,
  compare,
  entry,
  half,
  less,
  parseRational,
  type Rational,
  scaled,
  sign,
  sub,
  type Vector,
} from '../exact/index.js';
import { InputError, type Notion, type OutputReading } from '../format/index.js';
import { applyLayer } from './affine.js';
import { inputDimension, type Network, outputDimension } from './network.js';

/**
 * f(x), exactly.
 * @throws InputError when x has the wrong number of coordinates.
 */
export function evaluate(network: Network, x: Vector): Rational[] {
  if (x.length !== inputDimension(network)) {
    throw new InputError(`point: expected ${inputDimension(network)} coordinates, got ${x.length}`);
  }
  let values = scaled(x);
  for (const layer of network.layers) values = applyLayer(layer, values);
  return Array.from({ length: outputDimension(network) }, (_, k) => entry(values, k));
}

/** All post-activations f_1(x), …, f_L(x), layer by layer, exactly. */
export function trace(network: Network, x: Vector): Rational[][] {
  let values = scaled(x);
  return network.layers.map((layer) => {
    values = applyLayer(layer, values);
    return Array.from({ length: values.numerators.length }, (_, k) => entry(values, k));
  });
}

/** How a network's outputs are read: its own word, or exact for one output (class c is the value c), argmax for several. */
export function outputReading(network: Network, classCount: number): OutputReading {
  if (network.output !== undefined) return network.output;
  const outputs = outputDimension(network);
  if (outputs > 1) return { notion: 'argmax', classes: outputs };
  return { notion: 'exact', labels: Array.from({ length: classCount }, (_, c) => String(c)) };
}

/**
 * The reading of a network's outputs as a notion: its own where that is of this notion, else the usual one.
 * @throws InputError naming `where` for a notion of one output when the network has several.
 */
export function readAs(network: Network, classCount: number, notion: Notion, where = 'notion'): OutputReading {
  const own = outputReading(network, classCount);
  if (notion === own.notion) return own;
  const outputs = outputDimension(network);
  if (notion === 'argmax') return { notion, classes: outputs };
  if (outputs !== 1) throw new InputError(`${where}: expected a network with one output for ${notion}, got ${outputs}`);
  if (notion === 'sign') return { notion, negative: 0, positive: 1 };
  const labels = own.notion === 'exact' || own.notion === 'round' ? own.labels : undefined;
  return { notion, labels: labels ?? Array.from({ length: classCount }, (_, c) => String(c)) };
}

/** Whether some outputs mean class c. */
export function readsClass(reading: OutputReading, c: number): boolean {
  switch (reading.notion) {
    case 'exact':
    case 'round':
      return reading.labels[c] !== undefined;
    case 'sign':
      return c === reading.negative || c === reading.positive;
    case 'argmax':
      return c < reading.classes;
  }
}

/** The class that outputs y mean, or undefined when they mean none. */
export function readLabel(reading: OutputReading, y: Vector): number | undefined {
  switch (reading.notion) {
    case 'exact': {
      const found = reading.labels.findIndex((v) => compare(parseRational(v), y[0]!) === 0);
      return found < 0 ? undefined : found;
    }
    case 'round': {
      const found = reading.labels.findIndex((v) => less(abs(sub(parseRational(v), y[0]!)), half));
      return found < 0 ? undefined : found;
    }
    case 'sign': {
      const s = sign(y[0]!);
      return s === 0 ? undefined : s < 0 ? reading.negative : reading.positive;
    }
    case 'argmax': {
      const best = y.reduce((top, v, c) => (compare(v, y[top]!) > 0 ? c : top), 0);
      return y.every((v, c) => c === best || less(v, y[best]!)) ? best : undefined;
    }
  }
}
