/**
 * Lemmas: a bound is accepted at equality and refused just beyond; it helps those after it, and only those.
 */
import type { Lemma, ProofTree } from '../../src/format/index.js';
import { ball, box, constraint, hole, leaf, network, split, treeCases } from './example.js';

const unit = box([-1], [1]);
const lemmas = String.raw`^certificate\.lemmas\[0\]`;

/** y = relu(|x| - 1) and relu(1 - |x|): the intervals of both are [-1, 1], the values of the first are ≤ 0. */
const tent = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
    ],
  ],
  [
    'relu',
    [
      [[1, 1], -1],
      [[-1, -1], 1],
    ],
  ],
);
const neuron = (row: number, side: 'lower' | 'upper', bound: string, proof: ProofTree = leaf()): Lemma => ({
  neuron: [1, row],
  side,
  bound,
  proof,
});
const open = [constraint([1, 0], 0, true)];
const upper0 = neuron(0, 'upper', '0');

treeCases('bounds of a neuron', tent, unit, [
  ['without a lemma', open, leaf(), 'notClosed'],
  ['|x| - 1 ≤ 0', open, leaf(), 'valid', [upper0]],
  ['|x| - 1 ≤ -1/1000', open, leaf(), 'notClosed', [neuron(0, 'upper', '-1/1000')], `${lemmas}\\.proof$`],
  ['too weak to help', open, leaf(), 'notClosed', [neuron(0, 'upper', '1/1000')], 'proofs'],
  ['of the other side', open, leaf(), 'notClosed', [neuron(0, 'lower', '-1')], 'proofs'],
  ['of another neuron', open, leaf(), 'notClosed', [neuron(1, 'upper', '1')], 'proofs'],
  ['1 - |x| ≥ 0', [constraint([0, -1], 0, true)], leaf({ slopes: [[1, 1, 'a']] }), 'valid', [neuron(1, 'lower', '0')]],
  ['1 - |x| ≥ 1/1000', [constraint([0, -1], 0, true)], leaf(), 'notClosed', [neuron(1, 'lower', '1/1000')], lemmas],
  ['-1 ≤ |x| - 1', open, leaf(), 'valid', [upper0, neuron(0, 'lower', '-1')]],
  ['-1/2 ≤ |x| - 1', open, leaf(), 'notClosed', [upper0, neuron(0, 'lower', '-1/2')], String.raw`lemmas\[1\]`],
  ['never worse: a weak bound after a strong one', open, leaf(), 'valid', [upper0, neuron(0, 'upper', '100')]],
  ['never worse than the interval', [constraint([1, 0], -1, true)], leaf(), 'valid', [neuron(0, 'upper', '100')]],
  ['no proof', open, leaf(), 'holey', [neuron(0, 'upper', '0', hole)], lemmas],
  ['no proof of what is false', open, leaf(), 'holey', [neuron(0, 'upper', '-1/2', hole)], lemmas],
  ['no proof of what contradicts the interval', open, leaf(), 'holey', [neuron(0, 'upper', '-7', hole)], lemmas],
  ['a weight that is not 1', open, leaf(), 'valid', [neuron(0, 'upper', '0', leaf({ weights: ['1/4'] }))]],
  ['two weights', open, leaf(), 'expected', [neuron(0, 'upper', '0', leaf({ weights: ['1', '1'] }))], lemmas],
  ['interval is no tree', open, leaf(), 'expected', [neuron(0, 'upper', '0', { rule: 'interval' } as never)], lemmas],
]);

// The ranges of the layer take the denominator of the bound: all of them, and again with the next lemma.
const seventh = neuron(0, 'upper', '1/7');
const threeHalves = neuron(1, 'upper', '3/2');
/** The end of the neuron's range, and nothing of its argument. */
const flat = (row: number) => leaf({ slopes: [[1, row, '0']] });
treeCases('bounds over other denominators', tent, unit, [
  ['|x| - 1 ≤ 1/7', [constraint([1, 0], '-1/7', true)], flat(0), 'valid', [seventh]],
  ['and no less is known', [constraint([1, 0], '-999/7000', true)], flat(0), 'notClosed', [seventh], 'proofs'],
  ['the other neuron keeps its range', [constraint([0, 1], -1, true)], flat(1), 'valid', [seventh]],
  ['all of it', [constraint([0, 1], '-999/1000', true)], flat(1), 'notClosed', [seventh], 'proofs'],
  ['a weaker bound after it', [constraint([1, 0], '-1/7', true)], flat(0), 'valid', [seventh, threeHalves]],
  [
    'which says nothing more',
    [constraint([0, 1], '-999/1000', true)],
    flat(1),
    'notClosed',
    [seventh, threeHalves],
    'proofs',
  ],
  ['a stronger one', [constraint([1, 0], '-1/9', true)], flat(0), 'valid', [seventh, neuron(0, 'upper', '1/9')]],
  [
    'and no more',
    [constraint([1, 0], '-1/10', true)],
    flat(0),
    'notClosed',
    [seventh, neuron(0, 'upper', '1/9')],
    'proofs',
  ],
]);

/** y = relu(1 - |x|) + |x|, which is 1 where the relu is its argument. */
const stable = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
    ],
  ],
  [
    'relu',
    [
      [[-1, -1], 1],
      [[1, 1], 0],
    ],
  ],
  ['identity', [[[1, 1], 0]]],
);
treeCases('a lower bound decides the sign of a relu', stable, unit, [
  ['1 - |x| ≥ 0', [constraint([1], -1, true)], leaf(), 'valid', [neuron(0, 'lower', '0')]],
  ['y reaches 1', [constraint([1], -1)], leaf(), 'notClosed', [neuron(0, 'lower', '0')], 'proofs'],
  ['1 - |x| ≥ -1/8', [constraint([1], -1, true)], leaf(), 'notClosed', [neuron(0, 'lower', '-1/8')], 'proofs'],
  ['without a bound', [constraint([1], -1, true)], leaf(), 'notClosed', [], 'proofs'],
]);

treeCases('what a lemma may be about', tent, unit, [
  ['a neuron of layer 0', open, leaf(), 'noNeuron', [{ ...upper0, neuron: [0, 0] }], lemmas],
  ['a row too far', open, leaf(), 'noNeuron', [{ ...upper0, neuron: [1, 2] }], lemmas],
  ['a layer too far', open, leaf(), 'noNeuron', [{ ...upper0, neuron: [2, 0] }], lemmas],
  [
    'a split of its own layer',
    open,
    leaf(),
    'noNeuron',
    [neuron(0, 'upper', '0', split(1, 1, leaf(), leaf()))],
    lemmas,
  ],
  [
    'a slope of its own layer',
    open,
    leaf(),
    'slopes',
    [neuron(0, 'upper', '0', leaf({ slopes: [[1, 1, 'a']] }))],
    lemmas,
  ],
  ['a split below', open, leaf(), 'valid', [neuron(0, 'upper', '0', split(0, 0, leaf(), leaf()))]],
  ['no such side', open, leaf(), 'expected', [{ ...upper0, side: 'left' } as never], lemmas],
]);
const hidden = network(['relu', [[[1], 0]]], ['identity', [[[1], 0]]], ['relu', [[[1], 0]]]);
treeCases('a lemma about identities', hidden, unit, [
  ['no neuron', [constraint([1], -1, true)], leaf(), 'noNeuron', [{ ...upper0, neuron: [1, 0], bound: '1' }], lemmas],
  ['of relu above them', [constraint([1], -1, true)], leaf(), 'valid', [{ ...upper0, neuron: [2, 0], bound: '1' }]],
]);

/** y = |x| on [-1, 2], where the default slopes are rounded and only exact ones show y ≤ 2. */
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
const more = box([-1], [2]);
const exact = leaf({
  slopes: [
    [0, 0, 'u'],
    [0, 1, 'u'],
  ],
});
const sum = (side: 'lower' | 'upper', bound: string, proof: ProofTree): Lemma => ({
  layer: 0,
  columns: [0, 1],
  weights: ['1', '1'],
  side,
  bound,
  proof,
});
const above2 = [constraint([1], -2, true)];
const below0 = [constraint([-1], 0, true)];
const sum2 = sum('upper', '2', exact);
const cut = (...cuts: (readonly [number, string])[]) => leaf({ cuts });

treeCases('affine functionals as cuts', abs, more, [
  ['without a cut', above2, leaf(), 'notClosed', [sum2]],
  ['h₀ + h₁ ≤ 2', above2, cut([0, '1']), 'valid', [sum2]],
  ['2 is reached', [constraint([1], -2)], cut([0, '1']), 'notClosed', [sum2], 'proofs'],
  ['h₀ + h₁ ≤ 2 - 2^-20', above2, cut([0, '1']), 'notClosed', [sum('upper', '2097151/1048576', exact)], lemmas],
  ['a bound too weak', above2, cut([0, '1']), 'notClosed', [sum('upper', '2097153/1048576', leaf())], 'proofs'],
  ['half of it', above2, cut([0, '1/2']), 'notClosed', [sum2], 'proofs'],
  ['twice of it', above2, cut([0, '2']), 'notClosed', [sum2], 'proofs'],
  ['two halves', above2, cut([0, '1/2'], [1, '1/2']), 'valid', [sum2, sum2]],
  ['a negative multiple', above2, cut([0, '-1']), 'negative', [sum2], 'proofs'],
  ['multiple 0', above2, cut([0, '0']), 'notClosed', [sum2], 'proofs'],
  [
    'h₀ + h₁ ≥ 0 as a cut',
    below0,
    cut([0, '1']),
    'valid',
    [
      sum(
        'lower',
        '0',
        leaf({
          slopes: [
            [0, 0, '0'],
            [0, 1, '0'],
          ],
        }),
      ),
    ],
  ],
  [
    'h₀ + h₁ ≥ 1/1000',
    below0,
    cut([0, '1']),
    'notClosed',
    [sum('lower', '1/1000', split(0, 0, leaf(), leaf()))],
    lemmas,
  ],
  [
    'the wrong side as a cut',
    above2,
    cut([0, '1']),
    'notClosed',
    [
      sum(
        'lower',
        '0',
        leaf({
          slopes: [
            [0, 0, '0'],
            [0, 1, '0'],
          ],
        }),
      ),
    ],
    'proofs',
  ],
  ['a lemma that is not there', above2, cut([1, '1']), 'noLemma', [sum2], 'proofs'],
  ['no lemma at all', above2, cut([0, '1']), 'noLemma', [], 'proofs'],
]);
treeCases('the order of lemmas', abs, more, [
  ['a lemma with the help of one before', above2, cut([1, '1']), 'valid', [sum2, sum('upper', '2', cut([0, '1']))]],
  ['of one after', above2, cut([1, '1']), 'noLemma', [sum('upper', '2', cut([1, '1'])), sum2], lemmas],
  ['of itself', above2, cut([0, '1']), 'noLemma', [sum('upper', '2', cut([0, '1']))], lemmas],
  [
    'of one about a later layer',
    above2,
    cut([1, '1']),
    'laterLayer',
    [{ ...sum2, layer: 1, columns: [0], weights: ['1'] }, sum('upper', '2', cut([0, '1']))],
    String.raw`lemmas\[1\]`,
  ],
  [
    'of one about its own layer',
    above2,
    cut([1, '1']),
    'valid',
    [
      { ...sum2, layer: 1, columns: [0], weights: ['1'] },
      { ...sum2, layer: 1, columns: [0], weights: ['1'], proof: cut([0, '1']) },
    ],
  ],
]);
treeCases('the row of a lemma', abs, more, [
  ['columns in no order', above2, leaf(), 'expected', [{ ...sum2, columns: [1, 0] }], lemmas],
  ['a column twice', above2, leaf(), 'expected', [{ ...sum2, columns: [0, 0] }], lemmas],
  ['a column too far', above2, leaf(), 'expected', [{ ...sum2, columns: [0, 2] }], lemmas],
  ['a weight missing', above2, leaf(), 'expected', [{ ...sum2, weights: ['1'] }], lemmas],
  ['a layer too far', above2, leaf(), 'expected', [{ ...sum2, layer: 2 }], lemmas],
  ['both a layer and a neuron', above2, leaf(), 'unknownField', [{ ...sum2, neuron: [1, 0] } as never], lemmas],
  ['neither', above2, leaf(), 'expected', [{ side: 'upper', bound: '2', proof: exact } as never], lemmas],
]);

// A neuron lemma can be used as a cut as well: it bounds a functional of the layer before.
const top = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
    ],
  ],
  [
    'relu',
    [
      [[1, 1], 0],
      [[1, 1], 0],
    ],
  ],
);
const neuronSum: Lemma = { neuron: [1, 0], side: 'upper', bound: '2', proof: exact };
treeCases('a neuron lemma as a cut for another neuron', top, more, [
  ['y₁ > 2', [constraint([0, 1], -2, true)], leaf({ cuts: [[0, '1']] }), 'valid', [neuronSum]],
  ['without it', [constraint([0, 1], -2, true)], leaf(), 'notClosed', [neuronSum], 'proofs'],
]);

// The end of an interval that is not reached stays so when a lemma repeats it.
const steps = network(['relu', [[[1], 1]]], ['step', [[[1], 0]]]);
const repeated: Lemma = { neuron: [1, 0], side: 'lower', bound: '0', proof: leaf() };
treeCases('a lemma that repeats an end which is not reached', steps, ball('linf', [0], 1, true), [
  ['step of x + 1 > 0 is 1', [constraint([-1], 1, true)], leaf(), 'valid', [repeated]],
  ['and not below 1', [constraint([-1], 1)], leaf(), 'notClosed', [repeated], 'proofs'],
]);

/** y = relu(|x| - 3/2) on [-1, 2], where h₀ + h₁ = |x| ≤ 2 comes from a lemma about a neuron with a bias. */
const late = network(
  [
    'relu',
    [
      [[1], 0],
      [[-1], 0],
    ],
  ],
  [
    'relu',
    [
      [[1, 1], 3],
      [[1, 1], '-3/2'],
    ],
  ],
  ['identity', [[[0, 1], 0]]],
);
const five: Lemma = { neuron: [1, 0], side: 'upper', bound: '5', proof: exact };
const chord = leaf({ slopes: [[1, 1, 'u']], cuts: [[0, '1/2']] });
treeCases('a lemma with a bias as a cut below a slope', late, more, [
  ['y > 1', [constraint([1], -1, true)], chord, 'valid', [five]],
  ['just beyond', [constraint([1], '-999/1000', true)], chord, 'notClosed', [five], 'proofs'],
  ['without the cut', [constraint([1], -1, true)], leaf({ slopes: [[1, 1, 'u']] }), 'notClosed', [five], 'proofs'],
]);
