/**
 * [YGZ, Thm 4.1]: on random formulas the reduction goes there and back, whatever the memorizer's weights are made of; and first layers
 * of rank below d are broken at the radius that the kernel needs.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { linearMap } from '../src/arbitrary/index.js';
import { compare, half, integerRank, maxOfAbs, mul, type Rational, rational, subVectors } from '../src/exact/index.js';
import { collision, image, point } from '../src/geometry/index.js';
import { layerOf, type Network, rowOf } from '../src/network/index.js';
import {
  assignmentOf,
  attackGrid,
  type Cnf,
  coloursOf,
  coreOf,
  decideCnf,
  gridDataset,
  halfwayCollision,
  parseDimacs,
  readSplitting,
  refutes,
  satisfies,
  separableBalls,
  shownBySupports,
  splittingDataset,
  splittingNetwork,
  splittingOf,
  subformula,
  unitVectors,
} from '../src/theory/index.js';
import { property } from './property.js';

const mostVariables = 6;
const literal = fc
  .tuple(fc.integer({ min: 1, max: mostVariables }), fc.boolean())
  .map(([variable, positive]) => (positive ? variable : -variable));
const clauses = fc.array(fc.uniqueArray(literal, { maxLength: 3 }), { maxLength: 20 });
const formulaOf = (given: readonly (readonly number[])[]): Cnf => ({ variables: mostVariables, clauses: given });
const factor = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
  .map(([n, d]) => rational(n, d));

/** The same function times a factor, with its neurons scaled and exchanged. */
function disguised({ layers }: Network, scales: readonly [Rational, Rational], all: Rational): Network {
  const [hidden, output] = layers;
  const rows = [1, 0].map((r) => {
    const { columns, weights, bias } = rowOf(hidden!, r);
    return { columns, weights: weights.map((w) => mul(w, scales[r]!)), bias: mul(bias, scales[r]!) };
  });
  const { weights, bias } = rowOf(output!, 0);
  const back = [1, 0].map((r) => mul(all, mul(weights[r]!, rational(scales[r]!.d, scales[r]!.n))));
  return {
    layers: [
      layerOf(hidden!.inputs, 'relu', rows),
      layerOf(2, 'identity', [{ columns: [0, 1], weights: back, bias: mul(all, bias) }]),
    ],
  };
}

property(
  'a formula: decided with what shows it; a network where it is satisfiable, and the assignment back from it',
  [clauses, factor, factor, factor],
  (given, a, b, c) => {
    const cnf = formulaOf(given);
    const models = Array.from({ length: 2 ** mostVariables }, (_, bits) =>
      Array.from({ length: mostVariables }, (_, i) => ((bits >> i) & 1) === 1),
    ).filter((values) => satisfies(cnf, values));
    const answer = decideCnf(cnf);
    expect(answer.status).toBe(models.length > 0 ? 'satisfiable' : 'unsatisfiable');
    if (answer.status === 'unsatisfiable') {
      const core = subformula(cnf, coreOf(answer.refutation));
      expect(refutes(cnf, answer.refutation)).toBe(true);
      expect(decideCnf(core).status).toBe('unsatisfiable');
      return;
    }
    if (answer.status !== 'satisfiable') throw new Error('expected an answer');
    const dataset = splittingDataset(splittingOf(cnf));
    const { data, radius } = dataset;
    const built = splittingNetwork(coloursOf(cnf, answer.assignment));
    const network = disguised(built, [a, b], c);
    expect(shownBySupports(network, built.output!, data, radius)).toHaveLength(data.size);
    const back = assignmentOf(cnf, readSplitting(dataset, network, built.output!));
    expect(models).toContainEqual(back);
    expect(separableBalls(data, radius).separable).toBe(false);
  },
  { runs: 60 },
);

property(
  'DIMACS text is read as the formula that it says',
  [clauses, fc.constantFrom(' ', '\n', '\t \n'), fc.constantFrom('', '%\n0\n', 'c the end')],
  (given, blank, end) => {
    const body = given.map((clause) => [...clause, 0].join(blank));
    const text = [`p cnf ${mostVariables} ${given.length}`, ...body, end].join('\nc between\n');
    expect(parseDimacs(text)).toEqual(formulaOf(given));
  },
  { runs: 100 },
);

property(
  'first layers of rank below d: broken on unit vectors and grids, no farther than promised and no nearer than possible',
  [linearMap({ columns: { min: 2, max: 3 } })],
  (map) => {
    const d = map.columns;
    if (integerRank(map.rows) >= d) {
      expect(() => halfwayCollision(unitVectors(d + 1, d), map)).toThrow(`got rank ${d}`);
      expect(() => attackGrid(d, 2, map)).toThrow(`got rank ${d}`);
      return;
    }
    const families = [
      { data: unitVectors(d + 1, d), found: halfwayCollision(unitVectors(d + 1, d), map), bound: rational(1, 4) },
      { data: gridDataset(d, 2), found: attackGrid(d, 2, map), bound: rational(1, 4) },
    ];
    for (const { data, found, bound } of families) {
      const { samples, x, other, residual } = found;
      expect(image(map, x)).toEqual(image(map, other));
      const radius = mul(half, maxOfAbs(residual));
      expect(maxOfAbs(subVectors(x, point(data, samples[0])))).toEqual(radius);
      expect(maxOfAbs(subVectors(other, point(data, samples[1])))).toEqual(radius);
      expect(compare(radius, bound)).toBeLessThanOrEqual(0);
      expect(data.labels[samples[0]]).not.toBe(data.labels[samples[1]]);
      if (data.size > 30 || integerRank(map.rows) === 0) continue;
      expect(compare(collision(map, data, 'linf')!.radiusMagnitude, radius)).toBeLessThanOrEqual(0);
    }
  },
  { runs: 60 },
);
