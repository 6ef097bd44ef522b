/**
 * What must not be provable is not: the guard against proofs that hold because nothing was asked.
 *
 * For every construction in every norm: the network and the region are satisfiable without the unsafe set; and a radius
 * beyond δ/2, another label, a changed weight or a removed neuron makes the search answer `sat`, and z3 on the encoding
 * that proofs rest on, with points that replay exactly; in a full run z3 on the tightened one too, and on every ball.
 */
import { describe, expect, it } from 'vitest';
import { theoremNamed } from '../src/construction/index.js';
import type { Norm } from '../src/format/index.js';
import { classes, ratioRadius, resolveRadius, separation } from '../src/geometry/index.js';
import { checkedSearch } from '../src/verify/checked-search.js';
import { type Query, robustnessQuery, unsafeFor } from '../src/verify/query.js';
import { replay, type Verdict } from '../src/verify/verdict.js';
import { changedWeights, harm, removedNeurons } from './damage.js';
import type { DatasetName } from './instances/datasets.js';
import { instances, problemOf } from './instances/instance.js';
import { type Entry, table } from './instances/table.js';
import { isFull } from './kept-certificates.js';
import { untightened, warmZ3 } from './warm-z3.js';

const z3 = warmZ3();
const encodings = [false, true].map((tighten) => ({ tighten, form: 'disjunction' as const }));
const datasetsOf: Readonly<Record<Norm, readonly DatasetName[]>> = {
  linf: ['line', 'colours', 'space'],
  l1: ['line', 'colours', 'space'],
  l2: ['line', 'couple', 'xor'],
};

/** Constructions that are right on the closed balls of their radius and, for a closest pair, no further. */
const tight: readonly string[] = ['ygz-wide', 'ygz-narrow', 'ygz-l1', 'eys-ball'];

/** Of two classes, for what tells only those apart. */
const binary: readonly DatasetName[] = ['couple', 'xor', 'overlap'];

/** For networks of many layers or neurons. */
const shallow: Readonly<Record<string, readonly DatasetName[]>> = {
  'kmy-moderate': ['pair', 'couple'],
  'kmy-large': ['line'],
  'finke-threshold': ['line', 'space'],
};

const controls = table.flatMap((entry) =>
  controlsOf(entry).map((dataset) => {
    const ratio = theoremNamed(entry.construction).balls === 'open' ? 'open' : '0.9';
    const instance = instances.find((i) => i.entry === entry && i.dataset === dataset && i.ratio === ratio)!;
    return { name: instance.name, instance };
  }),
);

function controlsOf({ construction, norm, datasets }: Entry): readonly DatasetName[] {
  if (theoremNamed(construction).notion === 'sign') return binary;
  // Shifts of a neuron stand in for each other where a sample has several: none can be missed. A row of one place has one.
  if (construction === 'finke-conv') return ['pair'];
  // Of the chosen ones, those with a rational δ.
  if (datasets !== undefined) return norm === 'l2' ? ['pair'] : ['pair', 'diagonal'];
  return shallow[construction] ?? datasetsOf[norm];
}

/** Demands a counterexample of the search, and of z3 on the encoding that proofs rest on; in a full run on both. */
async function refuted(query: Query, what: string): Promise<void> {
  await refutedBySearch(query, what);
  for (const encoding of isFull ? encodings : [untightened]) {
    const verdict = await z3.verify(query, encoding);
    expect(verdict.verdict, `${what}, tighten ${encoding.tighten}`).toBe('sat');
    replayed(query, verdict);
  }
}

async function refutedBySearch(query: Query, what: string): Promise<void> {
  const verdict = await checkedSearch(query);
  expect(verdict.verdict, `${what}, search`).toBe('sat');
  replayed(query, verdict);
}

function replayed(query: Query, verdict: Verdict): void {
  if (verdict.verdict !== 'sat') return;
  expect(replay(query, verdict.point)).toEqual({ inside: true, unsafe: true, outputs: verdict.outputs });
}

describe.each(controls)('$name', ({ instance }) => {
  const { data, network, query } = problemOf(instance);
  const { norm } = instance.entry;
  const reading = network.output!;
  const samples = data.labels.map((_, i) => i);
  const layers = network.layers.map((_, l) => l);

  it('is among the instances that z3 proves', () => {
    expect(instance.evidence).toBe('proved');
  });

  it('network, region, and both together are satisfiable', async () => {
    for (const i of samples) {
      if (!isFull && i !== samples.length - 1) continue;
      for (const part of ['network-only', 'region-only', 'without-unsafe'] as const) {
        for (const { tighten } of encodings) {
          expect(await z3.status(query(i), { tighten, part }), `ball ${i}, ${part}, tighten ${tighten}`).toBe('sat');
        }
      }
    }
  });

  // At δ/2 the closed balls of a closest pair share their midpoint, so one of them is wrong whatever the network.
  const tooLarge = [...(tight.includes(instance.entry.construction) ? ['0.9000001'] : []), '1', '5/4'];
  it.each(tooLarge)('the radius %s·δ/2 is refuted at an end of the closest pair', async (ratio) => {
    const closest = separation(data, norm)!;
    const { radius, exact } = resolveRadius(ratioRadius(ratio), closest, data);
    expect(exact).toBe(true);
    const queries = closest.pair.map((i) => robustnessQuery(network, data, i, { norm, radius, reading }));
    const searched = await Promise.all(queries.map((beyond) => checkedSearch(beyond)));
    expect(searched.map(({ verdict }) => verdict)).toContain('sat');
    for (const encoding of encodings) {
      const verdicts: Verdict[] = [];
      for (const beyond of queries) {
        const verdict = await z3.verify(beyond, encoding);
        verdicts.push(verdict);
        replayed(beyond, verdict);
      }
      expect(
        verdicts.map(({ verdict }) => verdict),
        `tighten ${encoding.tighten}`,
      ).toContain('sat');
    }
  });

  it('another label is refuted on every ball', async () => {
    for (const i of samples) {
      const other = classes(data).find((c) => c !== data.labels[i])!;
      const relabelled = { ...query(i), unsafe: unsafeFor(reading, other) };
      const asks = isFull || i === samples.length - 1 ? refuted : refutedBySearch;
      await asks(relabelled, `ball ${i} as class ${other}`);
    }
  });

  it('a changed weight is refuted, in every layer', async () => {
    for (const l of layers) {
      const found = harm(changedWeights(network, l), data, query);
      expect(found, `layer ${l}`).toBeDefined();
      await refuted(found!.query, found!.text);
    }
  });

  it('a removed neuron is refuted, in every hidden layer', async () => {
    for (const l of layers.slice(1)) {
      const found = harm(removedNeurons(network, l), data, query);
      expect(found, `layer ${l - 1}`).toBeDefined();
      await refuted(found!.query, found!.text);
    }
  });
});
