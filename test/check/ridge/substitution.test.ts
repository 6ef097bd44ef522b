/** The rule `ridge`: substitution of undecided relus, with factors of both signs. */
import type { RidgeWay } from '../../../src/format/index.js';
import { ball, constraint, network } from '../example.js';
import { above, beyond, cases, expected, signs, valid } from './cases.js';

const square = ball('linf', [0, 0], 1);
const nothing = /^expected a way, got "nothing"$/;
const noRelu = /^expected an undecided relu of this term, got an array of 2$/;
const way = (sides: { readonly without?: RidgeWay; readonly replaced?: RidgeWay }): RidgeWay => ({
  substitute: [1, 1],
  ...sides,
});

/** y = s - relu(s - 1/2) = min(s, 1/2) for s = |x0| + |x1|; row 2 of the layer before is undecided and not used. */
const least = network(
  ['relu', signs],
  [
    'relu',
    [
      [[1, 1, 1, 1], 0],
      [[1, 1, 1, 1], '-1/2'],
      [[1, 1, 1, 1], '-1/3'],
    ],
  ],
  ['identity', [[[1, -1, 0], 0]]],
);
cases('a relu with a negative factor: either side is enough', least, [
  ['both', square, beyond('1/2'), way({ without: {}, replaced: {} }), valid],
  ['both, just beyond', square, beyond('499/1000'), way({ without: {}, replaced: {} }), above],
  ['the smaller', square, beyond('1/2'), way({ replaced: {} }), valid],
  ['the smaller, just beyond', square, beyond('499/1000'), way({ replaced: {} }), above],
  ['the larger', square, beyond(2), way({ without: {} }), valid],
  ['the larger, just beyond', square, beyond('1999/1000'), way({ without: {} }), above],
  ['neither: the interval', square, beyond(2), way({}), valid],
  ['neither, just beyond', square, beyond('1999/1000'), way({}), above],
  ['a relu that is not used', square, beyond(9), { substitute: [1, 2], without: {}, replaced: {} }, noRelu],
  [
    'a bad way to one side',
    square,
    beyond(9),
    way({ replaced: { curvature: 'x' } }),
    expected,
    undefined,
    '.replaced.',
  ],
  [
    'a relu in a side from which it is gone',
    square,
    beyond(9),
    way({ without: way({}) }),
    noRelu,
    undefined,
    'certificate.proofs[0].way.without.substitute',
  ],
]);

/** y = -relu(s - 1/2), which reaches 0. */
const negative = network(['relu', signs], ['relu', [[[1, 1, 1, 1], '-1/2']]], ['identity', [[[-1], 0]]]);
cases('a relu with a negative factor', negative, [
  ['is never positive', square, beyond(0), { curvature: '0' }, valid],
  ['reaches 0', square, constraint([1], 0), { curvature: '0' }, above],
  ['is not below 0 everywhere', square, constraint([1], '1/2'), { curvature: '0' }, above],
  ['is at least -3/2', square, constraint([-1], '-3/2', true), { curvature: '0' }, valid],
  ['and reaches that', square, constraint([-1], '-3/2'), { curvature: '0' }, above],
]);

/** y = 1 + relu(a - 1) = max(1, a) for a = relu(s - 1/2), which is at most 3/2. */
const most = network(
  ['relu', signs],
  ['relu', [[[1, 1, 1, 1], '-1/2']]],
  ['relu', [[[1], -1]]],
  ['identity', [[[1], 1]]],
);
const sides = (without?: RidgeWay, replaced?: RidgeWay): RidgeWay => ({
  substitute: [2, 0],
  ...(without && { without }),
  ...(replaced && { replaced }),
});
cases('a relu with a positive factor: both sides are needed', most, [
  ['both', square, beyond('3/2'), sides({}, {}), valid],
  ['just beyond', square, beyond('1499/1000'), sides({}, {}), above],
  ['the smaller alone', square, beyond(9), sides({}), nothing, undefined, '.way.replaced'],
  ['the larger alone', square, beyond(9), sides(undefined, {}), nothing, undefined, '.way.without'],
]);
