/**
 * Independent answers about Lipschitz constants, to compare the walk over cells with.
 *
 * Main definitions: `constantByPatterns` (every pattern of all neurons, by exact linear programs), `slopeQuestion` (is there a
 * pair of points of a slope, as an SMT-LIB script).
 */
import {
  add,
  compare,
  dot,
  max,
  mul,
  neg,
  one,
  type Rational,
  rational,
  solveLinearProgram,
  sub,
  type Vector,
  zero,
} from '../src/exact/index.js';
import type { Norm } from '../src/format/index.js';
import { type Ball, dualNorm, magnitude } from '../src/geometry/index.js';
import { layerOf, type Network, type Row, rowCount, rowOf } from '../src/network/index.js';
import { encode } from '../src/verify/smt/encode.js';
import { assertion, constantText, productText, sumText } from '../src/verify/smt/term.js';

/** Gradient and constant of an affine form. */
interface Form {
  readonly gradient: Vector;
  readonly constant: Rational;
}

/**
 * The constant of a network of relu layers with one affine output: the largest gradient over all on/off patterns for which
 * max e with (form ≥ e where on, ≤ −e where off), e ≤ 1, is positive; a form that is 0 is off. Squared in ℓ2. In a ball of ℓ1 or ℓ∞
 * its faces are forms that are on.
 */
export function constantByPatterns(
  network: Network,
  norm: Norm,
  region?: Ball,
): { magnitude: Rational; cells: number } {
  const d = network.layers[0]!.inputs;
  const inputs = Array.from({ length: d }, (_, j): Form => ({ gradient: unit(d, j), constant: zero }));
  const found = { magnitude: zero, cells: 0 };
  const walk = (l: number, forms: readonly Form[], sides: readonly Form[]): void => {
    const layer = network.layers[l]!;
    const rows = Array.from({ length: rowCount(layer) }, (_, r) => composed(rowOf(layer, r), forms, d));
    if (l === network.layers.length - 1) {
      found.cells++;
      found.magnitude = max(found.magnitude, magnitude(dualNorm[norm], rows[0]!.gradient));
      return;
    }
    const cutting = rows.map((_, r) => r).filter((r) => rows[r]!.gradient.some((g) => g.n !== 0n));
    for (let pattern = 0; pattern < 2 ** cutting.length; pattern++) {
      const isOn = (r: number): boolean =>
        cutting.includes(r) ? ((pattern >> cutting.indexOf(r)) & 1) === 1 : rows[r]!.constant.n > 0n;
      const own = cutting.map((r) => (isOn(r) ? rows[r]! : scaled(rows[r]!, rational(-1))));
      const all = [...sides, ...own];
      if (hasInnerPoint(all, d))
        walk(
          l + 1,
          rows.map((row, r) => (isOn(r) ? row : scaled(row, zero))),
          all,
        );
    }
  };
  walk(0, inputs, region === undefined ? [] : faces(region));
  return found;
}

/** Forms that are positive inside a ball of ℓ1 or ℓ∞. */
function faces({ norm, centre, radius }: Ball): Form[] {
  const d = centre.length;
  const normals =
    norm === 'l1'
      ? Array.from({ length: 2 ** d }, (_, k) => centre.map((_, j) => rational((k >> j) & 1 ? 1 : -1)))
      : centre.flatMap((_, j) => [1, -1].map((side) => unit(d, j).map((v) => mul(v, rational(side)))));
  return normals.map((gradient) => ({ gradient, constant: sub(radius, dot(gradient, centre)) }));
}

const unit = (d: number, k: number): Rational[] => Array.from({ length: d }, (_, j) => (j === k ? one : zero));

const scaled = ({ gradient, constant }: Form, s: Rational): Form => ({
  gradient: gradient.map((g) => mul(g, s)),
  constant: mul(constant, s),
});

function composed({ columns, weights, bias }: Row, forms: readonly Form[], d: number): Form {
  return columns.reduce<Form>(
    (sum, column, k) => {
      const term = scaled(forms[column]!, weights[k]!);
      return {
        gradient: sum.gradient.map((g, j) => add(g, term.gradient[j]!)),
        constant: add(sum.constant, term.constant),
      };
    },
    { gradient: new Array(d).fill(zero), constant: bias },
  );
}

function hasInnerPoint(sides: readonly Form[], d: number): boolean {
  const outcome = solveLinearProgram({
    objective: [...new Array(d).fill(zero), rational(-1)],
    rows: [
      ...sides.map(({ gradient, constant }) => {
        const columns = [...gradient.map((_, j) => j).filter((j) => gradient[j]!.n !== 0n), d];
        const values = columns.map((j) => (j === d ? rational(-1) : gradient[j]!));
        return { columns, values, relation: '>=' as const, bound: neg(constant) };
      }),
      { columns: [d], values: [one], relation: '<=' as const, bound: one },
    ],
    free: Array.from({ length: d + 1 }, (_, j) => j),
  });
  if (outcome.status !== 'optimal') throw new Error(`expected an optimum, got ${outcome.status}`);
  return compare(outcome.value, zero) < 0;
}

/** Two copies of a network with one output side by side, and the difference of their outputs. */
function difference(network: Network): Network {
  const last = network.layers.length - 1;
  const layers = network.layers.map((layer, l) => {
    const rows = Array.from({ length: rowCount(layer) }, (_, r) => rowOf(layer, r));
    const moved = rows.map((row) => ({ ...row, columns: row.columns.map((column) => column + layer.inputs) }));
    if (l < last) return layerOf(2 * layer.inputs, layer.activation, [...rows, ...moved]);
    const columns = [...rows[0]!.columns, ...moved[0]!.columns];
    const weights = [...rows[0]!.weights, ...moved[0]!.weights.map(neg)];
    return layerOf(2 * layer.inputs, 'identity', [{ columns, weights, bias: zero }]);
  });
  return { layers };
}

/**
 * Is there a pair x, x′ anywhere with F(x) − F(x′) ≥ slope·‖x − x′‖ > 0, or > slope·‖x − x′‖ when strict? In ℓ1 and ℓ∞, where
 * bounds t_j ≥ |x_j − x′_j| make the norm linear.
 */
export function slopeQuestion(network: Network, norm: 'l1' | 'linf', slope: Rational, strict: boolean): string {
  const d = network.layers[0]!.inputs;
  const both = difference(network);
  const region = { kind: 'box', lower: new Array(2 * d).fill(zero), upper: new Array(2 * d).fill(zero) } as const;
  const reads = [[{ columns: [0], weights: [one], bias: zero, strict: false }]];
  const { text } = encode({ network: both, region, unsafe: reads }, { part: 'network-only' });
  const lengths = Array.from({ length: d }, (_, j) => (norm === 'linf' ? 't0' : `t${j}`));
  const used = [...new Set(lengths)];
  const size = sumText(used);
  const bound = slope.n === 0n ? '0' : productText(slope, size);
  const lines = [
    ...used.map((t) => `(declare-const ${t} Real)`),
    ...lengths.flatMap((t, j) => [
      assertion(`(<= (- x${j} x${d + j}) ${t})`),
      assertion(`(<= (- x${d + j} x${j}) ${t})`),
    ]),
    assertion(`(> ${size} ${constantText(zero)})`),
    assertion(`(${strict ? '>' : '>='} y0 ${bound})`),
  ];
  return text.replace('(check-sat)', `${lines.join('\n')}\n(check-sat)`);
}
