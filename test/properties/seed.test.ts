import { describe, expect, test } from 'vitest';
import { defaultSeed, seedFrom } from '../../properties/seed.js';

describe('seedFrom', () => {
  test('nothing asked: the default, on CI too', () => {
    expect(seedFrom({})).toBe(defaultSeed);
    expect(seedFrom({ MUBALL_SEED: ' ', CI: 'true' })).toBe(defaultSeed);
  });

  test('a number is itself, on CI too', () => {
    expect(seedFrom({ MUBALL_SEED: '7' })).toBe(7);
    expect(seedFrom({ MUBALL_SEED: '-12', CI: '1' })).toBe(-12);
  });

  test('random: some seed, but not on CI', () => {
    const seeds = Array.from({ length: 5 }, () => seedFrom({ MUBALL_SEED: 'random', CI: 'false' }));
    expect(new Set(seeds).size).toBeGreaterThan(1);
    for (const seed of seeds) expect(seedFrom({ MUBALL_SEED: String(seed) })).toBe(seed);
    for (const ci of ['true', '1', 'yes']) {
      expect(() => seedFrom({ MUBALL_SEED: 'random', CI: ci })).toThrow(
        'MUBALL_SEED: expected a number or nothing when CI is set, got random',
      );
    }
  });

  test.each(['seven', '1.5', '1e3', '0x10', '4294967296', '--1'])('%s is refused', (text) => {
    expect(() => seedFrom({ MUBALL_SEED: text })).toThrow(
      `MUBALL_SEED: expected random or a whole number of 32 bits, got "${text}"`,
    );
  });
});
