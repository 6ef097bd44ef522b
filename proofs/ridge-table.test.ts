/**
 * The ridge engine on whole networks of [EYS] and of O(Nd) size: every ball of larger datasets, near half the separation,
 * with certificates that the checker accepts; and what it must never prove.
 */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../src/construction/index.js';
import { add, mul, neg, one, type Rational, randomSource, rational, sub } from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import { type Dataset, datasetOf, lowerCorner, point } from '../src/geometry/index.js';
import {
  type AffineForm,
  constantForm,
  type Network,
  scaleForm,
  sequentialBuilder,
  sumForms,
} from '../src/network/index.js';
import { checkedRidge } from '../src/verify/checked-ridge.js';
import { falsify } from '../src/verify/falsify.js';
import { type Query, robustnessQuery } from '../src/verify/query.js';
import { changedWeights, harm } from './damage.js';
import { datasets } from './instances/datasets.js';
import { radiusAt } from './instances/instance.js';

/** Integer points with three classes in turn, and every third point again a little aside, with its own label. */
function spread(N: number, d: number, seed: number): Dataset {
  const random = randomSource(seed);
  const rows: Rational[][] = [];
  for (let i = 0; i < N; i++) {
    const before = rows[i - 1];
    const isTwin = i % 3 === 2 && before !== undefined;
    rows.push(
      isTwin
        ? before.map((v, j) => (j === 0 ? add(v, rational(1, 4)) : v))
        : Array.from({ length: d }, () => rational(random.between(-20, 20))),
    );
  }
  return datasetOf(
    rows,
    rows.map((_, i) => (i - (i % 3 === 2 ? 1 : 0)) % 4),
  );
}

const sizes = [spread(12, 3, 1), spread(16, 8, 2)];
const table: readonly (readonly [construction: string, norm: Norm, ratios: readonly string[]])[] = [
  ['eys-ball-l1', 'l1', ['1/2', '0.9', '0.98']],
  ['eys-ball-l2', 'l2', ['1/2', '0.9', '0.98']],
  ['eys-ball', 'linf', ['0.9']],
  ['ygz-l1', 'l1', ['0.98']],
  ['ygz-l2', 'l2', ['0.98']],
];

function queriesOf(network: Network, data: Dataset, norm: Norm, radius: Rational): Query[] {
  const options = { norm, radius, reading: network.output! };
  return Array.from({ length: data.size }, (_, i) => robustnessQuery(network, data, i, options));
}

/** Long enough for whatever is proved here, several times over. */
const briefly = { timeoutMs: 1500 };

const proved = { verdict: 'unsat', evidence: { level: 'certificate', engines: ['ridge'] } };

describe.each(table)('%s in %s', (name, norm, ratios) => {
  it.each(ratios)('every ball at %s of half the separation', (ratio) => {
    for (const data of sizes) {
      const radius = radiusAt(data, norm, ratio);
      const { network } = theoremNamed(name).construct(data, { norm, radius });
      for (const [i, query] of queriesOf(network, data, norm, radius).entries()) {
        expect(checkedRidge(query), `N = ${data.size}, ball ${i}`).toMatchObject(proved);
      }
    }
  });

  it('no ball that reaches another label beyond half the separation', () => {
    const data = sizes[0]!;
    const radius = radiusAt(data, norm, '0.98');
    const { network } = theoremNamed(name).construct(data, { norm, radius });
    const broken = queriesOf(network, data, norm, mul(radius, rational(21, 20))).filter((query, i) => {
      const towards = data.labels.flatMap((c, k) => (c === data.labels[i] ? [] : [point(data, k)]));
      return falsify(query, { towards }) !== undefined;
    });
    expect(broken.length).toBeGreaterThanOrEqual(2);
    for (const query of broken.slice(0, 3)) expect(checkedRidge(query, briefly).verdict).not.toBe('unsat');
  });

  it('no ball that a changed weight breaks', () => {
    const data = datasets.overlap;
    const radius = radiusAt(data, norm, '0.9');
    const { network } = theoremNamed(name).construct(data, { norm, radius });
    const query = (i: number): Query => queriesOf(network, data, norm, radius)[i]!;
    let broken = 0;
    for (const l of network.layers.keys()) {
      const found = harm(changedWeights(network, l), data, query);
      if (found === undefined) continue;
      broken++;
      expect(checkedRidge(found.query, briefly).verdict, found.text).not.toBe('unsat');
      if (broken === 4) break;
    }
    expect(broken).toBeGreaterThanOrEqual(2);
  });
});

describe('the sum of indicators in place of their maximum', () => {
  const data = datasets.overlap;
  const radius = radiusAt(data, 'l1', '0.9');
  /** Σ_i (y_i + 1)·relu(1 − relu(‖x − x_i‖₁ − μ)/γ) − 1, or the maximum of each class by acc + relu(v − acc). */
  function network(isMaximum: boolean): Network {
    const builder = sequentialBuilder(data.dimension);
    const gamma = sub(radiusAt(data, 'l1', '2'), mul(rational(2), radius));
    const low = lowerCorner(data, radius);
    let x: readonly AffineForm[] = builder.layer(
      'relu',
      builder.inputs.map((form, j) => plus(form, neg(low[j]!))),
    );
    let total: AffineForm | undefined;
    for (let i = 0; i < data.size; i++) {
      const centre = point(data, i);
      const carried = total === undefined ? [] : [total];
      const sides = x.flatMap((form, j) => {
        const at = sub(centre[j]!, low[j]!);
        return [plus(form, neg(at)), plus(scaleForm(form, neg(one)), at)];
      });
      const a = builder.layer('relu', [...x, ...carried, ...sides]);
      const b = builder.layer('relu', [
        ...a.slice(0, x.length + carried.length),
        plus(sumForms(a.slice(x.length + carried.length)), neg(radius)),
      ]);
      const value = rational(data.labels[i]! + 1);
      const own = plus(scaleForm(b.at(-1)!, neg(rational(value.n * gamma.d, gamma.n * value.d))), value);
      const old = carried.length === 0 ? undefined : b[x.length]!;
      const gain = old === undefined || !isMaximum ? own : sumForms([own, scaleForm(old, neg(one))]);
      const c = builder.layer('relu', [...b.slice(0, x.length + carried.length), gain]);
      x = c.slice(0, x.length);
      total = sumForms(old === undefined ? [c.at(-1)!] : [c[x.length]!, c.at(-1)!]);
    }
    const output = { notion: 'exact', labels: ['0', '1'] } as const;
    return builder.network([plus(total!, neg(one))], { output });
  }

  it.each([
    ['the maximum: every ball is proved', true],
    ['the sum: balls that overlap are not', false],
  ])('%s', (_, isMaximum) => {
    const verdicts = queriesOf(network(isMaximum), data, 'l1', radius).map(
      (query) => checkedRidge(query, { timeoutMs: isMaximum ? 60_000 : 1000 }).verdict,
    );
    if (isMaximum) expect(verdicts).toEqual(data.labels.map(() => 'unsat'));
    // Samples 0 and 1 overlap, and 3, 4 and 5.
    else for (const i of [0, 1, 3, 4, 5]) expect(verdicts[i], `ball ${i}`).not.toBe('unsat');
  });
});

const plus = (form: AffineForm, by: Rational): AffineForm => sumForms([form, constantForm(by)]);
