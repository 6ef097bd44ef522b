/**
 * The rule `leaf`: each way in which it closes, at equality, and just beyond.
 */
import { ball, box, constraint, leaf, network, split, treeCases } from './example.js';

/** Some power of two: small, but not below what a rounded slope loses. */
const bit = '1/1048576';
const unit = box([-1], [1]);
const line = network(['identity', [[[1], 0]]]);

treeCases('a weighted sum of constraints', line, unit, [
  ['y > 1', [constraint([1], -1, true)], leaf(), 'valid'],
  ['y ≥ 1 is reached', [constraint([1], -1)], leaf(), 'notClosed'],
  ['y ≥ 1 + 2^-20', [constraint([1], `-1048577/1048576`)], leaf(), 'valid'],
  ['y > 1 - 2^-20', [constraint([1], '-1048575/1048576', true)], leaf(), 'notClosed'],
  ['the same, scaled by 10^-9999', [constraint([1], -1, true)], leaf({ weights: ['1e-9999'] }), 'valid'],
  ['the weight left out is 1', [constraint([1], -1, true)], leaf({ weights: ['1'] }), 'valid'],
  ['weight 0', [constraint([1], -1, true)], leaf({ weights: ['0'] }), 'notClosed'],
  ['weight -1', [constraint([1], -1, true)], leaf({ weights: ['-1'] }), 'negative'],
  ['weight -1, even where it would close', [constraint([-1], 2)], leaf({ weights: ['-1'] }), 'negative'],
  ['two weights for one', [constraint([1], -1, true)], leaf({ weights: ['1', '0'] }), 'expected'],
  ['no weight for one', [constraint([1], -1, true)], leaf({ weights: [] }), 'expected'],
  ['no weights for two', [constraint([1], -1, true), constraint([1], -1, true)], leaf(), 'expected'],
  ['the empty conjunction', [], leaf({ weights: [] }), 'notClosed'],
  ['the empty conjunction with a weight', [], leaf(), 'expected'],
  ['y ≥ 1/2 and y ≤ 1/4', [constraint([1], '-1/2'), constraint([-1], '1/4')], leaf({ weights: ['1', '1'] }), 'valid'],
  ['added wrongly', [constraint([1], '-1/2'), constraint([-1], '1/4')], leaf({ weights: ['1', '2'] }), 'notClosed'],
  ['one alone', [constraint([1], '-1/2'), constraint([-1], '1/4')], leaf({ weights: ['1', '0'] }), 'notClosed'],
  [
    'y ≥ 1/2 and y ≤ 1/2',
    [constraint([1], '-1/2'), constraint([-1], '1/2')],
    leaf({ weights: ['1', '1'] }),
    'notClosed',
  ],
  [
    'y > 1/2 and y ≤ 1/2',
    [constraint([1], '-1/2', true), constraint([-1], '1/2')],
    leaf({ weights: ['1', '1'] }),
    'valid',
  ],
  [
    'a strict constraint with weight 0',
    [constraint([1], -1), constraint([1], 7, true)],
    leaf({ weights: ['1', '0'] }),
    'notClosed',
  ],
]);

const plane = network(['identity', [[[3, '-4'], 0]]]);
for (const [norm, most] of [
  ['l1', 8],
  ['l2', 10],
  ['linf', 14],
] as const) {
  const closed = ball(norm, [1, 1], 2);
  const open = ball(norm, [1, 1], 2, true);
  // At the centre y is -1.
  const [strict, weak] = [[constraint([1], 1 - most, true)], [constraint([1], 1 - most)]];
  treeCases(`the dual norm of ${norm}, closed`, plane, closed, [
    ['greater than the most', strict, leaf(), 'valid'],
    ['the most is reached', weak, leaf(), 'notClosed'],
    ['a little more', [constraint([1], `-${(most - 1) * 1048576 + 1}/1048576`)], leaf(), 'valid'],
    ['a little less', [constraint([1], `-${(most - 1) * 1048576 - 1}/1048576`, true)], leaf(), 'notClosed'],
  ]);
  treeCases(`the dual norm of ${norm}, open`, plane, open, [
    ['the most is not reached', weak, leaf(), 'valid'],
    ['a little less is', [constraint([1], `-${(most - 1) * 1048576 - 1}/1048576`)], leaf(), 'notClosed'],
    ['a constant 0 ≥ 0', [constraint([0], 0)], leaf(), 'notClosed'],
    ['a constant 0 > 0', [constraint([0], 0, true)], leaf(), 'valid'],
  ]);
}
treeCases('a box', plane, box([0, '-1/2'], [2, 1]), [
  ['the exact maximum 8, strict', [constraint([1], -8, true)], leaf(), 'valid'],
  ['the exact maximum 8', [constraint([1], -8)], leaf(), 'notClosed'],
  ['the exact minimum -4, strict', [constraint([-1], -4, true)], leaf(), 'valid'],
  ['the exact minimum -4', [constraint([-1], -4)], leaf(), 'notClosed'],
]);

// 577/408 and 1393/985 are convergents of √2, from above and from below.
const sum = network(['identity', [[[1, 1], 0]]]);
treeCases('ℓ2 norms are compared squared', sum, ball('l2', [0, 0], 1), [
  ['above √2', [constraint([1], '-577/408')], leaf(), 'valid'],
  ['below √2', [constraint([1], '-1393/985', true)], leaf(), 'notClosed'],
  ['√2 to 30 digits, above', [constraint([1], `-141421356237309504880168872421/${10n ** 29n}`)], leaf(), 'valid'],
  ['√2 to 30 digits, below', [constraint([1], `-1414213562373095048801688724209/${10n ** 30n}`)], leaf(), 'notClosed'],
  ['positive only when squared', [constraint([1], 2)], leaf(), 'notClosed'],
]);

const abs = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
// The same region as a ball: the gap of the slopes, the centre and the radius have denominators of their own.
const chords: [number, number, string][] = [
  [0, 0, 'u'],
  [0, 1, 'u'],
];
treeCases('relu: slopes on a ball', abs, ball('linf', ['1/2'], '3/2'), [
  ['|x| > 2', [constraint([1], -2, true)], leaf({ slopes: chords }), 'valid'],
  ['|x| ≥ 2', [constraint([1], -2)], leaf({ slopes: chords }), 'notClosed'],
  ['just beyond', [constraint([1], '-2097151/1048576', true)], leaf({ slopes: chords }), 'notClosed'],
]);
treeCases('relu: slopes', abs, box([-1], [2]), [
  ['default, 2^-20 above the maximum 2', [constraint([1], `-2097153/1048576`)], leaf(), 'valid'],
  ['default, at the maximum: rounded', [constraint([1], -2, true)], leaf(), 'notClosed'],
  [
    'u: the triangle line',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 0, 'u'],
        [0, 1, 'u'],
      ],
    }),
    'valid',
  ],
  [
    'u, 2 is reached',
    [constraint([1], -2)],
    leaf({
      slopes: [
        [0, 0, 'u'],
        [0, 1, 'u'],
      ],
    }),
    'notClosed',
  ],
  [
    'its numbers',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 0, '-2/3'],
        [0, 1, '-1/3'],
      ],
    }),
    'valid',
  ],
  [
    'in another order',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 1, '-1/3'],
        [0, 0, '-2/3'],
      ],
    }),
    'valid',
  ],
  [
    'a higher one, with its own line through 2',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 0, '-0.666'],
        [0, 1, '-1/3'],
      ],
    }),
    'valid',
  ],
  [
    'a number too low',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 0, '-0.667'],
        [0, 1, '-1/3'],
      ],
    }),
    'notClosed',
  ],
  [
    'a',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 0, 'a'],
        [0, 1, 'a'],
      ],
    }),
    'notClosed',
  ],
  [
    '0',
    [constraint([1], -2, true)],
    leaf({
      slopes: [
        [0, 0, '0'],
        [0, 1, '0'],
      ],
    }),
    'notClosed',
  ],
  [
    'a neuron twice',
    [constraint([1], -3)],
    leaf({
      slopes: [
        [0, 0, 'u'],
        [0, 0, 'u'],
      ],
    }),
    'slopes',
  ],
  ['a row too far', [constraint([1], -3)], leaf({ slopes: [[0, 2, 'u']] }), 'slopes'],
  ['a layer too far', [constraint([1], -3)], leaf({ slopes: [[2, 0, 'u']] }), 'slopes'],
  ['an identity', [constraint([1], -3)], leaf({ slopes: [[1, 0, 'u']] }), 'slopes'],
  ['no number', [constraint([1], -3)], leaf({ slopes: [[0, 0, 'b']] }), 'expected'],
]);

// y = (relu(x), x + 10): the second neuron is positive, so that x itself can be spoken of.
const pair = network([
  'relu',
  [
    [[1], 0],
    [[1], 10],
  ],
]);
const reluBelowLine = [constraint([-1, 1], -10, true)]; // relu(x) < x
const reluNegative = [constraint([-1, 0], 0, true)];
treeCases('relu: default slopes, as much above 0 as below', pair, unit, [
  ['relu(x) < x: slope 1', reluBelowLine, leaf(), 'valid'],
  ['relu(x) ≤ x', [constraint([-1, 1], -10)], leaf(), 'notClosed'],
  ['relu(x) < 0: slope 1 does not show it', reluNegative, leaf(), 'notClosed'],
  ['slope 0 does', reluNegative, leaf({ slopes: [[0, 0, '0']] }), 'valid'],
  ['slope 1/2: an error of neither kind', reluNegative, leaf({ slopes: [[0, 0, '1/2']] }), 'notClosed'],
]);
treeCases('relu: default slopes, more below 0', pair, box(['-1001/1000'], [1]), [
  ['relu(x) < x: slope 0 does not show it', reluBelowLine, leaf(), 'notClosed'],
  ['slope a does', reluBelowLine, leaf({ slopes: [[0, 0, 'a']] }), 'valid'],
  ['relu(x) < 0: slope 0', reluNegative, leaf(), 'valid'],
  ['relu(x) ≤ 0', [constraint([-1, 0], 0)], leaf(), 'notClosed'],
]);
treeCases(
  'relu: neurons of one sign',
  network([
    'relu',
    [
      [[1], 1],
      [[1], -1],
    ],
  ]),
  unit,
  [
    ['relu(x + 1) > 2', [constraint([1, 0], -2, true)], leaf(), 'valid'],
    ['relu(x + 1) ≥ 2', [constraint([1, 0], -2)], leaf(), 'notClosed'],
    ['u is a', [constraint([1, 0], -2, true)], leaf({ slopes: [[0, 0, 'u']] }), 'valid'],
    ['u is a, reached', [constraint([1, 0], -2)], leaf({ slopes: [[0, 0, 'u']] }), 'notClosed'],
    ['relu(x - 1) > 0', [constraint([0, 1], 0, true)], leaf(), 'valid'],
    ['relu(x - 1) ≥ 0', [constraint([0, 1], 0)], leaf(), 'notClosed'],
    ['u is 0', [constraint([0, 1], 0, true)], leaf({ slopes: [[0, 1, 'u']] }), 'valid'],
    [
      'another slope adds an end of its interval',
      [constraint([0, 1], 0, true)],
      leaf({ slopes: [[0, 1, '-1']] }),
      'notClosed',
    ],
    ['0 on a positive one', [constraint([1, 0], -2, true)], leaf({ slopes: [[0, 0, '0']] }), 'valid'],
    ['another slope on it', [constraint([1, 0], -2, true)], leaf({ slopes: [[0, 0, '1']] }), 'notClosed'],
  ],
);

const third = [constraint(['1/3'], '-1/3', true)];
treeCases('relu: a range that begins at 0 is that of a positive neuron', network(['relu', [[[1], 0]]]), box([0], [1]), [
  ['relu(x)/3 > 1/3: the slope is 1/3, not rounded', third, leaf(), 'valid'],
  ['relu(x)/3 ≥ 1/3', [constraint(['1/3'], '-1/3')], leaf(), 'notClosed'],
]);

treeCases('relu: the end of a range below 0', network(['relu', [[[1], -2]]]), unit, [
  ['y > 2, with slope 1: z ≤ -1', [constraint([1], -2, true)], leaf({ slopes: [[0, 0, '1']] }), 'valid'],
  ['y ≥ 2', [constraint([1], -2)], leaf({ slopes: [[0, 0, '1']] }), 'notClosed'],
]);

// Each layer has a denominator of its own: z₀ ≤ 8/15, z₁ ≤ 11/70 and y ≤ 134/315, at x = 1.
const mixed = network(['relu', [[['1/3'], '1/5']]], ['relu', [[['3/7'], '-1/14']]], ['identity', [[[2], '1/9']]]);
const lines = leaf({
  slopes: [
    [0, 0, 'u'],
    [1, 0, 'u'],
  ],
});
treeCases('denominators of several layers', mixed, unit, [
  ['the maximum, strict', [constraint([1], '-134/315', true)], lines, 'valid'],
  ['the maximum', [constraint([1], '-134/315')], lines, 'notClosed'],
  ['a millionth more', [constraint([1], '-26800063/63000000')], lines, 'valid'],
  ['a millionth less', [constraint([1], '-26799937/63000000', true)], lines, 'notClosed'],
]);

const steps = network(['step', [[[1], 0]]]);
treeCases('step: values', steps, unit, [
  ['step > 1', [constraint([1], -1, true)], leaf(), 'valid'],
  ['step ≥ 1', [constraint([1], -1)], leaf(), 'notClosed'],
  ['step < 0', [constraint([-1], 0, true)], leaf(), 'valid'],
  ['step ≤ 0', [constraint([-1], 0)], leaf(), 'notClosed'],
]);
treeCases('step: from 0 on', steps, box([0], [1]), [
  ['step(0) is 0', [constraint([-1], 1, true)], leaf(), 'notClosed'],
  ['step(0) is 0, strictly below 0', [constraint([-1], 0, true)], leaf(), 'valid'],
]);
treeCases('step: from more than 0 on', steps, ball('linf', [1], 1, true), [
  ['step is 1', [constraint([-1], 1, true)], leaf(), 'valid'],
  ['step is 1, which is ≤ 1', [constraint([-1], 1)], leaf(), 'notClosed'],
]);
treeCases('step: up to 0', steps, box([-1], [0]), [
  ['step is 0', [constraint([1], 0, true)], leaf(), 'valid'],
  ['step is 0, which is ≥ 0', [constraint([1], 0)], leaf(), 'notClosed'],
]);
treeCases('step: up to more than 0', steps, box([-1], [bit]), [
  ['step is not always 0', [constraint([1], 0, true)], leaf(), 'notClosed'],
  ['but ≤ 1', [constraint([1], -1, true)], leaf(), 'valid'],
]);

// y = (step(x), step(-x)): never both 1. That z → 0+ is not reached is what proves it.
const both = network([
  'step',
  [
    [[1], 0],
    [[-1], 0],
  ],
]);
const bothOne = [constraint([1, 0], -1), constraint([0, 1], -1)];
const slopes = (first: string, second: string) => [[0, 0, first] as const, [0, 1, second] as const];
treeCases('step: an infimum that is not reached', both, unit, [
  ['without a split', bothOne, leaf({ weights: ['1', '1'], slopes: slopes('-1/2', '-1/2') }), 'valid'],
  ['the infimum is reached at -1 too', bothOne, leaf({ weights: ['1', '1'], slopes: slopes('-1', '-1') }), 'notClosed'],
  ['reached at 1 too', bothOne, leaf({ weights: ['1', '1'] }), 'notClosed'],
  ['slopes that do not cancel', bothOne, leaf({ weights: ['1', '1'], slopes: slopes('-1/2', '-1/4') }), 'notClosed'],
]);

/** Row 0 is closed below 0; above, row 1 is closed below 0, and with these slopes the rest is shown to be empty. */
const emptyPath = (slope: string) => {
  const rest = leaf({ weights: ['0', '0'], slopes: slopes(slope, slope) });
  return split(0, 0, leaf({ weights: ['1', '0'] }), split(0, 1, leaf({ weights: ['0', '1'] }), rest));
};
treeCases('step: an empty path', both, unit, [
  ['x > 0 and -x > 0', bothOne, emptyPath('-1'), 'valid'],
  ['slopes 0', bothOne, emptyPath('0'), 'notClosed'],
  ['slopes of the wrong sign', bothOne, emptyPath('1'), 'notClosed'],
]);
const facing = (gap: string) =>
  network([
    'relu',
    [
      [[1], gap],
      [[-1], 0],
    ],
  ]);
treeCases('relu: a path of one point', facing('0'), unit, [
  ['x ≥ 0 and -x ≥ 0', bothOne, emptyPath('-1'), 'notClosed'],
]);
treeCases('relu: an empty path', facing(`-${bit}`), unit, [
  ['x ≥ 2^-20 and -x ≥ 0', bothOne, emptyPath('-1'), 'valid'],
  ['slopes 0', bothOne, emptyPath('0'), 'notClosed'],
  ['slopes of the wrong sign', bothOne, emptyPath('1'), 'notClosed'],
]);
