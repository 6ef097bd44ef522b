/**
 * A ball that is too large holds a point of another class: found by a search, confirmed by exact evaluation.
 *
 *   node examples/02-counterexample/main.mjs
 */
import {
  datasetOf,
  falsify,
  formatRational,
  parseRational,
  point,
  rational,
  replay,
  robustnessQuery,
  theoremNamed,
} from 'muball';

const text = (x) => `(${x.map(formatRational).join(', ')})`;
const data = datasetOf(
  [
    [0, 0],
    [1, 0],
    [0, 1],
  ].map((row) => row.map((v) => rational(v))),
  [0, 1, 1],
);
const norm = 'linf';

// Right on all balls of radius 1/4, and not on larger ones.
const { network } = theoremNamed('ygz-wide').construct(data, { norm, radius: parseRational('1/4') });
const asked = (radius) =>
  robustnessQuery(network, data, 0, { norm, radius: parseRational(radius), reading: network.output });
console.log(`radius 1/4: ${falsify(asked('1/4')) === undefined ? 'no wrong point found' : 'a wrong point'}`);

const query = asked('2/5');
const found = falsify(query, { towards: [point(data, 1), point(data, 2)] });
const { inside, unsafe, outputs } = replay(query, found.point);
console.log(`radius 2/5: f${text(found.point)} = ${text(outputs)}, inside the ball: ${inside}, not class 0: ${unsafe}`);
