/** The rule `ridge`: what becomes of steps, relus and identities, with and without hints of their signs. */
import type { RidgeHint, RidgePart, RidgeWay } from '../../../src/format/index.js';
import { ball, constraint, network, ratio } from '../example.js';
import { above, beyond, cases, expected, signs, valid } from './cases.js';

const unit = ball('l1', [0, 0], 1);
const square = ball('linf', [0, 0], 1);
const at = (centre: number, radius: number | string = 1) => ball('linf', [centre], radius);
const below = (bound: number | string) => constraint([-1], bound, true);
const both = (layer: number, row: number): RidgeWay => ({ substitute: [layer, row], without: {}, replaced: {} });

const step = network(['step', [[[1], 0]]]);
cases('steps', step, [
  ['of t > 0 are 1', at(1, '9/10'), below(1), undefined, valid],
  ['of t ≥ 0 are not', at(1), below(1), undefined, above],
  ['of t ≤ 0 are 0', at(-1), beyond(0), undefined, valid],
  ['0 is reached', at(-1), constraint([1], 0), undefined, above],
  ['of some t > 0 are 1', at(-1, '1001/1000'), beyond(0), undefined, above],
  ['never above 1', at(0), beyond(1), undefined, valid],
  ['1 is reached', at(0), constraint([1], -1), undefined, above],
  ['never below 0', at(0), below(0), undefined, valid],
  ['0 is reached from above', at(0), constraint([-1], 0), undefined, above],
  ['no relu to substitute', at(0), beyond(9), both(0, 0), expected, undefined, '.way.substitute'],
]);

const same = network(['identity', [[[1], 0]]]);
cases('identities keep their signs', same, [
  ['y < -1', at(0), below(-1), undefined, valid],
  ['y < -1/2', at(0), below('-1/2'), undefined, above],
  ['y > 1', at(0), beyond(1), undefined, valid],
  ['y > 1/2', at(0), beyond('1/2'), undefined, above],
]);

/** y = relu(|x0| + |x1| - 3), which is 0 on the square, where several directions meet in it. */
const far = network(['relu', signs], ['relu', [[[1, 1, 1, 1], -3]]]);
cases('a relu that is never positive', far, [
  ['is 0', square, beyond(0), undefined, valid],
  ['reaches 0', square, constraint([1], 0), undefined, above],
  ['and is positive elsewhere', ball('linf', [0, 0], 2), beyond('1/2'), undefined, above],
  ['up to 1', ball('linf', [0, 0], 2), beyond(1), undefined, valid],
]);

// On the ℓ1 ball |x0| + |x1| ≤ 1, which the interval [0, 2] does not see.
/** y = s + relu(1 - s) for s = |x0| + |x1|. */
const positive = network(
  ['relu', signs],
  [
    'relu',
    [
      [[1, 1, 1, 1], 0],
      [[-1, -1, -1, -1], 1],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
const hints = (...given: RidgeHint[]): RidgePart => ({ hints: given });
const slope: RidgeWay = { curvature: '1' };
const inHint = 'certificate.ridges.hints';
cases('a hint that a relu is its argument', positive, [
  ['y is 1', unit, beyond(1), undefined, valid, hints({ neuron: [1, 1], below: slope })],
  ['and reaches 1', unit, constraint([1], -1), undefined, above, hints({ neuron: [1, 1], below: slope })],
  ['and nothing less', unit, constraint([-1], 1, true), undefined, valid, hints({ neuron: [1, 1], below: slope })],
  ['without it', unit, beyond(1), slope, above],
  ['for another neuron', unit, beyond(1), slope, above, hints({ neuron: [1, 0], below: slope })],
  ['of the other side', unit, beyond(1), slope, above, hints({ neuron: [1, 1], above: slope })],
  ['too weak', unit, beyond(1), slope, above, hints({ neuron: [1, 1], below: { curvature: '9/10' } })],
  ['on a larger ball', ball('l1', [0, 0], '101/100'), beyond(1), slope, above, hints({ neuron: [1, 1], below: slope })],
  [
    'second of two',
    unit,
    beyond(1),
    undefined,
    valid,
    hints({ neuron: [1, 0], above: {} }, { neuron: [1, 1], below: slope }),
  ],
  [
    'a bad one from below',
    unit,
    beyond(9),
    undefined,
    expected,
    hints({ neuron: [1, 0] }, { neuron: [1, 1], below: { curvature: '-1' } }),
    `${inHint}[1].below.curvature`,
  ],
  [
    'a bad one from above',
    unit,
    beyond(9),
    undefined,
    expected,
    hints({ neuron: [1, 1], above: { curvature: '-1' } }),
    `${inHint}[0].above.curvature`,
  ],
]);

/** y = relu(|x0| + |x1| - 1). */
const never = network(['relu', signs], ['relu', [[[1, 1, 1, 1], -1]]]);
cases('a hint that a relu is 0', never, [
  ['y is 0', unit, beyond(0), undefined, valid, hints({ neuron: [1, 0], above: slope })],
  ['without it', unit, beyond(0), undefined, above],
  ['of the other side', unit, beyond(0), undefined, above, hints({ neuron: [1, 0], below: slope })],
  ['of a bound above 0', unit, beyond('1/4'), undefined, valid, hints({ neuron: [1, 0], above: { curvature: '3/4' } })],
  ['just beyond', unit, beyond('249/1000'), undefined, above, hints({ neuron: [1, 0], above: { curvature: '3/4' } })],
]);

/** y = x0 + relu(s - 1/2) where that is positive: one direction and a relu that nothing decides, up to 5/2. */
const mixed = network(
  ['relu', [...signs, [[1, 0], 1]]],
  [
    'relu',
    [
      [[1, 1, 1, 1, 0], '-1/2'],
      [[0, 0, 0, 0, 1], 0],
    ],
  ],
  ['relu', [[[1, 1], -1]]],
);
cases('a direction and an undecided relu', mixed, [
  ['5/2', square, beyond('5/2'), undefined, valid],
  ['just beyond', square, beyond('2499/1000'), undefined, above],
]);

/** y = x0 + x1 + relu(s - 1/2) + 2, each of the first two positive by itself: up to 11/2. */
const lines = network(
  ['relu', [...signs, [[1, 0], 1], [[0, 1], 1]]],
  [
    'relu',
    [
      [[1, 1, 1, 1, 0, 0], '-1/2'],
      [[0, 0, 0, 0, 1, 0], 0],
      [[0, 0, 0, 0, 0, 1], 0],
    ],
  ],
  ['identity', [[[1, 1, 1], 0]]],
);
cases('linear functions beside an undecided relu', lines, [
  ['11/2', square, beyond('11/2'), undefined, valid],
  ['just beyond', square, beyond('5499/1000'), undefined, above],
  ['on the ℓ1 ball: 3 + 3/2', unit, beyond('9/2'), { linear: true }, valid],
  ['on the ℓ1 ball, just beyond', unit, beyond('4499/1000'), { linear: true }, above],
]);

/** y = relu(z) + relu(-z) for z = x0 + ν - ν, ν undecided. */
const cancelled = network(
  ['relu', [...signs, [[1, 0], 1]]],
  [
    'relu',
    [
      [[1, 1, 1, 1, 0], '-1/2'],
      [[0, 0, 0, 0, 1], 0],
    ],
  ],
  [
    'identity',
    [
      [[1, 1], -1],
      [[1, 0], 0],
    ],
  ],
  [
    'relu',
    [
      [[1, -1], 0],
      [[-1, 1], 0],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
cases('what cancels out is gone', cancelled, [
  ['|x0| ≤ 1', square, beyond(1), undefined, valid],
  ['just beyond', square, beyond('999/1000'), undefined, above],
]);

/** y = relu(z) + relu(-z) for z = |x1| + x0 - |x1|. */
const flat = network(
  ['relu', [...signs, [[1, 0], 1]]],
  [
    'identity',
    [
      [[0, 0, 1, 1, 1], -1],
      [[0, 0, 1, 1, 0], 0],
    ],
  ],
  [
    'relu',
    [
      [[1, -1], 0],
      [[-1, 1], 0],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
cases('directions cancel out as well', flat, [
  ['|x0| ≤ 1', square, beyond(1), undefined, valid],
  ['just beyond', square, beyond('999/1000'), undefined, above],
]);

/** y = Σ relu(s - k/10), k = 1, …, count: as many undecided relus. */
const many = (count: number) =>
  network(
    ['relu', signs],
    ['relu', Array.from({ length: count }, (_, k) => [[1, 1, 1, 1], ratio(-BigInt(k + 1), 10n)] as const)],
    ['identity', [[Array.from({ length: count }, () => 1), 0]]],
    ['identity', [[[1], 0]]],
  );
cases('four undecided relus in one neuron', many(4), [
  ['are kept', square, beyond(7), both(1, 3), valid],
  ['just beyond', square, beyond('6999/1000'), both(1, 3), above],
]);
cases('five undecided relus in one neuron', many(5), [
  ['become an interval', square, beyond('17/2'), undefined, valid],
  ['just beyond', square, beyond('8499/1000'), undefined, above],
  ['and can no more be substituted', square, beyond(99), both(1, 4), expected, undefined, '.way.substitute'],
]);
