import '../../src/laws/vitest.js';
import { describe, expect, test } from 'vitest';
import { type Construction, theoremNamed } from '../../src/construction/index.js';
import { rational } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { type Dataset, datasetOf } from '../../src/geometry/index.js';
import { muballMatchers } from '../../src/laws/index.js';
import type { Network } from '../../src/network/index.js';

const data = datasetOf(
  [
    [rational(0), rational(0)],
    [rational(1), rational(0)],
  ],
  [0, 1],
);
const built = (name: string, norm: Norm, radius: string, given: Dataset = data): Network => {
  const [n, d = '1'] = radius.split('/');
  const made: Construction = theoremNamed(name).construct(given, { norm, radius: rational(BigInt(n!), BigInt(d)) });
  return made.network;
};
const network = built('ygz-wide', 'linf', '1/4');

/** What a matcher says. */
async function said(
  matcher: keyof typeof muballMatchers,
  isNot: boolean,
  ...rest: readonly unknown[]
): Promise<{ pass: boolean; message: string }> {
  const called = muballMatchers[matcher] as (...given: unknown[]) => Promise<{ pass: boolean; message: () => string }>;
  const { pass, message } = await called.call({ isNot }, ...rest);
  return { pass, message: message() };
}

describe('toMemorizeRobustly', () => {
  test('proves, refutes, and can be negated', async () => {
    await expect(network).toMemorizeRobustly(data, { norm: 'linf', radius: '1/4' });
    await expect(network).not.toMemorizeRobustly(data, { norm: 'linf', radius: '0.6' });
  });

  test('a failure is a counterexample, replayed, with the evidence for the other balls', async () => {
    const failing = expect(network).toMemorizeRobustly(data, { norm: 'linf', radius: 0.375 });
    await expect(failing).rejects.toThrow(/^✗ sample 0: not robust — a point at ℓ∞ distance 3\/8 ≤ μ = 3\/8/);
    await expect(failing).rejects.toThrow('replayed exactly: yes');
    await expect(failing).rejects.toThrow('  balls    2 refuted (replayed exactly)');
  });

  test('what was proved is said when the opposite was expected', async () => {
    const { pass, message } = await said('toMemorizeRobustly', true, network, data, { norm: 'linf', radius: '1/4' });
    expect(pass).toBe(true);
    expect(message).toBe('expected a wrong point in some ball, got none\n  balls    2 proved (certificate)');
    const two = { norm: 'linf', radius: '1/4', prover: 'z3' } as const;
    expect((await said('toMemorizeRobustly', true, network, data, two)).message).toContain('2 proved (certificate)');
  });

  test('without a prover it is only tested, and says so', async () => {
    const setting = { norm: 'linf', radius: '1/4', prover: 'none', points: 20 } as const;
    await expect(network).toMemorizeRobustly(data, setting);
    expect((await said('toMemorizeRobustly', true, network, data, setting)).message).toBe(
      'expected a wrong point, found no wrong point in 2 balls: tested, not proved',
    );
    const failed = await said('toMemorizeRobustly', false, network, data, { ...setting, radius: '3/8' });
    expect(failed).toMatchObject({ pass: false });
    expect(failed.message).toMatch(/^✗ sample 0: not robust/);
  });

  test('what nobody decides fails, and so does its negation', async () => {
    // Intervals cannot see that a sum of distances is bounded on an ℓ1 ball, and there is no wrong point.
    const sum = built('ygz-l1', 'l1', '1/4');
    const setting = { norm: 'l1', radius: '1/4', prover: 'interval' } as const;
    await expect(expect(sum).toMemorizeRobustly(data, setting)).rejects.toThrow(/^✗ sample \d: undecided — unknown: /);
    await expect(expect(sum).not.toMemorizeRobustly(data, setting)).rejects.toThrow('undecided');
    await expect(sum).toMemorizeRobustly(data, { ...setting, prover: 'auto' });
  });

  test('how outputs are read can be said', async () => {
    const halves = built('ygz-wide', 'linf', '1/4');
    await expect(halves).toMemorizeRobustly(data, { norm: 'linf', radius: '1/4', notion: 'round' });
    // Rounded, values near the label count, so that a little more of the ball is right.
    await expect(halves).toMemorizeRobustly(data, { norm: 'linf', radius: '5/16', notion: 'round' });
    await expect(halves).not.toMemorizeRobustly(data, { norm: 'linf', radius: '5/16' });
  });
});

describe('toBeRobustAt', () => {
  test('proves, refutes, and can be negated', async () => {
    await expect(network).toBeRobustAt([1, '0'], { label: 1, norm: 'linf', radius: '1/4' });
    await expect(network).not.toBeRobustAt([1, 0], { label: 0, norm: 'linf', radius: 0 });
    await expect(
      expect(network).toBeRobustAt([rational(1, 2), 0], { label: 1, norm: 'linf', radius: '1/8' }),
    ).rejects.toThrow(/^✗ point \(1\/2, 0\): not memorized — the sample itself has class /);
  });

  test('one ball is one ball', async () => {
    const setting = { label: 1, norm: 'linf', radius: '1/4', prover: 'none' } as const;
    expect((await said('toBeRobustAt', true, network, [1, 0], setting)).message).toContain('in the ball: tested');
  });
});

test('what does not fit together is an error, not a verdict', async () => {
  const setting = { norm: 'linf', radius: '1/4' } as const;
  await expect(expect(3).toMemorizeRobustly(data, setting)).rejects.toThrow('expect: expected a network');
  await expect(expect(network).toBeRobustAt([1], { ...setting, label: 1 })).rejects.toThrow('expected 1 inputs');
  await expect(expect(network).toMemorizeRobustly(data, { ...setting, radius: -1 })).rejects.toThrow('a radius ≥ 0');
  await expect(expect(network).toBeRobustAt([1, 0], { ...setting, label: 7 })).rejects.toThrow('a reading of class 7');
});
