import { describe, expect, test } from 'vitest';
import { chooseConstruction, theoremNamed, theorems } from '../../src/construction/index.js';
import { half, mul, parseRational, randomSource, rational } from '../../src/exact/index.js';
import { AssumptionError, InputError } from '../../src/format/index.js';
import { datasetOf, separation } from '../../src/geometry/index.js';
import { complexity, networkHash } from '../../src/network/index.js';

const side = 5;
const grid = datasetOf(
  Array.from({ length: side * side }, (_, i) => [rational(i % side), rational(Math.floor(i / side))]),
  Array.from({ length: side * side }, (_, i) => (7 * i) % 3),
);

const random = randomSource(3);
const scattered = datasetOf(
  Array.from({ length: 24 }, () => [rational(random.between(0, 400)), rational(random.between(0, 400))]),
  Array.from({ length: 24 }, (_, i) => i % 3),
);

describe.each(['linf', 'l1', 'l2'] as const)('%s', (norm) => {
  test.each(['1/1000', '1/4'])('the fewest parameters of all theorems that apply, at μ = %s', (text) => {
    const options = { norm, radius: parseRational(text) };
    const { theorem, construction, candidates } = chooseConstruction(grid, options);
    expect(candidates.map((c) => c.theorem.name)).toEqual(
      theorems.filter(({ norms, signal }) => norms.includes(norm) && signal !== true).map(({ name }) => name),
    );
    const own = complexity(construction.network).parameters;
    for (const candidate of candidates) {
      const build = () => theoremNamed(candidate.theorem.name).construct(grid, options);
      if ('refused' in candidate) expect(build).toThrow(candidate.refused);
      else {
        expect(complexity(build().network)).toEqual(candidate.sizes);
        expect(candidate.sizes.parameters).toBeGreaterThanOrEqual(own);
      }
    }
    expect(networkHash(construction.network)).toBe(networkHash(theorem.construct(grid, options).network));
    expect(construction.note).toMatch(/^fewest parameters of all that apply/);
  });
});

test('networks of signals are asked where a shape is given', () => {
  const options = { norm: 'linf', radius: parseRational('1/1000'), among: [theoremNamed('finke-conv')] } as const;
  const { candidates, construction } = chooseConstruction(scattered, { ...options, shape: [2] });
  expect(candidates.map(({ theorem }) => theorem.name)).toEqual(['finke-conv']);
  expect(construction.network.layers[0]!.inputs).toBe(2);
  expect(() => chooseConstruction(scattered, options)).toThrow(/^needs a construction that applies: got none/);
});

test('the regime of ρ decides: lattice cells for small radii, which do not serve large ones', () => {
  const { magnitude } = separation(scattered, 'linf')!;
  const at = (ratio: string) => {
    const radius = mul(mul(magnitude, half), parseRational(ratio));
    return chooseConstruction(scattered, { norm: 'linf', radius });
  };
  expect(at('1/1000').theorem.name).toBe('kmy-small');
  expect(at('0.99').theorem.name).not.toBe('kmy-small');
  const refused = at('0.99').candidates.find((c) => c.theorem.name === 'kmy-small')!;
  expect('refused' in refused && refused.refused).toMatch(/^needs a lattice .* got 2μ = [\d/]+, and none found$/);
});

test('refuses what no theorem can serve, and says what each needs where only some cannot', () => {
  const whole = mul(separation(scattered, 'linf')!.magnitude, half);
  expect(() => chooseConstruction(scattered, { norm: 'linf', radius: whole })).toThrow(AssumptionError);
  expect(() => chooseConstruction(scattered, { norm: 'linf', radius: rational(-1) })).toThrow(InputError);
  const open = chooseConstruction(scattered, { norm: 'linf', radius: whole, open: true });
  expect(open.theorem.balls).toBe('open');
  const small = [theoremNamed('kmy-small')];
  const near = mul(whole, parseRational('0.99'));
  expect(() => chooseConstruction(scattered, { norm: 'linf', radius: near, among: small })).toThrow(
    /^needs a construction that applies: got none\n {2}kmy-small: needs a lattice/,
  );
});
