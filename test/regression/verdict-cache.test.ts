import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CachedVerdictFile, cachedVerdictText } from '../../src/format/index.js';
import { entryPath, mostNotes, type VerdictCacheOptions, verdictCache } from '../../src/regression/index.js';
import { intervalEngine } from '../../src/verify/checked-interval.js';
import { type Query, queryHash, robustnessQuery } from '../../src/verify/query.js';
import { satBy, type Verdict } from '../../src/verify/verdict.js';
import { tinyCounterexample, tinyData, tinyNetwork, tinyRadius, tinyTooLarge } from '../report/tiny.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muball-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const query = (sample: number, radius = tinyRadius): Query =>
  robustnessQuery(tinyNetwork, tinyData, sample, { norm: 'linf', radius, reading: tinyNetwork.output! });
const robust = query(0);
const fragile = query(1, tinyTooLarge);
const proved = intervalEngine(tinyNetwork).verify(robust)!;
const refuted = satBy(fragile, tinyCounterexample, 'test');
const z3Word: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['z3'] } };
const cache = (options: Partial<VerdictCacheOptions> = {}) => verdictCache(folder, { version: '1.2.3', ...options });
const path = (asked: Query) => entryPath(folder, '1.2.3', 'auto', queryHash(asked));

/** Changes an entry; with a new digest, as someone would who knows how. */
function tamper(asked: Query, change: (entry: CachedVerdictFile) => unknown, digest = true): void {
  const { digest: old, ...entry } = JSON.parse(readFileSync(path(asked), 'utf8'));
  const forged = change(entry) as CachedVerdictFile;
  const fresh = createHash('sha256').update(cachedVerdictText(forged)).digest('hex');
  writeFileSync(path(asked), JSON.stringify({ ...forged, digest: digest ? fresh : old }));
}

describe('verdictCache', () => {
  it('keeps what was decided, for every later run', () => {
    const first = cache();
    expect(first.find(robust, 'auto')).toBeUndefined();
    first.keep(robust, 'auto', proved);
    first.keep(fragile, 'auto', refuted);
    first.keep(query(2), 'auto', z3Word);
    expect(proved.evidence.level).toBe('certificate');
    expect(cache().find(robust, 'auto')).toEqual({ verdict: proved, by: 'checked' });
    expect(cache().find(fragile, 'auto')).toEqual({ verdict: refuted, by: 'replayed' });
    expect(cache().find(query(2), 'auto')).toEqual({ verdict: z3Word, by: 'believed' });
    expect(cache({ trust: true }).find(robust, 'auto')).toEqual({ verdict: proved, by: 'believed' });
    expect(first.notes).toEqual([]);
  });

  it('finds only the same query, engine and version', () => {
    cache().keep(robust, 'auto', proved);
    expect(cache().find(query(0, tinyTooLarge), 'auto')).toBeUndefined();
    expect(cache().find(robust, 'interval')).toBeUndefined();
    expect(cache({ version: '1.2.4' }).find(robust, 'auto')).toBeUndefined();
  });

  it('does not keep what is undecided, nor two engines, which would be printed as proved', () => {
    const two: Verdict = { verdict: 'unsat', evidence: { level: 'two', engines: ['interval', 'z3'] } };
    for (const verdict of [two, { verdict: 'unknown', reason: 'r' }, { verdict: 'timed-out' }] as const) {
      cache().keep(robust, 'auto', verdict);
      expect(existsSync(path(robust))).toBe(false);
    }
    cache().keep(robust, 'auto', z3Word);
    tamper(robust, (entry) => ({ ...entry, verdict: two }));
    const used = cache({ trust: true });
    expect(used.find(robust, 'auto')).toBeUndefined();
    expect(used.notes[0]).toContain('expected evidence that may be kept, got two engines');
  });

  describe('as the journal of a run', () => {
    const two: Verdict = { verdict: 'unsat', evidence: { level: 'two', engines: ['interval', 'z3'] } };
    const unknown: Verdict = { verdict: 'unknown', reason: 'r' };
    const late: Verdict = { verdict: 'timed-out' };

    it.each([two, unknown, late, z3Word])('keeps also two engines and what is undecided: %j', (verdict) => {
      cache({ limits: '60 s' }).keep(robust, 'auto', verdict);
      expect(cache({ limits: '60 s' }).find(robust, 'auto')).toEqual({ verdict, by: 'believed' });
    });

    it('finds what is undecided within the same limits only, what is decided always', () => {
      for (const verdict of [unknown, late]) {
        cache({ limits: '60 s' }).keep(robust, 'auto', verdict);
        for (const other of [cache({ limits: '90 s' }), cache()]) {
          expect(other.find(robust, 'auto')).toBeUndefined();
          expect(other.notes).toEqual([]);
        }
      }
      cache({ limits: '60 s' }).keep(fragile, 'auto', refuted);
      expect(cache({ limits: '90 s' }).find(fragile, 'auto')).toEqual({ verdict: refuted, by: 'replayed' });
    });

    it('still has certificates checked and counterexamples replayed', () => {
      cache({ limits: '60 s' }).keep(robust, 'auto', proved);
      expect(cache({ limits: '60 s' }).find(robust, 'auto')).toEqual({ verdict: proved, by: 'checked' });
      tamper(robust, (entry) => ({ ...entry, certificate: { ...entry.certificate!, query: 'ab'.repeat(32) } }));
      expect(cache({ limits: '60 s' }).find(robust, 'auto')).toBeUndefined();
    });
  });

  it('does not believe that a refuted ball is proved, however well it is forged', () => {
    cache().keep(fragile, 'auto', refuted);
    const certificate = {
      format: 'muball-certificate',
      version: 1,
      query: queryHash(fragile),
      proofs: [0, 1].map(() => ({ rule: 'interval' })),
    };
    tamper(fragile, (entry) => ({ ...entry, verdict: proved, certificate }));
    const used = cache();
    expect(used.find(fragile, 'auto')).toBeUndefined();
    expect(used.notes).toEqual([
      expect.stringMatching(/^cache: entry not used: .*certificate\.proofs\[1\]: exact intervals refute none/),
    ]);
  });

  it('does not believe a counterexample that does not reproduce', () => {
    cache().keep(robust, 'auto', proved);
    const claim = (point: string[]) =>
      tamper(robust, ({ certificate: _, ...entry }) => ({ ...entry, verdict: { verdict: 'sat', point } }));
    claim(['0', '0']);
    const used = cache({ trust: true });
    expect(used.find(robust, 'auto')).toBeUndefined();
    expect(used.notes[0]).toContain('got a point that does not reproduce');
    claim(['0']);
    expect(cache().find(robust, 'auto')).toBeUndefined();
  });

  it('finds damage and edits by the digest, on trust too', () => {
    cache().keep(query(2), 'auto', z3Word);
    const other: Verdict = { verdict: 'unsat', evidence: { level: 'engine', engines: ['interval'] } };
    tamper(query(2), (entry) => ({ ...entry, verdict: other }), false);
    const used = cache({ trust: true });
    expect(used.find(query(2), 'auto')).toBeUndefined();
    expect(used.notes[0]).toMatch(/digest: expected \w{12}…, got \w{12}…$/);
  });

  it('ignores what is no entry, or one that belongs elsewhere', () => {
    cache().keep(robust, 'auto', proved);
    const text = readFileSync(path(robust), 'utf8');
    for (const wrong of ['', '{', '[]', text.slice(0, -20), text.replace('cached-verdict', 'verdict')]) {
      writeFileSync(path(robust), wrong);
      expect(cache({ trust: true }).find(robust, 'auto')).toBeUndefined();
    }
    cache().keep(query(2), 'auto', z3Word);
    writeFileSync(path(robust), readFileSync(path(query(2))));
    const used = cache({ trust: true });
    expect(used.find(robust, 'auto')).toBeUndefined();
    expect(used.notes[0]).toContain('got one of another query');
  });

  it('goes on when the folder cannot be written, and says so a few times', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const blocked = verdictCache(file, { version: '1' });
    for (let i = 0; i < mostNotes + 2; i++) blocked.keep(robust, 'auto', proved);
    expect(blocked.find(robust, 'auto')).toBeUndefined();
    expect(blocked.notes).toHaveLength(mostNotes);
    expect(blocked.notes[0]).toContain('cache: verdict not kept');
  });
});
