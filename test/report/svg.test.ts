import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../src/exact/index.js';
import { InputError, InternalError } from '../../src/format/index.js';
import { datasetOf } from '../../src/geometry/index.js';
import { layerOf } from '../../src/network/index.js';
import type { PictureBall } from '../../src/report/picture-ball.js';
import { decisionRegionsSvg } from '../../src/report/svg.js';
import { certificate, tinyCounterexample, tinyData, tinyNetwork, tinyRadius, tinyTooLarge, values } from './tiny.js';

const proved: PictureBall[] = [0, 2, 3].map((sample) => ({
  sample,
  norm: 'linf',
  radius: tinyRadius,
  verdict: { verdict: 'unsat', evidence: certificate },
}));
const broken: PictureBall = {
  sample: 1,
  norm: 'linf',
  radius: tinyTooLarge,
  note: 'deliberately too large',
  verdict: { verdict: 'sat', point: tinyCounterexample, outputs: values('0') },
};
const picture = { network: tinyNetwork, data: tinyData, balls: [...proved, broken] };

/** Elements opened and not closed again, by a reader that knows no entities beyond the five of XML. */
function unclosed(svg: string): string[] {
  const stack: string[] = [];
  for (const [, close, name, rest] of svg.matchAll(/<(\/?)([a-zA-Z]+)([^<>]*)>/g)) {
    if (close === '/') expect(stack.pop()).toBe(name);
    else if (!rest!.endsWith('/')) stack.push(name!);
  }
  return stack;
}

describe('decisionRegionsSvg', () => {
  it('draws the tiny example', async () => {
    const svg = decisionRegionsSvg(picture, { title: 'Four samples', subtitle: 'ℓ∞, ρ = 3/4' });
    await expect(svg).toMatchFileSnapshot('../golden/report/tiny.svg');
  });

  it('is well formed and says everything in words', () => {
    const svg = decisionRegionsSvg(picture);
    expect(unclosed(svg)).toEqual([]);
    expect(svg).toContain('<title id="muball-title">tiny</title>');
    expect(svg).toContain('3 ℓ∞ balls, μ = 3/8: proved (certificate)');
    expect(svg).toContain('ℓ∞ ball, μ = 3/4, deliberately too large: counterexample x′, class 0');
    expect(svg).toContain('Around sample 1 (line 3), the point x′ = (1/3, 0) of the ball leaves its class.');
    expect(svg).toContain('no class (transition zone)');
  });

  it('escapes names and titles', () => {
    const evil = `</title><script>alert("1")</script>&\u0000`;
    const data = { ...tinyData, name: evil, labelNames: [evil, evil] };
    const svg = decisionRegionsSvg(
      { ...picture, data, balls: [{ ...broken, note: evil }] },
      { title: evil, subtitle: evil },
    );
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg).not.toMatch(/&(?!(?:lt|gt|amp|quot|#39);)/);
    expect(unclosed(svg)).toEqual([]);
  });

  it('draws balls in their norm', () => {
    const one = (norm: PictureBall['norm']) =>
      decisionRegionsSvg({ ...picture, balls: [{ sample: 0, norm, radius: rational(1, 4) }] });
    expect(one('linf')).toMatch(/<rect [^>]*class="plain"/);
    expect(one('l1')).toMatch(/<path [^>]*class="plain"/);
    expect(one('l2')).toMatch(/<circle [^>]*class="plain"/);
    expect(one('l2')).toContain('>ℓ2 ball, μ = 1/4: not examined<');
  });

  it('calls nothing proved that is not', () => {
    const ball = (verdict: PictureBall['verdict']) =>
      decisionRegionsSvg({ ...picture, balls: [{ sample: 0, norm: 'linf', radius: tinyRadius, verdict }] });
    expect(ball({ verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } })).toContain('unsat (z3)');
    for (const verdict of [
      undefined,
      { verdict: 'unknown', reason: 'r' } as const,
      { verdict: 'timed-out' } as const,
      { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } } as const,
    ]) {
      expect(ball(verdict)).not.toContain('proved');
    }
  });

  it('has one theme or both', () => {
    const dark = '#12161c';
    expect(decisionRegionsSvg(picture, { theme: 'light' })).not.toContain(dark);
    expect(decisionRegionsSvg(picture, { theme: 'dark' })).not.toContain('prefers-color-scheme');
    expect(decisionRegionsSvg(picture)).toMatch(/prefers-color-scheme: dark[\s\S]*#12161c/);
  });

  it('shows one point alone, and many classes', () => {
    const data = datasetOf(
      Array.from({ length: 11 }, () => values('5', '7')),
      Array.from({ length: 11 }, (_, c) => c),
    );
    const network = { layers: [layerOf(2, 'identity', [{ columns: [], weights: [], bias: rational(9) }])] };
    const svg = decisionRegionsSvg({ network, data, balls: [] });
    expect(unclosed(svg)).toEqual([]);
    expect(svg).toContain('class="r9"');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('refuses what it cannot draw', () => {
    const line = datasetOf([values('0'), values('1')], [0, 1]);
    expect(() => decisionRegionsSvg({ ...picture, data: line })).toThrow(
      new InputError('dataset: expected 2 coordinates for a picture, got 1'),
    );
    expect(() => decisionRegionsSvg({ ...picture, balls: [{ ...broken, sample: 4 }] })).toThrow(
      new InputError('balls[0].sample: expected a sample below 4, got 4'),
    );
    const rectangle = { lower: [rational(0), rational(0)], upper: [rational(1), rational(0)] } as const;
    expect(() => decisionRegionsSvg(picture, { rectangle })).toThrow(InputError);
    expect(() => decisionRegionsSvg(picture, { maxPieces: 5 })).toThrow(InputError);
  });

  it('does not mark a counterexample that is none', () => {
    const inside = { verdict: 'sat', point: values('1', '0'), outputs: values('1') } as const;
    expect(() => decisionRegionsSvg({ ...picture, balls: [{ ...broken, verdict: inside }] })).toThrow(InternalError);
    const outside = { ...broken, radius: parseRational('1/2') };
    expect(() => decisionRegionsSvg({ ...picture, balls: [outside] })).toThrow(InternalError);
  });
});
