/** Iris at ρ = 0.99 in ℓ∞: all balls by z3, and every third by two engines, z3 on the encoding with every neuron. */
import { expect, test } from 'vitest';
import { theoremNamed } from '../src/construction/index.js';
import { bundled } from '../src/data/index.js';
import { rational } from '../src/exact/index.js';
import { type EngineChoice, proveBalls } from '../src/verify/prove.js';
import { robustnessQuery } from '../src/verify/query.js';

async function verdicts(engine: EngineChoice, step: number): Promise<string[]> {
  const data = await bundled('iris');
  const radius = rational(99, 1000);
  const { network } = theoremNamed('ygz-wide').construct(data, { norm: 'linf', radius });
  const ball = (at: number) =>
    robustnessQuery(network, data, at * step, { norm: 'linf', radius, reading: network.output! });
  const found = await proveBalls(network, Math.floor(data.size / step), ball, { engine });
  return found.map(({ verdict }) =>
    verdict.verdict === 'unsat'
      ? `${verdict.evidence.level} by ${verdict.evidence.engines.join(' and ')}`
      : verdict.verdict,
  );
}

test('150 of 150 by z3 alone', async () => {
  expect(await verdicts('z3', 1)).toEqual(Array.from({ length: 150 }, () => 'engine by z3'));
});

test('50 of 50 by intervals with a checked certificate and by z3 on the untightened encoding', async () => {
  expect(await verdicts('both', 3)).toEqual(Array.from({ length: 50 }, () => 'certificate by interval and z3'));
});
