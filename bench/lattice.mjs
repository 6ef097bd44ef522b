/**
 * The lattice networks at size: the small regime for 1,024 samples in 8 dimensions, every ball proved; the memorizer of
 * 65,536 integer keys.
 *
 *   npm run bench:lattice -- [--samples 1024] [--dimension 8] [--records 65536] [--jobs 2]
 *
 * Prints seconds and peak memory of each phase. Ends with code 1 when a ball is not proved or an answer is wrong.
 */
import { parseArgs } from 'node:util';
import {
  advanceLayer,
  complexity,
  datasetOf,
  evaluate,
  memorizer,
  mul,
  proveBalls,
  randomSource,
  rational,
  robustnessQuery,
  separation,
  sequentialBuilder,
  theoremNamed,
} from '../dist/index.js';
import { heading, phase } from './phases.mjs';

const { values: flags } = parseArgs({
  options: {
    samples: { type: 'string', default: '1024' },
    dimension: { type: 'string', default: '8' },
    records: { type: 'string', default: '65536' },
    jobs: { type: 'string', default: '2' },
  },
});
const [samples, dimension, records, jobs] = ['samples', 'dimension', 'records', 'jobs'].map((name) => {
  const value = Number(flags[name]);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name}: expected a whole number ≥ 1, got ${flags[name]}`);
  return value;
});
const random = randomSource(1);
const wrong = [];

console.log(
  `small regime, ℓ2, N = ${samples}, d = ${dimension}, ρ at 0.99 of 1/(N√d); ${jobs} threads, node ${process.version}`,
);
heading();
const points = Array.from({ length: samples }, () =>
  Array.from({ length: dimension }, () => rational(random.between(-100_000, 100_000), 100_000)),
);
const data = datasetOf(
  points,
  points.map((_, i) => i % 2),
);
const theorem = theoremNamed('kmy-small');
const delta = await phase('separation', () => separation(data, 'linf').magnitude);
// 2μ < δ∞/N is what the theorem asks for.
const radius = mul(delta, rational(99, 200 * samples));
const { network, note } = await phase('construction', () => theorem.construct(data, { norm: 'l2', radius }));
const options = { norm: 'l2', radius, reading: network.output };
const query = (i) => robustnessQuery(network, data, i, options);
for (const check of [false, true]) {
  const balls = await phase(check ? 'proof, checked' : 'proof', () =>
    proveBalls(network, samples, query, { engine: 'interval', check, jobs }),
  );
  const proved = balls.filter(({ verdict }) => verdict.verdict === 'unsat').length;
  if (proved < samples) wrong.push(`${samples - proved} balls were not proved`);
}
show(network);
console.log(note);

console.log(`\nmemorizer of ${records} keys of 36 bits, values of 3 bits`);
heading();
const keys = new Set();
while (keys.size < records) keys.add(BigInt(random.below(2 ** 18)) * 2n ** 18n + BigInt(random.below(2 ** 18)));
const listed = [...keys].map((key) => ({ key, value: 1 + random.below(7) }));
const lookup = await phase('construction', () => {
  const builder = sequentialBuilder(1);
  const part = memorizer(builder.inputs[0], listed);
  while (part.pending()) advanceLayer(builder, [part]);
  return builder.network([part.value()]);
});
await phase('64 answers', () => {
  for (let t = 0; t < 64; t++) {
    const { key, value } = listed[random.below(listed.length)];
    const [answer] = evaluate(lookup, [rational(key)]);
    if (answer.d !== 1n || answer.n !== BigInt(value)) wrong.push(`key ${key} has the wrong value`);
  }
});
show(lookup);

for (const text of wrong) console.error(text);
process.exitCode = wrong.length === 0 ? 0 : 1;

function show(built) {
  const { width, depth, parameters, nonzero, bits } = complexity(built);
  console.log(`width ${width}, depth ${depth}, ${parameters} parameters, ${nonzero} nonzero, ${bits} bits`);
}
