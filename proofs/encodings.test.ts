/**
 * The scripts that z3 is given: fixed by their hashes, and agreeing with each other.
 *
 * `smt/encodings.json` holds the SHA-256 of the SMT-LIB text of the first and the last ball of every instance at
 * ρ = 0.99, of open balls and of one class, untightened and tightened. So neither a construction nor the encoder changes
 * what is proved without somebody saying so: after a change that is meant, write the file again with
 *
 *     MUBALL_UPDATE=1 npx vitest run --project proofs encodings
 *
 * and look at what became different. `muball export --format smt2` writes such scripts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { intervalBounds } from '../src/verify/bounds/interval.js';
import { encode, encodingHash } from '../src/verify/smt/encode.js';
import { type Instance, instances, problemOf } from './instances/instance.js';
import { askedRatios, asksAbout } from './kept-certificates.js';
import { otherEncodings, warmZ3 } from './warm-z3.js';

const file = new URL('smt/encodings.json', import.meta.url);
const chosen = instances.filter(({ ratio }) => askedRatios.includes(ratio));

/** Hashes by `instance, ball, encoding`. */
function hashes(instance: Instance): [string, string][] {
  const { data, network, query } = problemOf(instance);
  return [...new Set([0, data.size - 1])].flatMap((i) => {
    const asked = query(i);
    const bounds = intervalBounds(network, asked.region);
    return [
      [`${instance.name}, ball ${i}, untightened`, encodingHash(encode(asked).text)],
      [`${instance.name}, ball ${i}, tightened`, encodingHash(encode(asked, { bounds }).text)],
    ] as [string, string][];
  });
}

describe('hashes of scripts', () => {
  const found = Object.fromEntries(chosen.flatMap(hashes));
  // A continuous integration run that updates would compare the scripts with themselves.
  const update = process.env.MUBALL_UPDATE === '1' && process.env.CI === undefined;
  if (update) writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;

  it('are kept for these instances and no others', () => {
    expect(Object.keys(found).filter((name) => !(name in kept))).toEqual([]);
    expect(Object.keys(kept).filter((name) => !(name in found))).toEqual([]);
  });

  it('are those that were kept', () => {
    const changed = Object.keys(found).filter((name) => kept[name] !== found[name]);
    expect(changed, 'a script changed; the head of this file says what to do').toEqual([]);
  });

  it('tell balls apart, and encodings where something is tightened', () => {
    for (const instance of chosen) {
      const values = hashes(instance).map(([, hash]) => hash);
      const { network } = problemOf(instance);
      // One affine layer has nothing to tighten.
      expect(new Set(values).size, instance.name).toBe(network.layers.length === 1 ? values.length / 2 : values.length);
    }
  });
});

// In a full run on every ball.
describe('all encodings agree', () => {
  const z3 = warmZ3();
  const linear = chosen
    .filter(({ entry }) => entry.norm !== 'l2')
    .map((instance) => ({ name: instance.name, instance }));

  it.each(linear)('on $name', async ({ instance }) => {
    const { data, query } = problemOf(instance);
    for (let i = 0; i < data.size; i++) {
      if (!asksAbout(instance, i, data.size)) continue;
      for (const encoding of otherEncodings) {
        const { verdict } = await z3.verify(query(i), encoding);
        expect(verdict, `ball ${i}, ${encoding.form}, tighten ${encoding.tighten}`).toBe('unsat');
      }
    }
  });
});
