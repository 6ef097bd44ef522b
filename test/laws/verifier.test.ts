import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { add, one } from '../../src/exact/index.js';
import { intervalVerifier, runLaw, type Verifier, type VerifierOptions, verifierLaws } from '../../src/laws/index.js';
import { falsify } from '../../src/verify/falsify.js';
import { centreOf } from '../../src/verify/region-points.js';
import { replay, type Verdict } from '../../src/verify/verdict.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-laws-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const unsat: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['interval'] } };
const unknown: Verdict = { verdict: 'unknown', reason: 'not asked' };

/** Intervals and a search, and `unknown` where both fail. */
const both: Verifier = async (query) => falsify(query, { samples: 20 }) ?? (await intervalVerifier(query));

/** The names of the laws that a verifier breaks; the second verifier is `both`, so that no solver is started. */
async function broken(verifier: Verifier, options: VerifierOptions = {}): Promise<string[]> {
  const names: string[] = [];
  for (const law of verifierLaws(verifier, { runs: 60, second: both, ...options })) {
    const run = await runLaw(law, { seed: 5, folder });
    if (run.failure !== undefined) names.push(law.name);
  }
  return names;
}

const safe = 'what it calls safe, no point shows';
const shown = 'what it calls unsafe, its point shows';
const replays = 'a replay accepts the unsafe points of the region, and no others';
const agrees = 'a second verifier agrees';
const monotone = 'safe on a ball is safe on a smaller one';
const complement = 'an unsafe set and its complement are not both missed';
const flip = 'a ball of one label is unsafe for another';

test('an honest verifier breaks none, whether it decides or not', async () => {
  expect(await broken(both)).toEqual([]);
  expect(await broken(() => unknown)).toEqual([]);
});

test('with a solver as the second verifier', async () => {
  const laws = verifierLaws(both, { runs: 30, queries: { norms: ['linf'] } });
  const law = laws.find(({ name }) => name === agrees)!;
  expect(await runLaw(law, { seed: 5, folder })).toMatchObject({ runs: 10 });
});

describe('a verifier that lies is caught', () => {
  test.each<[string, Verifier, readonly string[]]>([
    ['always unsat', () => unsat, [safe, agrees, complement, flip]],
    [
      'always sat at the centre',
      (query) => ({
        verdict: 'sat',
        point: centreOf(query.region),
        outputs: replay(query, centreOf(query.region)).outputs,
      }),
      [shown, agrees, flip],
    ],
    [
      'sat at points outside the region',
      async (query) => {
        const found = await both(query);
        if (found.verdict !== 'sat') return found;
        const point = found.point.map((v) => add(v, add(one, one)));
        return { verdict: 'sat', point, outputs: replay(query, point).outputs };
      },
      [shown],
    ],
    [
      'sat with outputs that are not those of the network',
      async (query) => {
        const found = await both(query);
        return found.verdict === 'sat' ? { ...found, outputs: found.outputs.map((y) => add(y, one)) } : found;
      },
      [shown],
    ],
    [
      'unsat on large balls, where it gives up searching',
      async (query) => {
        const { region } = query;
        return region.kind === 'ball' && region.radius.n > 4n * region.radius.d ? unsat : await both(query);
      },
      [safe, agrees, monotone],
    ],
    [
      'unsat for all that is strict',
      async (query) => (query.unsafe.some((all) => all.some(({ strict }) => strict)) ? unsat : await both(query)),
      [safe],
    ],
  ])('%s', async (_, verifier, expected) => {
    expect(await broken(verifier)).toEqual(expect.arrayContaining([...expected]));
  });

  test('one that gives up although it must not', async () => {
    expect(await broken(() => unknown, { decides: true })).toEqual(['it decides every query']);
    const slow: Verifier = () => ({ verdict: 'timed-out' });
    expect(await broken(slow, { decides: true })).toEqual(['it decides every query']);
  });

  test('a replay that trusts its caller', async () => {
    const trusting: typeof replay = (query, x) => ({ ...replay(query, x), inside: true });
    expect(await broken(both, { replay: trusting })).toEqual([replays]);
    const lenient: typeof replay = (query, x) => ({ ...replay(query, x), unsafe: true });
    expect(await broken(both, { replay: lenient })).toEqual([replays]);
  });
});

test('named after the function, or as asked; laws can be left out', () => {
  expect(verifierLaws(both)[0]!.subject).toBe('both');
  expect(verifierLaws(() => unknown, { name: 'mine', without: [safe] })[0]).toMatchObject({
    subject: 'mine',
    name: shown,
  });
});
