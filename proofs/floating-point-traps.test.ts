/**
 * Where floating point lies, both engines are right: the search, with certificates that the checker accepts, and z3 on the
 * untightened encoding. The verdicts of instances/traps.ts are derived by hand.
 */
import { expect, it } from 'vitest';
import { equal, formatRational } from '../src/exact/index.js';
import { checkOutcome } from '../src/verify/checked-certificate.js';
import { search } from '../src/verify/search/index.js';
import { replay } from '../src/verify/verdict.js';
import { type Trap, traps } from './instances/traps.js';
import { warmZ3 } from './warm-z3.js';

const z3 = warmZ3();

/** Demands the derived verdict; of `sat`, a replayed point, and the one that there is. */
function demand(found: { readonly verdict: string; readonly point?: Trap['point'] }, trap: Trap): void {
  expect(found.verdict, trap.because).toBe(trap.verdict);
  if (trap.verdict === 'unsat') return;
  expect(replay(trap.query, found.point!)).toMatchObject({ inside: true, unsafe: true });
  if (trap.point !== undefined) expect(found.point!.map(formatRational)).toEqual(trap.point.map(formatRational));
}

it.each(traps)('$name: $verdict, since $because', async (trap) => {
  const found = await search(trap.query);
  demand(found, trap);
  if (found.verdict === 'unsat') expect(checkOutcome(trap.query, found.certificate)).toEqual({ outcome: 'valid' });
  demand(await z3.verify(trap.query), trap);
});

it('at least 40 traps, a third of either verdict, each once, μ = 0 and touching balls among them', () => {
  expect(traps.length).toBeGreaterThanOrEqual(40);
  expect(new Set(traps.map(({ name }) => name)).size).toBe(traps.length);
  for (const verdict of ['sat', 'unsat'])
    expect(3 * traps.filter((trap) => trap.verdict === verdict).length).toBeGreaterThanOrEqual(traps.length);
  const isPoint = ({ query: { region } }: Trap) => region.kind === 'ball' && region.radius.n === 0n;
  expect(traps.filter(isPoint).length).toBeGreaterThanOrEqual(6);
  // |x| − |x − 1| around 0 at μ = δ/2 = 1/2: refuted at the touching point, proved strict and open.
  const touching = traps.filter(({ name }) => name.startsWith('μ = δ/2, '));
  expect(touching.map(({ verdict }) => verdict)).toEqual(['sat', 'unsat', 'unsat']);
  for (const { query } of touching)
    expect(query.region.kind === 'ball' && equal(query.region.radius, { n: 1n, d: 2n })).toBe(true);
});
