/**
 * X8: how the memorizer of integers grows with the number of its records.
 *
 * Main definition: `memorizerSlopes`.
 *
 * Main statement. N records of B = ρ + c bits, a key of ρ bits and a value of c, take a network of width 8 and
 * ⌈N/n⌉ + nB + 1 layers for n records to a group: about 2√(NB) for the best n. So parameters, layers and bits of weights grow
 * like √N, on logarithmic axes with slope 1/2.
 *
 * Notes. Keys are random and different; the answers of some members and some other integers are evaluated exactly.
 *
 * References. [VYS, Thm 3.1], Õ(√N) parameters; [KMY, Thm 4.2 (i)], where it serves robust memorization.
 */
import { bigBelow, type RandomSource, randomSource, rational } from '../exact/index.js';
import {
  advanceLayer,
  complexity,
  evaluate,
  type MemorizerRecord,
  memorizer,
  sequentialBuilder,
} from '../network/index.js';
import type { Experiment, ExperimentResult } from './experiment.js';
import { fittedExponent } from './power-law.js';

const keyBits = 36;
const valueBits = 3;
/** Members, and as many other integers, that are evaluated for each N. */
const asked = 24;

export const memorizerSlopes: Experiment = {
  name: 'X8',
  title: 'the memorizer of integers: parameters, layers and bits against the number of records',
  reference: '[VYS, Thm 3.1], [KMY, Thm 4.2]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const exponents = Array.from({ length: quick ? 5 : 11 }, (_, e) => e + 6);
    const random = randomSource(seed);
    let [right, all] = [0, 0];
    const rows = exponents.map((e, at) => {
      signal?.throwIfAborted();
      const records = randomRecords(random, 2 ** e);
      const builder = sequentialBuilder(1);
      const part = memorizer(builder.inputs[0]!, records);
      while (part.pending()) advanceLayer(builder, [part]);
      const network = builder.network([part.value()]);
      const known = new Map(records.map(({ key, value }) => [key, value]));
      for (let t = 0; t < asked; t++) {
        for (const key of [records[random.below(records.length)]!.key, bigBelow(random, 1n << BigInt(keyBits))]) {
          const [answer] = evaluate(network, [rational(key)]);
          if (answer!.d === 1n && answer!.n === BigInt(known.get(key) ?? 0)) right++;
          all++;
        }
      }
      const { width, depth, parameters, nonzero, bits } = complexity(network);
      onProgress?.(at + 1, exponents.length);
      return [2 ** e, part.shape.perGroup, part.shape.groups, width, depth, Number(parameters), nonzero, bits];
    });
    const slope = (column: string): number => {
      const at = columns.indexOf(column);
      return fittedExponent(rows.map((row) => [row[0]!, row[at]!]));
    };
    const plotted = ['parameters', 'layers', 'bits'];
    return {
      tables: [
        {
          name: 'sizes',
          caption: `memorizers of N random keys of ${keyBits} bits with values of ${valueBits} bits`,
          columns,
          rows,
        },
        {
          name: 'growth',
          caption: 'the same, one row for each size: what is plotted',
          columns: ['N', 'size', 'value'],
          rows: plotted.flatMap((size) => rows.map((row) => [row[0]!, size, row[columns.indexOf(size)]!])),
        },
      ],
      plots: [
        {
          name: 'growth',
          title: `Memorizers of N keys of ${keyBits} bits`,
          table: 'growth',
          x: 'N',
          y: 'value',
          series: 'size',
          logarithmic: { x: true, y: true },
        },
      ],
      findings: [
        `parameters grow like N^${slope('parameters').toFixed(3)}, layers like N^${slope('layers').toFixed(3)}; expected 0.5`,
        `${right} of ${all} exact answers are right, half of them for integers that no record has`,
      ],
    };
  },
};

const columns = ['N', 'n', 'groups', 'width', 'layers', 'parameters', 'nonzero', 'bits'];

/** Records with different keys below 2^36. */
function randomRecords(random: RandomSource, count: number): MemorizerRecord[] {
  const keys = new Set<bigint>();
  while (keys.size < count) keys.add(bigBelow(random, 1n << BigInt(keyBits)));
  return [...keys].map((key) => ({ key, value: 1 + random.below(2 ** valueBits - 1) }));
}
