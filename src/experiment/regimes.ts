/**
 * X7: the three regimes of robust memorization: parameters against the ratio ρ = 2μ/δ.
 *
 * Main definition: `regimes`.
 *
 * Main statement. [KMY] need Õ(√N) parameters up to ρ near 1/(N√d), Õ(N d^(1/4) ρ^(1/2)) up to 1/√d, and Õ(N d² ρ⁴) from
 * there to 1, and at least Ω((ρ² min(N, d) + 1)·d + min(1/√(1 − ρ²), √d)·√N). Here the networks of all three are built for one
 * random dataset at each ρ, where they exist, and measured.
 *
 * Notes. Parameters are all entries, zeros too. What is built serves one dataset, and the lower bound is about architectures
 * that serve all, so it need not lie below; bounds hide logarithms and constants, so the best of three need not be the one
 * of its regime.
 *
 * Reference. [KMY, Thm 4.2 and Fig. 1].
 */
import { kmyLarge, kmyModerate, kmySmall, type Theorem } from '../construction/index.js';
import { mul, parseRational } from '../exact/index.js';
import { AssumptionError } from '../format/index.js';
import { type Dataset, ratioRadius, resolveRadius, separation } from '../geometry/index.js';
import { complexity } from '../network/index.js';
import { parameterBound } from '../theory/index.js';
import type { Experiment, ExperimentResult } from './experiment.js';
import { randomData } from './random-data.js';

const built: readonly Theorem[] = [kmySmall, kmyModerate, kmyLarge];
const lower = 'lower bound';

/** ρ on a logarithmic grid. */
const grid = '0.0001 0.0003 0.001 0.002 0.005 0.01 0.02 0.05 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 0.95'.split(' ');

export const regimes: Experiment = {
  name: 'X7',
  title: 'parameters against ρ: small, moderate and large regime, and the lower bound',
  reference: '[KMY, Thm 4.2]',
  run({ quick = false, seed = 1, onProgress, signal } = {}): ExperimentResult {
    const [N, d] = quick ? [16, 4] : [64, 16];
    const ratios = quick ? grid.filter((_, at) => at % 3 === 2) : grid;
    const data = randomData(N, d, seed);
    const rows: [number, string, number][] = [];
    const winners: [number, string, number][] = [];
    let done = 0;
    for (const text of ratios) {
      const rho = Number(text);
      const found: [number, string, number][] = [];
      for (const theorem of built) {
        signal?.throwIfAborted();
        const parameters = parametersOf(theorem, data, text);
        if (parameters !== undefined) found.push([rho, theorem.name, parameters]);
        onProgress?.(++done, ratios.length * built.length);
      }
      const ratio = parseRational(text);
      const bound = parameterBound({ samples: N, dimension: d, norm: 'l2', ratio: mul(ratio, ratio) });
      rows.push(...found, [rho, lower, Number(bound.parameters)]);
      winners.push(found.reduce((a, b) => (b[2] < a[2] ? b : a)));
    }
    const last = (name: string): string =>
      String(Math.max(...rows.filter((row) => row[1] === name).map(([rho]) => rho)));
    const changes = winners.filter((row, at) => at === 0 || row[1] !== winners[at - 1]![1]);
    const exact = (x: number): string => x.toPrecision(2);
    return {
      tables: [
        {
          name: 'parameters',
          caption: `parameters of networks for one random dataset, N = ${N}, d = ${d}, ℓ2; and of every architecture for all such`,
          columns: ['ρ', 'what', 'parameters'],
          rows,
        },
        {
          name: 'fewest',
          caption: 'the smallest of the three at each ρ',
          columns: ['ρ', 'what', 'parameters'],
          rows: winners,
        },
      ],
      plots: [
        {
          name: 'parameters',
          title: `Parameters of robust memorizers (N = ${N}, d = ${d})`,
          table: 'parameters',
          x: 'ρ',
          y: 'parameters',
          series: 'what',
          logarithmic: { x: true, y: true },
        },
      ],
      findings: [
        `the smallest network is ${changes.map(([rho, name]) => `${name} from ρ = ${rho} on`).join(', ')}`,
        `${kmySmall.name} was found up to ρ = ${last(kmySmall.name)}, promised below 1/(N√d) = ${exact(1 / (N * Math.sqrt(d)))}`,
        `${kmyModerate.name} was found up to ρ = ${last(kmyModerate.name)}, promised below 1/√d = ${exact(1 / Math.sqrt(d))}`,
      ],
    };
  },
};

/** The parameters of a theorem's network at a ratio; undefined where none is found. */
function parametersOf(theorem: Theorem, data: Dataset, ratio: string): number | undefined {
  const { radius } = resolveRadius(ratioRadius(ratio), separation(data, 'l2'), data);
  try {
    return Number(complexity(theorem.construct(data, { norm: 'l2', radius }).network).parameters);
  } catch (error) {
    if (error instanceof AssumptionError) return undefined;
    throw error;
  }
}
