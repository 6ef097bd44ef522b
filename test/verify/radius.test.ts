import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../../src/construction/index.js';
import { formatRational, half, mul, parseRational, type Rational, rational } from '../../src/exact/index.js';
import { InputError, type Norm } from '../../src/format/index.js';
import { datasetOf, point, separation } from '../../src/geometry/index.js';
import { layerBuilder, type Network, outputReading } from '../../src/network/index.js';
import { type Query, unsafeFor } from '../../src/verify/query.js';
import {
  type RadiusProblem,
  type RobustRadius,
  type RobustRadiusOptions,
  robustRadius,
} from '../../src/verify/radius.js';
import { search } from '../../src/verify/search/index.js';
import { replay, type Verdict } from '../../src/verify/verdict.js';

const values = (...texts: (string | number)[]): Rational[] => texts.map((t) => parseRational(String(t)));
const at = (...texts: (string | number)[]) => values(...texts);

/** The search, word for word. */
const bySearch = async (query: Query): Promise<Verdict> => {
  const { statistics: _, ...found } = await search(query);
  return found.verdict === 'unsat' ? { ...found, evidence: { level: 'engine', engines: ['interval'] } } : found;
};

const exactly: RobustRadiusOptions = { gap: rational(0), most: rational(16) };
const radius = (problem: RadiusProblem, options: Partial<RobustRadiusOptions> = {}) =>
  robustRadius(problem, bySearch, { ...exactly, ...options });

/** Certified and witnessed radius as text: "< 1/2" is an open ball, "> 1/2" a bound that is not attained. */
const shown = ({ certified, witnessed, exact }: RobustRadius) => ({
  certified: certified === undefined ? 'none' : `${certified.open ? '<' : '≤'} ${formatRational(certified.radius)}`,
  witnessed: witnessed === undefined ? 'none' : `${witnessed.attained ? '≥' : '>'} ${formatRational(witnessed.radius)}`,
  exact,
});

/** |x₀| + |x₁|, which is ‖x‖₁; max(|x₀|, |x₁|) = relu(|x₀| − |x₁|) + |x₁|; both as outputs. */
const norms: Network = (() => {
  const first = layerBuilder(2, 'relu');
  const parts = [0, 1].map((j) => [1, -1].map((s) => first.neuron([j], [rational(s)], rational(0))));
  const [a, b] = parts as [number[], number[]];
  const second = layerBuilder(first.size(), 'relu');
  const abs = [a, b].map((pair) => second.neuron(pair, values(1, 1), rational(0)));
  const above = second.neuron([...a, ...b], values(1, 1, -1, -1), rational(0));
  const last = layerBuilder(second.size(), 'identity');
  last.neuron(abs, values(1, 1), rational(0));
  last.neuron([abs[1]!, above], values(1, 1), rational(0));
  return { layers: [first.build(), second.build(), last.build()] };
})();
const beyond = (output: number, bound: string, strict: boolean) => [
  [{ columns: [output], weights: values(1), bias: parseRational(`-${bound}`), strict }],
];

describe('robustRadius, exact by hand', () => {
  // Distances from 0 to {‖x‖₁ ≥ 1}: 1 in ℓ1, 1/2 in ℓ∞. To {‖x‖∞ ≥ 1}: 1 in both.
  it.each<[Norm, number, boolean, string, string]>([
    ['l1', 0, false, '< 1', '≥ 1'],
    ['l1', 0, true, '≤ 1', '> 1'],
    ['linf', 0, false, '< 1/2', '≥ 1/2'],
    ['linf', 0, true, '≤ 1/2', '> 1/2'],
    ['l1', 1, false, '< 1', '≥ 1'],
    ['linf', 1, true, '≤ 1', '> 1'],
  ])('%s, output %i, strict %s: %s, %s', async (norm, output, strict, certified, witnessed) => {
    const problem = { network: norms, norm, centre: at(0, 0), unsafe: beyond(output, '1', strict) };
    expect(shown(await radius(problem))).toEqual({ certified, witnessed, exact: true });
  });

  it('an odd centre: from (1/7, -2/9) to {‖x‖₁ > 5/3}, in ℓ∞ (5/3 − 1/7 − 2/9)/2', async () => {
    const problem = {
      network: norms,
      norm: 'linf' as const,
      centre: at('1/7', '-2/9'),
      unsafe: beyond(0, '5/3', true),
    };
    const found = await radius(problem);
    expect(shown(found)).toEqual({ certified: '≤ 41/63', witnessed: '> 41/63', exact: true });
    const { point: x, outputs } = found.witnessed!;
    const query = { network: norms, region: { kind: 'box' as const, lower: x, upper: x }, unsafe: problem.unsafe };
    expect(replay(query, x)).toEqual({ inside: true, outputs, unsafe: true });
  });

  it('the nearest of two unsafe sides counts, whichever is found first', async () => {
    const unsafe = [
      ...beyond(0, '2', false),
      [{ columns: [0], weights: values(-1), bias: rational(1), strict: false }],
    ];
    // ‖x‖₁ ≥ 2 or ≤ 1, from (3/2, 0) + (1/8, 0).
    const problem = { network: norms, norm: 'l1' as const, centre: at('13/8', 0), unsafe };
    expect(shown(await radius(problem))).toEqual({ certified: '< 3/8', witnessed: '≥ 3/8', exact: true });
    const fromFar = await radius(problem, { towards: [at(0, 0), at(0, 0)] });
    expect(shown(fromFar)).toEqual({ certified: '< 3/8', witnessed: '≥ 3/8', exact: true });
  });

  it('a step: unsafe where it is 1, from the first point beyond 0 on', async () => {
    const first = layerBuilder(1, 'step');
    const s = first.neuron([0], values(1), rational(-1, 3));
    const last = layerBuilder(1, 'identity');
    last.neuron([s], values(1), rational(0));
    const network: Network = { layers: [first.build(), last.build()] };
    const unsafe = [[{ columns: [0], weights: values(1), bias: rational(-1), strict: false }]];
    const problem = { network, norm: 'linf' as const, centre: at(0), unsafe };
    expect(shown(await radius(problem))).toEqual({ certified: '≤ 1/3', witnessed: '> 1/3', exact: true });
    // Unsafe where it is 0, up to the wall and on it.
    const zeros = [[{ columns: [0], weights: values(-1), bias: rational(0), strict: false }]];
    const other = { network, norm: 'linf' as const, centre: at(2), unsafe: zeros };
    expect(shown(await radius(other))).toEqual({ certified: '< 5/3', witnessed: '≥ 5/3', exact: true });
  });

  it('an unsafe centre, one on the boundary, and no unsafe point at all', async () => {
    const ask = (unsafe: RadiusProblem['unsafe']) =>
      radius({ network: norms, norm: 'l1', centre: at(1, 0), unsafe }, { most: rational(3) });
    expect(shown(await ask(beyond(0, '1', false)))).toEqual({ certified: 'none', witnessed: '≥ 0', exact: true });
    expect(shown(await ask(beyond(0, '1', true)))).toEqual({ certified: '≤ 0', witnessed: '> 0', exact: true });
    expect(shown(await ask(beyond(0, '5', true)))).toEqual({ certified: '≤ 3', witnessed: 'none', exact: false });
  });

  it('the closest pair of a 2/δ-Lipschitz network has δ/2 exactly, and none has less', async () => {
    const data = datasetOf([at(0, 0), at(3, 1), at(1, 5), at('13/4', -4)], [0, 1, 0, 1]);
    const closest = separation(data, 'linf')!;
    const mu = mul(half, closest.magnitude);
    const { network } = theoremNamed('ygz-lipschitz').construct(data, { norm: 'linf', radius: mu, open: true });
    const reading = outputReading(network, 2);
    for (let i = 0; i < data.size; i++) {
      const problem = {
        network,
        norm: 'linf' as const,
        centre: point(data, i),
        unsafe: unsafeFor(reading, data.labels[i]!),
      };
      const found = await radius(problem, { towards: data.labels.map((_, k) => point(data, k)) });
      expect(found.exact).toBe(true);
      if (closest.pair.includes(i)) {
        expect(shown(found)).toEqual({ certified: '< 3/2', witnessed: '≥ 3/2', exact: true });
      } else {
        expect(found.certified!.radius.n * 2n >= 3n * found.certified!.radius.d).toBe(true);
      }
    }
  });
});

describe('robustRadius, to a gap', () => {
  it('ℓ2 encloses 1/√2 as closely as asked, and refuses to be exact', async () => {
    const problem = { network: norms, norm: 'l2' as const, centre: at(0, 0), unsafe: beyond(0, '1', true) };
    const gap = rational(1, 1000);
    const { certified, witnessed, exact, reason } = await radius(problem, { gap });
    expect({ exact, reason }).toEqual({ exact: false, reason: undefined });
    const [low, high] = [certified!.radius, witnessed!.radius];
    // 2r² against 1.
    expect(2n * low.n ** 2n <= low.d ** 2n && 2n * high.n ** 2n >= high.d ** 2n).toBe(true);
    expect((high.n * low.d - low.n * high.d) * 1000n <= high.d * low.d).toBe(true);
    await expect(radius(problem)).rejects.toThrow('gap: expected a value > 0 in ℓ2, got 0');
    await expect(radius(problem, { gap: rational(-1) })).rejects.toThrow(InputError);
  });

  const problem = { network: norms, norm: 'linf' as const, centre: at(0, 0), unsafe: beyond(0, '1', true) };

  it('balls that an engine leaves open: the rest is closed in, and why', async () => {
    // Silent about balls of radius 1/3 and more, unless a counterexample is near.
    const shy = async (query: Query): Promise<Verdict> => {
      const found = await bySearch(query);
      const r = query.region.kind === 'ball' ? query.region.radius : rational(0);
      return found.verdict === 'unsat' && 3n * r.n >= r.d ? { verdict: 'unknown', reason: 'shy' } : found;
    };
    const found = await robustRadius(problem, shy, { gap: rational(1, 100), most: rational(4) });
    expect(found).toMatchObject({ exact: false, reason: 'shy' });
    expect(shown(found).witnessed).toBe('> 1/2');
    expect(found.certified!.radius.n > 0n).toBe(true);
    expect(3n * found.certified!.radius.n < found.certified!.radius.d).toBe(true);
    const silent = await robustRadius(problem, async () => ({ verdict: 'timed-out' }), exactly);
    expect(silent).toMatchObject({ exact: false, reason: 'timed out', certified: { radius: rational(0) }, queries: 3 });
    expect(silent.witnessed).toBeUndefined();
  });

  it('starts from a ball that is known, as far as radii are asked about', async () => {
    const evidence = { level: 'engine', engines: ['lipschitz'] } as const;
    const silent = async (): Promise<Verdict> => ({ verdict: 'timed-out' });
    const known = { radius: rational(1, 2), open: true, evidence };
    const towards = [at(0, 2)];
    const found = await robustRadius({ ...problem, norm: 'l1' }, silent, { ...exactly, known, towards });
    expect(found.certified).toEqual(known);
    expect(found.exact).toBe(false);
    const most = rational(1, 4);
    const less = await robustRadius({ ...problem, norm: 'l1' }, silent, { ...exactly, known, most });
    expect(less).toMatchObject({ certified: { radius: most, open: false, evidence }, queries: 0 });
    // ‖x‖₁ < 1 is all there is: known and witnessed meet, and nobody is asked.
    const whole = { ...known, radius: rational(1) };
    const unsafe = beyond(0, '1', false);
    const exact = await robustRadius({ network: norms, norm: 'l1', centre: at(0, 0), unsafe }, silent, {
      ...exactly,
      known: whole,
      towards: [at(0, 2)],
    });
    expect(shown(exact)).toEqual({ certified: '< 1', witnessed: '≥ 1', exact: true });
    expect(exact.queries).toBe(0);
  });

  it('stops when told to, and after as many balls as allowed', async () => {
    const stopped = await radius(problem, { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ reason: 'interrupted', queries: 0 });
    const limited = await radius(problem, { queries: 1 });
    expect(limited).toMatchObject({ reason: '1 balls were asked about', queries: 1, exact: false });
    expect(shown(limited).witnessed).toBe('> 1/2');
  });
});
