/**
 * The instances cover what they are meant to: every construction in every norm, on datasets of every kind.
 */
import { describe, expect, it } from 'vitest';
import { theorems } from '../src/construction/index.js';
import { mul, rational, subVectors } from '../src/exact/index.js';
import {
  classes,
  compareToRadius,
  type Dataset,
  distinctSamples,
  point,
  requireRadiusBelowHalf,
  separation,
} from '../src/geometry/index.js';
import { evaluate, type Network, readLabel, rowCount } from '../src/network/index.js';
import type { UnsafeSet } from '../src/verify/query.js';
import { datasetNames, datasets } from './instances/datasets.js';
import { type Instance, instances, isUncertified, problemOf, radiusAt, serves } from './instances/instance.js';
import { ratios, table } from './instances/table.js';

const pairs = theorems.flatMap((theorem) =>
  theorem.norms.map((norm) => ({ theorem, norm, name: `${theorem.name} ${norm}` })),
);
const of = (construction: string, norm: string): Instance[] =>
  instances.filter(({ entry }) => entry.construction === construction && entry.norm === norm);

describe('datasets', () => {
  it('are small', () => {
    for (const name of datasetNames) {
      expect(datasets[name].dimension, name).toBeLessThanOrEqual(3);
      expect(datasets[name].size, name).toBeLessThanOrEqual(8);
    }
  });

  const some = (has: (data: Dataset) => boolean): string[] => datasetNames.filter((name) => has(datasets[name]));

  it('have every dimension up to 3, one to four classes, class numbers left out, and duplicates', () => {
    for (const d of [1, 2, 3])
      expect(
        some((data) => data.dimension === d),
        `d = ${d}`,
      ).not.toEqual([]);
    for (const c of [1, 2, 3, 4])
      expect(
        some((data) => classes(data).length === c),
        `${c} classes`,
      ).not.toEqual([]);
    expect(some((data) => classes(data).some((c, k) => c !== k))).not.toEqual([]);
    expect(some((data) => distinctSamples(data).length < data.size)).toEqual(['overlap']);
    expect(some((data) => data.size === 1)).toEqual(['lonely']);
  });

  it.each(['l1', 'l2', 'linf'] as const)('have balls of one class that overlap, in every dimension, in %s', (norm) => {
    const overlapping = some((data) => {
      if (separation(data, norm) === undefined) return false;
      const twice = mul(rational(2), radiusAt(data, norm, '0.9'));
      return data.labels.some((label, i) =>
        data.labels.some((other, k) => {
          const v = subVectors(point(data, i), point(data, k));
          return k < i && other === label && v.some((x) => x.n !== 0n) && compareToRadius(norm, v, twice) < 0;
        }),
      );
    });
    expect(new Set(overlapping.map((name) => datasets[name as 'line'].dimension))).toEqual(new Set([1, 2, 3]));
  });
});

/** Every output that does not mean the label. */
function unsafeOutputs({ output, layers }: Network, label: number): UnsafeSet {
  const bound = { columns: [0], strict: true };
  switch (output!.notion) {
    // Those above the label, and those below it.
    case 'exact':
      return [
        [{ ...bound, weights: [rational(1)], bias: rational(-label) }],
        [{ ...bound, weights: [rational(-1)], bias: rational(label) }],
      ];
    // 0, and those of the other sign.
    case 'sign': {
      const away = label === output!.positive ? -1 : 1;
      return [[{ columns: [0], strict: false, weights: [rational(away)], bias: rational(0) }]];
    }
    // Another output at least as large.
    case 'argmax':
      return Array.from({ length: rowCount(layers.at(-1)!) }, (_, c) => c)
        .filter((c) => c !== label)
        .map((c) => {
          const columns = [Math.min(c, label), Math.max(c, label)];
          const weights = columns.map((column) => rational(column === c ? 1 : -1));
          return [{ columns, strict: false, weights, bias: rational(0) }];
        });
    case 'round':
      throw new Error('no construction rounds');
  }
}

describe('instances', () => {
  it('have names of their own', () => {
    expect(new Set(instances.map(({ name }) => name)).size).toBe(instances.length);
  });

  it.each(pairs)('of $name: its datasets, at every ratio unless the table says at which', ({ theorem, norm }) => {
    const own = of(theorem.name, norm);
    const { datasets: chosen, ratios: chosenRatios } = table.find(
      (entry) => entry.construction === theorem.name && entry.norm === norm,
    )!;
    const wide = (chosen ?? datasetNames).filter((name) => separation(datasets[name], norm) !== undefined);
    expect(wide.length).toBeGreaterThanOrEqual(3);
    expect(new Set(wide.map((name) => datasets[name].dimension)).size).toBe(3);
    for (const dataset of datasetNames.filter(
      (name) => serves(theorem.name, name) && (chosen?.includes(name) ?? true),
    )) {
      const many = separation(datasets[dataset], norm) !== undefined;
      const wanted = !many
        ? ['any']
        : theorem.balls === 'open'
          ? [...ratios, 'open']
          : (chosenRatios?.[dataset] ?? ratios);
      expect(
        own.filter((instance) => instance.dataset === dataset).map(({ ratio }) => ratio),
        dataset,
      ).toEqual(wanted);
    }
  });

  // That every ball of theirs has one is what balls-l1, balls-l2 and balls-linf assert.
  it.each(pairs)('of $name: at least three are proved whole by certificates', ({ theorem, norm }) => {
    const whole = of(theorem.name, norm).filter((instance) => instance.ratio !== 'any' && !isUncertified(instance));
    expect(whole.length).toBeGreaterThanOrEqual(3);
  });

  it.each(pairs)('of $name: z3 proves some up to ρ = 0.998', ({ theorem, norm }) => {
    const proved = of(theorem.name, norm).filter(({ evidence }) => evidence === 'proved');
    for (const ratio of ratios)
      expect(
        proved.some((instance) => instance.ratio === ratio),
        ratio,
      ).toBe(true);
  });

  it.each(pairs)('of $name ask about the balls that they name', ({ theorem, norm }) => {
    for (const instance of of(theorem.name, norm)) {
      const { data, network, radius, query } = problemOf(instance);
      const closest = separation(data, norm);
      const open = instance.ratio === 'open';
      if (open) expect(mul(rational(2), radius), instance.name).toEqual(closest!.magnitude);
      else requireRadiusBelowHalf(radius, closest, data);
      data.labels.forEach((label, i) => {
        const { region, unsafe } = query(i);
        expect(region, instance.name).toEqual({ kind: 'ball', norm, centre: point(data, i), radius, open });
        const outputs = evaluate(network, point(data, i));
        expect(readLabel(network.output!, outputs), instance.name).toBe(label);
        expect(unsafe, instance.name).toEqual(unsafeOutputs(network, label));
      });
    }
  });
});
