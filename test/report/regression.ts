/** Regression reports by hand: one with everything that can happen to an instance, one where nothing did. */
import type { Change } from '../../src/regression/index.js';
import type { InstanceReport, RegressionBall, RegressionReport } from '../../src/report/regression-report.js';
import { certificate, oneEngine } from './tiny.js';

const ball = (sample: number, more: Partial<RegressionBall> = {}): RegressionBall => ({
  sample,
  line: sample + 2,
  label: sample % 2,
  verdict: 'unsat',
  evidence: certificate,
  seconds: 0.25,
  ...more,
});
const kept = (sample: number, cached: RegressionBall['cached'], more: Partial<RegressionBall> = {}) =>
  ball(sample, { seconds: 0, cached, ...more });
const found: RegressionBall = { sample: 3, label: 1, verdict: 'sat', seconds: 0.5 };

const instance = (
  name: string,
  line: number,
  balls: readonly RegressionBall[],
  more: Partial<InstanceReport> = {},
) => ({
  name,
  line,
  samples: balls.length,
  whole: true,
  balls,
  ...more,
});

const changes: readonly Change[] = [
  {
    instance: 'broken',
    direction: 'worse',
    what: 'verdict',
    samples: [3],
    locked: 'proved (certificate)',
    now: 'sat (counterexample)',
    note: 'muball replay counterexamples/9f3ac1.json',
  },
  { instance: 'broken', direction: 'worse', what: 'nonzero', locked: '30', now: '31' },
  { instance: 'broken', direction: 'changed', what: 'network', locked: '111111111111', now: '222222222222' },
  {
    instance: 'lies',
    direction: 'contradiction',
    what: 'verdict',
    samples: [0, 1],
    locked: 'sat (counterexample)',
    now: 'proved (certificate)',
    note: 'one query, answered both ways',
  },
  {
    instance: 'gains',
    direction: 'better',
    what: 'verdict',
    samples: [0, 1, 2, 5],
    locked: 'timed-out',
    now: 'unsat (z3)',
  },
  { instance: 'other', direction: 'changed', what: 'ratio', locked: '1/2', now: '0.5' },
  { instance: 'gone', direction: 'worse', what: 'instance', locked: '4 balls', now: 'not in the list of instances' },
];

/** One of each. */
export const eventful: RegressionReport = {
  lock: 'muball.lock.json',
  instancesFile: 'muball.instances.json',
  muball: { locked: '0.1.0', now: '0.2.0' },
  instances: [
    instance('calm', 5, [ball(0), kept(1, 'checked')]),
    instance('broken', 6, [ball(0), ball(1), ball(2), found]),
    instance('lies', 7, [ball(0), ball(1)]),
    instance(
      'gains',
      8,
      [0, 1, 2, 5].map((i) => kept(i, 'believed', { evidence: oneEngine })),
      { samples: 6 },
    ),
    instance('other', 9, [kept(0, 'checked'), kept(1, 'believed')]),
    instance('fails', 10, [], { samples: 0, failure: { message: './a,b.csv: cannot be read (ENOENT)', code: 2 } }),
    instance('sizes', 11, [], { samples: 3 }),
  ],
  changes,
  notes: ['cache: entry not used: c/ab.json: expected JSON, got something else'],
  interrupted: false,
  seconds: 3.25,
};

/** As locked, a part of the work, interrupted. */
export const quiet: RegressionReport = {
  ...eventful,
  muball: { locked: '0.2.0', now: '0.2.0' },
  shard: { index: 2, of: 3 },
  instances: [eventful.instances[0]!],
  changes: [],
  notes: [],
  interrupted: true,
};

/** So many changes for the worse, in an instance each. */
export const crowded = (n: number, now = 'unknown'): RegressionReport => ({
  ...quiet,
  interrupted: false,
  instances: Array.from({ length: n }, (_, i) => instance(`i${i}`, i + 1, [ball(0)])),
  changes: Array.from({ length: n }, (_, i) => ({
    instance: `i${i}`,
    direction: 'worse' as const,
    what: 'verdict',
    samples: [0],
    locked: 'proved (certificate)',
    now,
  })),
});
