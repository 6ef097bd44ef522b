/**
 * Max-tree family A: f(x) = d∞(x, S−) − d∞(x, S+) as a ReLU network with integer weights, of the sign reading.
 *
 * |t| = relu(t) + relu(−t), max(a, b) = relu(a − b) + relu(b) for b ≥ 0, min(a, b) = relu(a) − relu(a − b) for a ≥ 0,
 * as binary trees over coordinates and then over points; equal neurons are merged. Around a sample, f keeps its sign
 * at every radius below half the distance of the nearest opposite sample.
 */
const dist = new URL('../dist/', import.meta.url);
const { powerOfTwo, randomSource, rational, sub, zero, mul } = await import(new URL('exact/index.js', dist));
const { ball } = await import(new URL('geometry/index.js', dist));
const { layerBuilder } = await import(new URL('network/index.js', dist));
const { unsafeFor } = await import(new URL('verify/query.js', dist));

const side = 64;

/** N distinct points of {0, …, 63}ᵈ with random labels, at least one of each. */
export function samples(count, d, seed) {
  const random = randomSource(seed);
  const points = new Map();
  while (points.size < count) {
    const x = Array.from({ length: d }, () => random.below(side));
    points.set(x.join(), x);
  }
  const labels = Array.from({ length: count }, (_, i) => (i < 2 ? i : random.below(2)));
  return { points: [...points.values()], labels };
}

const distance = (x, y) => x.reduce((most, v, j) => Math.max(most, Math.abs(v - y[j])), 0);

/** The closest pair of opposite labels, [i, k, distance]. */
export function closestPair({ points, labels }) {
  let best = [0, 1, Number.POSITIVE_INFINITY];
  points.forEach((x, i) => {
    points.forEach((y, k) => {
      if (k > i && labels[i] !== labels[k] && distance(x, y) < best[2]) best = [i, k, distance(x, y)];
    });
  });
  return best;
}

/** A form is a list of [neuron of the layer below, weight]. */
const plus = (...forms) => {
  const sums = new Map();
  for (const [form, w] of forms) for (const [k, v] of form) sums.set(k, (sums.get(k) ?? 0) + w * v);
  return [...sums].filter(([, v]) => v !== 0);
};

/** The network of the samples. */
export function maxTree({ points, labels }) {
  const d = points[0].length;
  const layers = [];
  let builder = layerBuilder(d, 'relu');
  const neuron = (form, bias = 0) => [
    [
      builder.neuron(
        form.map(([k]) => k),
        form.map(([, v]) => rational(v)),
        rational(bias),
      ),
      1,
    ],
  ];
  const next = () => {
    layers.push(builder.build());
    builder = layerBuilder(builder.size(), 'relu');
  };
  let trees = points.map((s) => s.map((v, j) => plus([neuron([[j, 1]], -v), 1], [neuron([[j, -1]], v), 1])));
  next();
  const halve = (list, join) => {
    const out = [];
    for (let k = 0; k < list.length; k += 2)
      out.push(k + 1 < list.length ? join(list[k], list[k + 1]) : neuron(list[k]));
    return out;
  };
  const larger = (a, b) => plus([neuron(plus([a, 1], [b, -1])), 1], [neuron(b), 1]);
  const smaller = (a, b) => plus([neuron(a), 1], [neuron(plus([a, 1], [b, -1])), -1]);
  while (trees[0].length > 1) {
    trees = trees.map((list) => halve(list, larger));
    next();
  }
  let sides = [0, 1].map((label) => trees.filter((_, i) => labels[i] === label).map(([form]) => form));
  while (sides.some((list) => list.length > 1)) {
    sides = sides.map((list) => (list.length > 1 ? halve(list, smaller) : list.map((form) => neuron(form))));
    next();
  }
  const below = layers.at(-1).rowStart.length - 1;
  const output = layerBuilder(below, 'identity', { merge: false });
  const form = plus([sides[0][0], 1], [sides[1][0], -1]);
  form.sort((a, b) => a[0] - b[0]);
  output.neuron(
    form.map(([k]) => k),
    form.map(([, v]) => rational(v)),
    zero,
  );
  layers.push(output.build());
  return { layers, output: { notion: 'sign', negative: 0, positive: 1 } };
}

/** Radii of the worst ball, by name; δ its distance to the nearest opposite sample. */
export const radii = (delta) => ({
  0.9: mul(rational(9, 20), rational(delta)),
  tight: sub(rational(delta, 2), powerOfTwo(-10)),
  bad: rational(delta * 3, 4),
  edge: rational(delta, 2),
});

/** The query of the worst ball; at the edge the unsafe set is strict. */
export function worstBall(data, network, radius, strict = false) {
  const [i] = closestPair(data);
  const unsafe = unsafeFor(network.output, data.labels[i]);
  return {
    network,
    region: ball(
      'linf',
      data.points[i].map((v) => rational(v)),
      radius,
    ),
    unsafe: strict ? unsafe.map((c) => c.map((k) => ({ ...k, strict: true }))) : unsafe,
  };
}

/** Number of relu neurons. */
export const reluCount = (network) =>
  network.layers.slice(0, -1).reduce((sum, layer) => sum + layer.rowStart.length - 1, 0);
