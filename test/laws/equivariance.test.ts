import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instance } from '../../src/arbitrary/index.js';
import { compare, div, formatRational, type Rational, subVectors } from '../../src/exact/index.js';
import { compareToRadius, magnitude, point, separation } from '../../src/geometry/index.js';
import { changes } from '../../src/laws/equivariance.js';

const problems = fc.sample(instance(), { seed: 3, numRuns: 60 });

const share = (problem: (typeof problems)[number]): Rational | undefined => {
  const found = separation(problem.data, problem.norm)?.magnitude;
  const { radius, norm } = problem;
  if (found === undefined) return undefined;
  return norm === 'l2' ? div({ n: radius.n ** 2n, d: radius.d ** 2n }, found) : div(radius, found);
};

describe.each(changes(false))('$name', ({ twin }) => {
  test('keeps the ratio of radius and separation, and every sample on its label', () => {
    problems.forEach((problem, k) => {
      const { problem: other, point: moved, label } = twin(problem, k);
      expect(share(other)).toEqual(share(problem));
      const rows = Array.from({ length: other.data.size }, (_, i) => point(other.data, i).map(formatRational).join());
      problem.data.labels.forEach((c, i) => {
        const at = rows.indexOf(moved(point(problem.data, i)).map(formatRational).join());
        expect(other.data.labels[at]).toBe(label(c));
      });
    });
  });

  test('takes the points of a ball to the points of a ball', () => {
    problems.forEach((problem, k) => {
      const { problem: other, point: moved } = twin(problem, k);
      const centre = point(problem.data, 0);
      const x = point(problem.data, problem.data.size - 1);
      const way = subVectors(moved(x), moved(centre));
      const before = compareToRadius(problem.norm, subVectors(x, centre), problem.radius);
      expect(compareToRadius(problem.norm, way, other.radius)).toBe(before);
      expect(compare(magnitude(problem.norm, way), { n: 0n, d: 1n })).toBeGreaterThanOrEqual(0);
    });
  });

  test('does change something, and the same for the same seed', () => {
    const texts = problems.map((problem, k) => JSON.stringify(problemText(twin(problem, k).problem)));
    expect(problems.map((problem, k) => JSON.stringify(problemText(twin(problem, k).problem)))).toEqual(texts);
    expect(texts.filter((text, k) => text !== JSON.stringify(problemText(problems[k]!))).length).toBeGreaterThan(30);
  });
});

const problemText = ({ data, radius }: (typeof problems)[number]) => ({
  rows: Array.from({ length: data.size }, (_, i) => point(data, i).map(formatRational)),
  labels: data.labels,
  radius: formatRational(radius),
});

test('two classes stay 0 and 1', () => {
  const [relabelling] = changes(true).filter(({ name }) => name === 'relabelling');
  for (const problem of problems) {
    const two = { ...problem, data: { ...problem.data, labels: problem.data.labels.map((c) => Math.min(c, 1)) } };
    expect(relabelling!.twin(two, 1).problem.data.labels).toEqual(two.data.labels.map((c) => 1 - c));
  }
});

test('signals are turned, each by places of its own, and points stay where they are', () => {
  const names = changes(false, true).map(({ name }) => name);
  expect(names).not.toContain('translating');
  expect(names).not.toContain('permuting and mirroring coordinates');
  const turning = changes(false, true).find(({ name }) => name === 'shifting signals')!;
  let different = 0;
  problems.forEach((problem, k) => {
    const { problem: other, point: same, label } = turning.twin(problem, k);
    const turns = problem.data.labels.map((c, i) => {
      const x = point(problem.data, i);
      expect(same(x)).toEqual(x);
      expect(other.data.labels[i]).toBe(label(c));
      const seen = point(other.data, i).map(formatRational).join();
      return x.findIndex((_, t) => [...x.slice(t), ...x.slice(0, t)].map(formatRational).join() === seen);
    });
    expect(turns).not.toContain(-1);
    if (new Set(turns).size > 1) different++;
  });
  expect(different).toBeGreaterThan(20);
});
