import { describe, expect, it } from 'vitest';
import { InputError, type LockFile, lockFileAt, lockText } from '../../src/format/index.js';

const lock: LockFile = {
  format: 'muball-lock',
  version: 1,
  muball: '0.1.0',
  instances: [
    {
      name: 'a',
      asked: { data: 'xor', norm: 'l2', ratio: '9/10', construction: 'eys-pair' },
      dataset: 'ab'.repeat(32),
      samples: 5,
      radius: '3/8',
      network: 'cd'.repeat(32),
      sizes: { width: 4, depth: 3, nonzero: 20, parameters: '12345678901234567890', bits: 7 },
      balls: [
        { samples: '0-2', verdict: 'unsat', evidence: { level: 'certificate', engines: ['interval'] } },
        { samples: '4', verdict: 'timed-out' },
        { samples: '3', verdict: 'sat' },
      ],
      certificates: 'ef'.repeat(32),
    },
  ],
};
/** The JSON of the lock with one field of its instance set, or left out for `undefined`. */
function changed(path: string, to: unknown): unknown {
  const value = JSON.parse(lockText(lock));
  const keys = path.split('.');
  const last = keys.pop()!;
  const holder = keys.reduce((at, key) => at[key], value.instances[0]);
  holder[last] = to;
  return JSON.parse(JSON.stringify(value));
}

describe('lock file', () => {
  it('is read as it is written', () => {
    expect(lockFileAt(JSON.parse(lockText(lock)))).toEqual(lock);
  });

  it('has one field a line, so that a changed verdict is a changed line', () => {
    expect(lockText(lock)).toMatchInlineSnapshot(`
      "{
        "format": "muball-lock",
        "version": 1,
        "muball": "0.1.0",
        "instances": [
          {
            "name": "a",
            "asked": {
              "data": "xor",
              "norm": "l2",
              "ratio": "9/10",
              "construction": "eys-pair"
            },
            "dataset": "abababababababababababababababababababababababababababababababab",
            "samples": 5,
            "radius": "3/8",
            "network": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
            "sizes": {
              "width": 4,
              "depth": 3,
              "nonzero": 20,
              "parameters": "12345678901234567890",
              "bits": 7
            },
            "balls": [
              {
                "samples": "0-2",
                "verdict": "unsat",
                "level": "certificate",
                "engines": ["interval"]
              },
              {
                "samples": "4",
                "verdict": "timed-out"
              },
              {
                "samples": "3",
                "verdict": "sat"
              }
            ],
            "certificates": "efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef"
          }
        ]
      }
      "
    `);
  });

  it.each<[string, unknown, string]>([
    ['balls', lock.instances[0]!.balls.slice(1, 2), 'balls: expected all of 5 samples, got 1'],
    ['balls.2.samples', '1', 'balls[2].samples: expected samples not listed before, got 1'],
    ['balls.2.samples', '5', 'balls[2].samples: expected samples below 5, got 5'],
    ['balls.0.level', undefined, 'balls[0].level: expected certificate or two or engine, got nothing'],
    ['balls.0.verdict', 'proved', 'balls[0].verdict: expected unsat or sat or unknown or timed-out, got "proved"'],
    ['balls.1.level', 'two', 'balls[1].level: expected nothing beside timed-out, got "two"'],
    ['balls.1.engines', [], 'balls[1].engines: expected nothing beside timed-out, got []'],
    [
      'balls.0.engines',
      ['oracle'],
      'balls[0].engines[0]: expected interval or search or ridge or lipschitz or z3, got "oracle"',
    ],
    ['sizes.width', -1, 'sizes.width: expected a whole number ≥ 0, got -1'],
    ['sizes.parameters', '01', 'sizes.parameters: expected a whole number as text, got "01"'],
    ['network', 'x', 'network: expected 64 hexadecimal digits, got "x"'],
    ['asked.name', 'x', 'asked.name: unknown field'],
    ['seconds', 1, 'seconds: unknown field'],
  ])('refuses %s = %j', (path, to, message) => {
    expect(() => lockFileAt(changed(path, to), 'l')).toThrow(InputError);
    expect(() => lockFileAt(changed(path, to), 'l')).toThrow(`l.instances[0].${message}`);
  });

  it('refuses a name that occurs twice', () => {
    expect(() => lockFileAt({ ...lock, instances: [] })).not.toThrow();
    const twice = JSON.parse(lockText(lock));
    twice.instances.push(twice.instances[0]);
    expect(() => lockFileAt(twice, 'l')).toThrow(
      'l.instances[1].name: expected a name that no other instance has, got "a"',
    );
  });
});
