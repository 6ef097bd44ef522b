/**
 * Exact Lipschitz constants: cells a second of the walk, what leaving branches out saves, and the same cells by exact linear programs.
 *
 *   npm run bench:lipschitz
 *
 * Processor time, everything on one thread. Ends with an error when the answers disagree.
 */
import {
  exactLipschitz,
  heNetwork,
  linearRow,
  neg,
  one,
  rational,
  rowOf,
  solveLinearProgram,
  zero,
} from '../dist/index.js';

const seconds = async (run) => {
  const before = process.cpuUsage();
  const made = await run();
  const { user, system } = process.cpuUsage(before);
  return [made, (user + system) / 1e6];
};

/**
 * Cells of one hidden layer, neuron by neuron: a side is there when max e with forms ≥ e on it, e ≤ 1, is positive. The sides of the
 * first inner point found are known without a program.
 */
function cellsByPrograms({ layers: [hidden] }) {
  const d = hidden.inputs;
  const forms = Array.from({ length: hidden.rowStart.length - 1 }, (_, r) => {
    const { columns, weights, bias } = rowOf(hidden, r);
    const gradient = new Array(d).fill(zero);
    columns.forEach((j, k) => {
      gradient[j] = weights[k];
    });
    return { gradient, bias };
  });
  const free = Array.from({ length: d + 1 }, (_, j) => j);
  const hasInside = (sides) =>
    solveLinearProgram(
      {
        objective: [...new Array(d).fill(zero), rational(-1)],
        rows: [
          ...sides.map(({ gradient, bias }) => linearRow([...gradient, rational(-1)], '>=', neg(bias))),
          linearRow([...new Array(d).fill(zero), one], '<=', one),
        ],
        free,
      },
      { stopBelow: zero },
    ).status === 'below';
  const count = (k, sides) => {
    if (k === forms.length) return 1;
    const { gradient, bias } = forms[k];
    const below = { gradient: gradient.map(neg), bias: neg(bias) };
    return [forms[k], below].reduce((sum, side) => {
      const all = [...sides, side];
      return sum + (hasInside(all) ? count(k + 1, all) : 0);
    }, 0);
  };
  return count(0, []);
}

const cases = [
  [4, 8, 1, true],
  [2, 20, 1, true],
  [3, 30, 1, true],
  [4, 40, 1, false],
  [6, 24, 1, false],
  [3, 16, 2, false],
  [2, 12, 4, false],
];
console.log(
  'network | cells | every cell, s | cells/s | exact programs, s | ratio | largest gradient only, s | cells visited',
);
for (const [d, width, layers, compared] of cases) {
  const network = heNetwork({ inputs: d, width, layers });
  // Once before the clock, so that small networks are not measured as compilation.
  if (compared) await exactLipschitz(network, 'linf', { everyCell: true });
  const [all, everyCell] = await seconds(() => exactLipschitz(network, 'linf', { everyCell: true }));
  const [best, pruned] = await seconds(() => exactLipschitz(network, 'linf'));
  const [count, programs] = compared ? await seconds(() => cellsByPrograms(network)) : [all.cells, undefined];
  if (count !== all.cells || best.lower.n !== all.lower.n || best.lower.d !== all.lower.d)
    throw new Error('they disagree');
  const ratio = programs === undefined ? '' : (programs / everyCell).toFixed(0);
  const sizes = [`${d}-${new Array(layers).fill(width).join('-')}-1`, all.cells, everyCell.toFixed(3)];
  const rest = [(all.cells / everyCell).toFixed(0), programs?.toFixed(2) ?? '', ratio, pruned.toFixed(3), best.cells];
  console.log([...sizes, ...rest].join(' | '));
}
