/**
 * What keeps the MNIST benchmark honest: proofs repeated in BigInt, points evaluated exactly, and claims that are false.
 *
 * Each function returns sentences about what is not as it should be; none is good.
 */
import {
  add,
  bigNumerators,
  compare,
  equal,
  evaluate,
  intervalEngine,
  intervalProof,
  mul,
  point,
  rational,
  robustnessQuery,
  sub,
} from '../dist/index.js';

const proved = (query, options) => intervalProof(query, options).every(Boolean);

/** Balls proved again with weights that do not fit tier 1, so that all arithmetic is BigInt. */
export function repeatedInBigInt(network, data, balls, options) {
  const work = { doubles: 0, bigints: 0 };
  const layers = network.layers.map((layer) => ({ ...layer, weights: bigNumerators(layer.weights) }));
  const wrong = balls
    .filter((i) => !proved(robustnessQuery({ ...network, layers }, data, i, options), { enclosures: false, work }))
    .map((i) => `ball ${i}: not proved in BigInt`);
  // The last layer is composed into the query, and so small that it may fit doubles.
  const hidden = layers.slice(0, -1).reduce((sum, layer) => sum + layer.columns.length, 0);
  if (work.bigints < 2 * hidden * balls.length) wrong.push(`BigInt: expected all hidden layers, got ${work.bigints}`);
  return wrong;
}

/** Balls whose certificates the independent checker accepts; for networks that it can hold. */
export function acceptedByChecker(network, data, balls, options) {
  const engine = intervalEngine(network, { check: true });
  return balls
    .filter((i) => engine.verify(robustnessQuery(network, data, i, options))?.evidence.level !== 'certificate')
    .map((i) => `ball ${i}: no certificate`);
}

/** The label at corners of each ball: two towards each given sample and away from it, two more at fixed signs. */
export function evaluatedAtCorners(network, data, balls, towards, { radius }) {
  const wrong = [];
  for (const i of balls) {
    const centre = point(data, i);
    const away = towards
      .filter((k) => k !== i)
      .flatMap((k) => {
        const signs = point(data, k).map((v, j) => compare(v, centre[j]));
        return [signs, signs.map((s) => -s)];
      });
    for (const signs of [...away, centre.map((_, j) => (j % 3 === 0 ? 1 : -1)), centre.map(() => 1)]) {
      const corner = centre.map((v, j) => (signs[j] < 0 ? sub(v, radius) : add(v, radius)));
      const [value] = evaluate(network, corner);
      if (!equal(value, rational(data.labels[i])))
        wrong.push(`ball ${i}: a corner has the value ${value.n}/${value.d}`);
    }
  }
  return wrong;
}

/** False claims: balls beyond δ/2 at the closest pair, each with an exact counterexample, and labels of another class. */
export function falseClaims(network, data, closest, balls, options) {
  const wrong = [];
  const beyond = mul(closest.magnitude, rational(51, 100));
  const [a, b] = closest.pair;
  for (const [i, k] of [
    [a, b],
    [b, a],
  ]) {
    const query = robustnessQuery(network, data, i, { ...options, radius: beyond });
    if (proved(query)) wrong.push(`ball ${i} of radius beyond δ/2: proved`);
    const from = point(data, i);
    const x = point(data, k).map((v, j) => clamped(v, sub(from[j], beyond), add(from[j], beyond)));
    if (equal(evaluate(network, x)[0], rational(data.labels[i]))) wrong.push(`ball ${i} beyond δ/2: no counterexample`);
  }
  for (const i of balls) {
    const labels = data.labels.map((label, k) => (k === i ? (label + 1) % 10 : label));
    if (proved(robustnessQuery(network, { ...data, labels }, i, options)))
      wrong.push(`ball ${i} with a false label: proved`);
  }
  return wrong;
}

const clamped = (v, low, high) => (compare(v, low) < 0 ? low : compare(v, high) > 0 ? high : v);
