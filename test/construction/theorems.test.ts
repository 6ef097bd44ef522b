import { describe, expect, test } from 'vitest';
import {
  promisedClaims,
  promisedVariables,
  type Theorem,
  theoremNamed,
  theorems,
} from '../../src/construction/index.js';
import { bundled } from '../../src/data/index.js';
import { half, mul, one, parseRational, type Rational, rational, rootBelow } from '../../src/exact/index.js';
import { AssumptionError, InputError, type Norm } from '../../src/format/index.js';
import { classes, type Dataset, datasetOf, point, selectClasses, separation } from '../../src/geometry/index.js';
import { complexity, evaluate, type Network, networkHash, readLabel } from '../../src/network/index.js';
import { intervalProof } from '../../src/verify/bounds/interval.js';
import { robustnessQuery } from '../../src/verify/query.js';

const q = (text: string): Rational => parseRational(text);
const rows = (values: readonly (readonly number[])[]) => values.map((p) => p.map((v) => rational(v)));
const cases = theorems.flatMap((theorem) =>
  theorem.norms.map((norm) => ({ theorem, norm, name: `${theorem.name} ${norm}` })),
);

/** A radius at 0.99 of the largest ρ that is promised, from below. */
function radiusOf(data: Dataset, norm: Norm, { range }: Theorem): Rational {
  const found = separation(data, norm)!;
  const delta = norm === 'l2' ? rootBelow(found.magnitude, 24).value : found.magnitude;
  return mul(mul(q('0.99'), range?.end(data, norm) ?? one), mul(half, delta));
}

/** ± μ e_j around a point: inside the closed ball of every norm. */
const axisPoints = (x: readonly Rational[], mu: Rational): Rational[][] =>
  x.flatMap((_, j) =>
    [1n, -1n].map((s) =>
      x.map((v, m) => (m === j ? { n: v.n * mu.d + s * mu.n * v.d, d: v.d * mu.d } : v)).map((v) => rational(v.n, v.d)),
    ),
  );

describe.each(cases)('$name', ({ theorem, norm }) => {
  const open = theorem.balls === 'open';
  // A sign tells two classes apart: the samples of others are left out.
  const served = (data: Dataset): Dataset =>
    theorem.notion === 'sign' ? selectClasses(data, classes(data).slice(0, 2).map(String)) : data;
  const labelOf = (network: Network, x: readonly Rational[]): number | undefined =>
    readLabel(network.output!, evaluate(network, x));

  test('labels centres and axis points of every ball exactly, with overlapping balls of one label', () => {
    const data = served(
      datasetOf(
        rows([
          [0, 0],
          [1, 0],
          [1, 1],
          [9, 9],
          [5, 0],
          [5, 1],
        ]),
        [2, 2, 2, 0, 7, 7],
      ),
    );
    const mu = radiusOf(data, norm, theorem);
    const { network, claims } = theorem.construct(data, { norm, radius: mu });
    const promised = promisedClaims(theorem).filter(({ norms }) => norms.includes(norm));
    expect(promised.map((group) => group.claims)).toEqual([
      Object.fromEntries(claims.map((claim) => [claim.quantity, claim.theorem])),
    ]);
    const letters = claims.flatMap((claim) =>
      [...claim.theorem.matchAll(/\b[A-Za-z]\w*\b(?!\()/g)].map(([name]) => name),
    );
    expect(Object.keys(promisedVariables)).toEqual(expect.arrayContaining(letters));
    let evaluated = 0;
    for (let i = 0; i < data.size; i++) {
      for (const x of [point(data, i), ...axisPoints(point(data, i), mu)]) {
        expect(labelOf(network, x)).toBe(data.labels[i]);
        evaluated++;
      }
    }
    expect(evaluated).toBe((theorem.notion === 'sign' ? 4 : 6) * 5);
  });

  test.each([
    ['one sample', [[3, 1]], [4], 4],
    [
      'one class',
      [
        [3, 1],
        [0, 0],
      ],
      [1, 1],
      1,
    ],
  ] as const)('%s: the constant network, for any radius', (_, points, labels, value) => {
    const data = datasetOf(rows(points), labels);
    const { network, claims } = theorem.construct(data, { norm, radius: rational(1000) });
    expect(complexity(network)).toMatchObject({ depth: 1, width: 0, nonzero: 1 });
    expect(labelOf(network, [rational(-5), rational(77)])).toBe(value);
    expect(claims.map((c) => c.quantity).sort()).toEqual(['depth', 'nonzero', 'parameters', 'width']);
  });

  test('d = 1, μ = 0 and duplicates work', () => {
    const data = served(datasetOf(rows([[0], [3], [0], [7], [11]]), [0, 1, 0, 0, 3]));
    const { network, variables } = theorem.construct(data, { norm, radius: rational(0) });
    expect(variables.N).toBe(theorem.notion === 'sign' ? 3n : 4n);
    expect(data.labels.map((_, i) => labelOf(network, point(data, i)))).toEqual(data.labels);
  });

  test('refuses 2μ ≥ δ, naming both samples; a negative radius; a point with two labels; too many weights', () => {
    const data = datasetOf(
      rows([
        [0, 0],
        [2, 0],
        [9, 9],
      ]),
      [0, 1, 0],
      { lines: [2, 3, 5] },
    );
    const attempt =
      (radius: Rational, given = data, extra = {}) =>
      () =>
        theorem.construct(given, { norm, radius, ...extra });
    expect(attempt(rational(1))).toThrow(AssumptionError);
    expect(attempt(rational(1))).toThrow(/samples 0 and 1 \(lines 2 and 3\)/);
    expect(attempt(rational(-1))).toThrow(InputError);
    const twice = datasetOf(
      rows([
        [0, 0],
        [0, 0],
      ]),
      [0, 1],
    );
    expect(attempt(rational(0), twice)).toThrow(/same point/);
    expect(attempt(q('1/4'), data, { maxNonzero: 3 })).toThrow(/--max-nonzero: expected a network of at most 3/);
  });

  test('refuses other norms', () => {
    const data = datasetOf(
      rows([
        [0, 0],
        [2, 0],
      ]),
      [0, 1],
    );
    for (const other of (['l1', 'l2', 'linf'] as const).filter((n) => !theorem.norms.includes(n))) {
      expect(() => theorem.construct(data, { norm: other, radius: q('1/8') })).toThrow(InputError);
    }
  });

  test('is deterministic', () => {
    const data = served(
      datasetOf(
        rows([
          [0, 0],
          [2, 5],
          [9, 9],
        ]),
        [0, 1, 2],
      ),
    );
    const options = { norm, radius: q('1/8') };
    expect(networkHash(theorem.construct(data, options).network)).toBe(
      networkHash(theorem.construct(data, options).network),
    );
  });

  if (theorem.notion === 'sign') {
    test('refuses three classes, naming them', () => {
      const data = datasetOf(rows([[0], [3], [5]]), [0, 1, 2], { labelNames: ['ash', 'beech', 'elm'] });
      expect(() => theorem.construct(data, { norm, radius: rational(0) })).toThrow(
        new AssumptionError('needs two classes, told apart by a sign: got 3 (ash, beech, elm)'),
      );
    });
  }

  if (
    ['ygz-wide', 'eys-pair', 'finke-box', 'finke-threshold', 'finke-axis', 'finke-conv', 'kmy-small'].includes(
      theorem.name,
    )
  ) {
    test('interval propagation proves all of Iris at 0.99 of the largest ρ, and nothing at a wrong label', async () => {
      const data = await bundled('iris');
      const radius = radiusOf(data, norm, theorem);
      const { network } = theorem.construct(data, { norm, radius });
      const options = { norm, radius, reading: network.output!, open };
      const proved = data.labels.filter((_, i) =>
        intervalProof(robustnessQuery(network, data, i, options)).every(Boolean),
      );
      expect(proved).toHaveLength(150);
      const wrong = { ...data, labels: data.labels.map((c) => (c + 1) % 3) };
      const vacuous = data.labels.filter((_, i) =>
        intervalProof(robustnessQuery(network, wrong, i, options)).every(Boolean),
      );
      expect(vacuous).toHaveLength(0);
    });
  }
});

test('an unknown name is refused with the list', () => {
  expect(() => theoremNamed('ygz')).toThrow(/--construction: expected ygz-wide, eys-pair, .*, got "ygz"/);
});

test('the threshold box network is right on the open ball of radius δ/2 and may fail on its sphere', () => {
  const data = datasetOf(rows([[0], [2]]), [0, 1]);
  const { network } = theoremNamed('finke-box').construct(data, { norm: 'linf', radius: rational(0) });
  const options = { norm: 'linf' as const, radius: rational(1), reading: network.output! };
  expect(intervalProof(robustnessQuery(network, data, 0, { ...options, open: true })).every(Boolean)).toBe(true);
  expect(intervalProof(robustnessQuery(network, data, 0, options)).every(Boolean)).toBe(false);
  expect(evaluate(network, [rational(1)])).toEqual([rational(1)]);
});
