/**
 * Queries for the benchmark of the search: max-tree balls, the collision-avoidance networks, random dense networks.
 *
 * Each is { name, query, expected? }; `expected` is the verdict that is known beforehand.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closestPair, maxTree, radii, reluCount, samples, worstBall } from './max-tree.mjs';

const dist = new URL('../dist/', import.meta.url);
const { randomSource, rational, toNumber } = await import(new URL('exact/index.js', dist));
const { ball } = await import(new URL('geometry/index.js', dist));
const { readNnet } = await import(new URL('interop/index.js', dist));
const { layerBuilder } = await import(new URL('network/index.js', dist));
const { unsafeFor } = await import(new URL('verify/query.js', dist));

/** Worst balls of max-tree networks; `name` of the radius as in max-tree.mjs. */
export function maxTreeQueries(sizes, names) {
  return sizes.flatMap(([count, d, seed]) => {
    const data = samples(count, d, seed);
    const network = maxTree(data);
    const [, , delta] = closestPair(data);
    return names.map((name) => ({
      name: `N=${count} d=${d} seed ${seed}, ${name}`,
      size: reluCount(network),
      query: worstBall(data, network, radii(delta)[name], name === 'edge'),
      expected: name === 'bad' ? 'sat' : 'unsat',
    }));
  });
}

/**
 * Balls of max-tree networks around random points, and an f below the least that a local search finds in the ball: more
 * than the bounds of d∞(x, S−) and d∞(x, S+), each on its own, can tell.
 */
export function thresholdQueries(sizes) {
  return sizes.map(([count, d, seed, reach]) => {
    const data = samples(count, d, seed);
    const network = maxTree(data);
    const random = randomSource(seed + 100);
    const f = (x) => {
      const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      data.points.forEach((p, i) => {
        const label = data.labels[i];
        least[label] = Math.min(least[label], Math.max(...p.map((t, j) => Math.abs(t - x[j]))));
      });
      return least[0] - least[1];
    };
    const centre = Array.from({ length: d }, () => random.below(64));
    let best = Number.POSITIVE_INFINITY;
    for (let start = 0; start < 200; start++) {
      let at = centre.map((c) => c + random.between(-reach, reach));
      let value = f(at);
      for (let step = 0; step < 300; step++) {
        const j = random.below(d);
        const next = at.map((t, k) => (k === j ? centre[j] + random.between(-reach, reach) : t));
        const there = f(next);
        if (there <= value) [at, value] = [next, there];
      }
      best = Math.min(best, value);
    }
    const unsafe = [[{ columns: [0], weights: [rational(-1)], bias: rational(best - 2), strict: false }]];
    const region = ball(
      'linf',
      centre.map((c) => rational(c)),
      rational(reach),
    );
    return {
      name: `N=${count} d=${d} seed ${seed}, f ≤ ${best - 2}`,
      size: reluCount(network),
      query: { network, region, unsafe },
    };
  });
}

/** The 24 collision-avoidance networks, each asked for an output ≤ 0 on its box. */
export async function coavQueries() {
  const folder = fileURLToPath(new URL('data/coav/', import.meta.url));
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.nnet'))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const { network, box } = await readNnet(`${folder}${file}`);
      const unsafe = [[{ columns: [0], weights: [rational(-1)], bias: rational(0), strict: false }]];
      return {
        name: file.slice('reluBenchmark'.length, -'.nnet'.length),
        size: reluCount(network),
        query: { network, region: box, unsafe },
        expected: file.includes('UNSAT') ? 'unsat' : 'sat',
      };
    }),
  );
}

/** A dense relu network with weights and biases in hundredths from [−1, 1], of the argmax reading. */
function randomNetwork(random, sizes) {
  const hundredths = () => rational(random.between(-100, 100), 100);
  const layers = sizes.slice(1).map((rows, i) => {
    const inputs = sizes[i];
    const builder = layerBuilder(inputs, i === sizes.length - 2 ? 'identity' : 'relu', { merge: false });
    for (let r = 0; r < rows; r++) {
      const weights = Array.from({ length: inputs }, hundredths);
      const kept = weights.map((_, j) => j).filter((j) => weights[j].n !== 0n);
      builder.neuron(
        kept,
        kept.map((j) => weights[j]),
        hundredths(),
      );
    }
    return builder.build();
  });
  return { layers, output: { notion: 'argmax', classes: sizes.at(-1) } };
}

function nearOutputs({ layers }, x) {
  return layers.reduce((h, layer) => {
    const wide = toNumber(rational(1n, layer.weightDenominator));
    return Array.from({ length: layer.rowStart.length - 1 }, (_, r) => {
      let sum = toNumber(rational(BigInt(layer.biases[r]), layer.biasDenominator));
      for (let m = layer.rowStart[r]; m < layer.rowStart[r + 1]; m++)
        sum += Number(layer.weights[m]) * wide * h[layer.columns[m]];
      return layer.activation === 'relu' ? Math.max(0, sum) : sum;
    });
  }, x);
}

/**
 * Balls of random 4-30-30-2 networks whose radius is `share` of the smallest at which a random attack changes the class,
 * by bisection: near the decision boundary from both sides.
 */
export function randomQueries(count, norm, share, sizes = [4, 30, 30, 2]) {
  return Array.from({ length: count }, (_, k) => {
    const random = randomSource(k + 1);
    const network = randomNetwork(random, sizes);
    const unit = () => random.between(-1000, 1000) / 1000;
    const centre = Array.from({ length: sizes[0] }, () => random.between(-100, 100) / 100);
    const outputs = nearOutputs(network, centre);
    const label = outputs.indexOf(Math.max(...outputs));
    const margin = (x) => {
      const y = nearOutputs(network, x);
      return y[label] - Math.max(...y.filter((_, c) => c !== label));
    };
    const place = (v, r) => {
      const sum = v.reduce((s, t) => s + Math.abs(t), 0) || 1;
      const length = Math.hypot(...v) || 1;
      return v.map((t, j) => centre[j] + r * (norm === 'linf' ? Math.sign(t) : norm === 'l2' ? t / length : t / sum));
    };
    const changes = (r) => {
      for (let start = 0; start < 40; start++) {
        let at = centre.map(unit);
        let best = margin(place(at, r));
        for (let step = 0; step < 40 && best >= 0; step++) {
          const next = at.map((t) => t + 0.3 * unit());
          const value = margin(place(next, r));
          if (value < best) [at, best] = [next, value];
        }
        if (best < 0) return true;
      }
      return false;
    };
    let [low, high] = [0, 4];
    for (let step = 0; step < 12; step++) {
      const middle = (low + high) / 2;
      if (changes(middle)) high = middle;
      else low = middle;
    }
    const radius = rational(Math.max(1, Math.round(high * share * 1000)), 1000);
    const exact = centre.map((c) => rational(Math.round(c * 100), 100));
    return {
      name: `${norm} seed ${k + 1}`,
      size: reluCount(network),
      query: { network, region: ball(norm, exact, radius), unsafe: unsafeFor(network.output, label) },
    };
  });
}
