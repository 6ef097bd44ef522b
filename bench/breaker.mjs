/**
 * How long it takes to break a narrow first layer on n = 784 inputs: the kernel vector by lifting beside elimination in BigInt, and
 * the whole attack on the unit vectors.
 *
 * `node bench/breaker.mjs [k …]`, after `npm run build`. CPU milliseconds, one run each; both kernels of one matrix in turn.
 */
import { integerKernel, integerRank, kernelVector, randomSource, rational, sparseMatrix } from '../dist/exact/index.js';
import { layerBuilder } from '../dist/network/index.js';
import { firstLayer, halfwayCollision, sameOutputs, unitVectors } from '../dist/theory/index.js';

const n = 784;
const data = unitVectors(n + 1, n);
const all = Array.from({ length: n }, (_, j) => j);
/** Elimination is not tried above this many rows. */
const mostEliminated = 128;

function milliseconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000);
}

console.log('k    rank  kernel, lifted  kernel, eliminated  rank, attack and replay');
const given = process.argv.slice(2).map(Number);
for (const k of given.length > 0 ? given : [16, 64, 128, 256]) {
  const random = randomSource(k);
  const hidden = layerBuilder(n, 'relu', { merge: false });
  for (let r = 0; r < k; r++) {
    hidden.neuron(
      all,
      all.map(() => rational(random.between(-99, 99), 100)),
      rational(1, 3),
    );
  }
  const output = layerBuilder(k, 'identity');
  output.neuron(
    all.slice(0, k),
    all.slice(0, k).map(() => rational(random.between(-9, 9))),
    rational(0),
  );
  const network = { layers: [hidden.build(), output.build()] };
  const map = firstLayer(network);
  const square = map.rows.map((row) => row.slice(0, k + 1));
  const matrix = sparseMatrix(square.map((row) => row.map((v) => rational(v))));
  const lifted = milliseconds(() => integerKernel(square, k + 1));
  const eliminated = k > mostEliminated ? '—' : milliseconds(() => kernelVector(matrix));
  let rank = 0;
  const whole = milliseconds(() => {
    rank = integerRank(map.rows);
    const { x, other } = halfwayCollision(data, map);
    sameOutputs(network, x, other);
  });
  const cells = [k, rank, lifted, eliminated, whole].map(String);
  console.log([4, 5, 15, 19, 0].map((width, at) => cells[at].padEnd(width)).join(' '));
}
