/**
 * What the checker refuses while reading proofs, lemmas and ridges. Files are read whole before a hash is compared: with
 * a hash of nothing, what can be read is refused for its hash, and nothing else is.
 */
import { describe, expect, test } from 'vitest';
import { ball, constraint, network, outcomeOf, query } from './example.js';

const net = network(['relu', [[[1, 2], 0]]], ['identity', [[[1], 0]]]);
const about = query(net, ball('linf', [0, 0], 1), [[constraint([1], -4)]]);
const zeros = '0'.repeat(64);

type Case = readonly [name: string, value: unknown, refusal: readonly [where: string, why: string] | 'read'];

/** Each value, put into the file at `place`, is read, or refused below it for this reason. */
function reads(place: string, put: (value: unknown) => object, table: readonly Case[]): void {
  describe(place, () => {
    test.each(table)('%s', (_, value, refusal) => {
      const file = {
        format: 'muball-certificate',
        version: 1,
        query: zeros,
        proofs: [{ rule: 'hole' }],
        ...put(value),
      };
      const got = outcomeOf(net, about, file);
      if (refusal === 'read') expect(got).toMatchObject({ where: 'certificate.query' });
      else expect(got).toEqual({ outcome: 'invalid', where: `certificate.${place}${refusal[0]}`, why: refusal[1] });
    });
  });
}

const expected = (what: string, got: string) => `expected ${what}, got ${got}`;
const number = (got: string) => expected('rational text such as "3/8"', got);
const whole = (got: string) => expected('a whole number ≥ 0', got);
const array = (got: string, size: string) => expected(`an array of ${size}`, got);
const only = (field: string, fields: string) => `unknown field "${field}", expected only ${fields}`;
const hole = { rule: 'hole' };
const rules = 'ridge or interval or split or leaf or hole';

reads('proofs[0]', (proof) => ({ proofs: [proof] }), [
  ['interval', { rule: 'interval' }, 'read'],
  ['a hole', hole, 'read'],
  ['a hole with more', { ...hole, neuron: [0, 0] }, ['', only('neuron', 'rule')]],
  ['a leaf', { rule: 'leaf' }, 'read'],
  ['all of a leaf', { rule: 'leaf', weights: ['1'], slopes: [[0, 0, 'a']], cuts: [[0, '1/2']] }, 'read'],
  ['a leaf with more', { rule: 'leaf', bound: '1' }, ['', only('bound', 'rule, weights, slopes, cuts')]],
  ['weights of a leaf', { rule: 'leaf', weights: '1' }, ['.weights', array('"1"', '0 or more')]],
  ['a weight of a leaf', { rule: 'leaf', weights: ['a'] }, ['.weights[0]', number('"a"')]],
  ['slopes of a leaf', { rule: 'leaf', slopes: {} }, ['.slopes', array('an object', '0 or more')]],
  ['slope u', { rule: 'leaf', slopes: [[0, 0, 'u']] }, 'read'],
  ['a slope that is a number', { rule: 'leaf', slopes: [[0, 0, '-1/3']] }, 'read'],
  ['a slope that is a word', { rule: 'leaf', slopes: [[0, 0, 'b']] }, ['.slopes[0][2]', number('"b"')]],
  ['a slope of no row', { rule: 'leaf', slopes: [[0, 'a']] }, ['.slopes[0]', array('an array of 2', '3')]],
  ['a slope of a layer 1/2', { rule: 'leaf', slopes: [[0.5, 0, 'a']] }, ['.slopes[0][0]', whole('0.5')]],
  ['a slope of a row below 0', { rule: 'leaf', slopes: [[0, -1, 'a']] }, ['.slopes[0][1]', whole('-1')]],
  ['cuts of a leaf', { rule: 'leaf', cuts: 3 }, ['.cuts', array('3', '0 or more')]],
  ['a cut without its multiple', { rule: 'leaf', cuts: [[0]] }, ['.cuts[0]', array('an array of 1', '2')]],
  ['a cut by lemma -1', { rule: 'leaf', cuts: [[-1, '1']] }, ['.cuts[0][0]', whole('-1')]],
  ['a cut by a word', { rule: 'leaf', cuts: [[0, 'u']] }, ['.cuts[0][1]', number('"u"')]],
  ['a split', { rule: 'split', neuron: [0, 0], below: hole, above: { rule: 'leaf' } }, 'read'],
  ['a split with more', { rule: 'split', at: 0 }, ['', only('at', 'rule, neuron, below, above')]],
  ['a split of no neuron', { rule: 'split', below: hole, above: hole }, ['.neuron', array('nothing', '2')]],
  [
    'a split of three indices',
    { rule: 'split', neuron: [0, 0, 0], below: hole, above: hole },
    ['.neuron', array('an array of 3', '2')],
  ],
  [
    'a split with one side',
    { rule: 'split', neuron: [0, 0], below: hole },
    ['.above', expected('an object', 'nothing')],
  ],
  ['the other side', { rule: 'split', neuron: [0, 0], above: hole }, ['.below', expected('an object', 'nothing')]],
  [
    'a word far down',
    { rule: 'split', neuron: [0, 0], below: { rule: 'split', neuron: [0, 0], below: hole, above: 7 }, above: hole },
    ['.below.above', expected('an object', '7')],
  ],
  [
    'a rule far down',
    { rule: 'split', neuron: [0, 0], below: hole, above: { rule: 'trust' } },
    ['.above.rule', expected(rules, '"trust"')],
  ],
  ['ridge', { rule: 'ridge', constraint: 0 }, 'read'],
  ['ridge of no constraint', { rule: 'ridge' }, ['.constraint', whole('nothing')]],
  ['ridge with more', { rule: 'ridge', constraint: 0, cases: {} }, ['', only('cases', 'rule, constraint, way')]],
  ['ridge by a word', { rule: 'ridge', constraint: 0, way: 'up' }, ['.way', expected('an object', '"up"')]],
  ['by no way at all', { rule: 'ridge', constraint: 0, way: null }, ['.way', expected('an object', 'null')]],
]);

reads('proofs[0].way', (way) => ({ proofs: [{ rule: 'ridge', constraint: 0, way }] }), [
  ['nothing more', {}, 'read'],
  ['all of a leaf', { curvature: '1/3', linear: true }, 'read'],
  ['linear: false', { linear: false }, 'read'],
  ['linear: 1', { linear: 1 }, ['.linear', expected('true or false', '1')]],
  ['curvature true', { curvature: true }, ['.curvature', number('true')]],
  ['another field', { slope: '1' }, ['', only('slope', 'curvature, linear')]],
  ['a substitution', { substitute: [1, 0] }, 'read'],
  ['both sides of one', { substitute: [1, 0], without: { linear: true }, replaced: { substitute: [1, 1] } }, 'read'],
  ['of a number', { substitute: 1 }, ['.substitute', array('1', '2')]],
  ['of half a neuron', { substitute: [1, 0.5] }, ['.substitute[1]', whole('0.5')]],
  [
    'with the fields of a leaf',
    { substitute: [1, 0], linear: true },
    ['', only('linear', 'substitute, without, replaced')],
  ],
  ['a side that is no way', { substitute: [1, 0], without: 1 }, ['.without', expected('an object', '1')]],
  ['the other side', { substitute: [1, 0], replaced: [] }, ['.replaced', expected('an object', 'an array of 0')]],
  ['far down', { substitute: [1, 0], replaced: { curvature: '' } }, ['.replaced.curvature', number('""')]],
]);

const lemma = { neuron: [1, 0], side: 'upper', bound: '1', proof: hole };
const affine = { layer: 0, columns: [0], weights: ['1'], side: 'lower', bound: '-1/2', proof: hole };
const { bound: _, ...unbounded } = lemma;
const { proof: __, ...unproved } = affine;
reads('lemmas', (lemmas) => ({ lemmas }), [
  ['none', [], 'read'],
  ['an object', {}, ['', array('an object', '0 or more')]],
  ['of a neuron', [lemma], 'read'],
  ['of a functional', [affine], 'read'],
  ['one of each', [affine, lemma, affine], 'read'],
  ['a neuron with more', [{ ...lemma, way: {} }], ['[0]', only('way', 'neuron, side, bound, proof')]],
  [
    'a functional with more',
    [lemma, { ...affine, neuron: [1, 0] }],
    ['[1]', only('neuron', 'layer, columns, weights, side, bound, proof')],
  ],
  ['another side', [{ ...lemma, side: 'left' }], ['[0].side', expected('lower or upper', '"left"')]],
  ['no bound', [unbounded], ['[0].bound', number('nothing')]],
  ['no proof', [unproved], ['[0].proof', expected('an object', 'nothing')]],
  ['a proof by a word', [{ ...lemma, proof: { rule: 'so' } }], ['[0].proof.rule', expected(rules, '"so"')]],
  ['half a layer', [{ ...affine, layer: 0.5 }], ['[0].layer', whole('0.5')]],
  ['columns', [{ ...affine, columns: 0 }], ['[0].columns', array('0', '0 or more')]],
  ['a column', [{ ...affine, columns: ['0'] }], ['[0].columns[0]', whole('"0"')]],
  ['weights', [{ ...affine, weights: null }], ['[0].weights', array('null', '0 or more')]],
  ['a weight', [{ ...affine, weights: ['x'] }], ['[0].weights[0]', number('"x"')]],
  ['a neuron that is a number', [{ ...lemma, neuron: 10 }], ['[0].neuron', array('10', '2')]],
]);

reads('ridges', (ridges) => ({ ridges }), [
  ['nothing in them', {}, 'read'],
  ['a list', [], ['', expected('an object', 'an array of 0')]],
  ['another field', { cases: [] }, ['', only('cases', 'hints, lemmas')]],
  ['empty lists', { hints: [], lemmas: [] }, 'read'],
  ['hints', { hints: {} }, ['.hints', array('an object', '0 or more')]],
  ['lemmas', { lemmas: {} }, ['.lemmas', array('an object', '0 or more')]],
]);
reads('ridges.hints[0]', (hint) => ({ ridges: { hints: [hint] } }), [
  ['of a neuron', { neuron: [0, 0] }, 'read'],
  ['from both sides', { neuron: [0, 0], above: {}, below: { linear: true } }, 'read'],
  ['of no neuron', { above: {} }, ['.neuron', array('nothing', '2')]],
  ['another field', { neuron: [0, 0], way: {} }, ['', only('way', 'neuron, above, below')]],
  ['above', { neuron: [0, 0], above: 0 }, ['.above', expected('an object', '0')]],
  ['below', { neuron: [0, 0], below: { linear: '' } }, ['.below.linear', expected('true or false', '""')]],
]);
const claim = { neuron: [1, 0], bound: '1/5' };
reads('ridges.lemmas[0]', (value) => ({ ridges: { lemmas: [value] } }), [
  ['in one case', { ...claim, cases: {} }, 'read'],
  ['in no case', claim, ['.cases', expected('an object', 'nothing')]],
  ['of no neuron', { bound: '1', cases: {} }, ['.neuron', array('nothing', '2')]],
  ['without a bound', { neuron: [1, 0], cases: {} }, ['.bound', number('nothing')]],
  ['another field', { ...claim, cases: {}, proof: hole }, ['', only('proof', 'neuron, bound, cases')]],
]);
const split = { split: 0, at: '1/2', below: {}, above: {} };
reads('ridges.lemmas[0].cases', (cases) => ({ ridges: { lemmas: [{ ...claim, cases }] } }), [
  ['a way and hints', { way: {}, hints: [{ neuron: [0, 0], above: {} }] }, 'read'],
  ['a way', { way: 1 }, ['.way', expected('an object', '1')]],
  ['hints', { hints: 1 }, ['.hints', array('1', '0 or more')]],
  ['another field', { bound: '1' }, ['', only('bound', 'hints, way')]],
  ['a split', split, 'read'],
  ['a split inside a split', { ...split, above: split }, 'read'],
  ['a split with a way', { ...split, way: {} }, ['', only('way', 'split, at, below, above')]],
  ['a split of a row -1', { ...split, split: -1 }, ['.split', whole('-1')]],
  ['a split at a word', { ...split, at: 'u' }, ['.at', number('"u"')]],
  ['a split with one side', { ...split, below: undefined }, ['.below', expected('an object', 'nothing')]],
  ['the other side', { ...split, above: 7 }, ['.above', expected('an object', '7')]],
  [
    'far down',
    { ...split, above: { ...split, below: { way: [] } } },
    ['.above.below.way', expected('an object', 'an array of 0')],
  ],
  [
    'an empty case',
    {
      empty: [
        [0, '1'],
        [1, '-1/2'],
      ],
    },
    'read',
  ],
  ['of no row', { empty: [] }, 'read'],
  ['of a word', { empty: 'yes' }, ['.empty', array('"yes"', '0 or more')]],
  ['of a row alone', { empty: [[0]] }, ['.empty[0]', array('an array of 1', '2')]],
  ['of a row that is text', { empty: [['0', '1']] }, ['.empty[0][0]', whole('"0"')]],
  ['of a row by a word', { empty: [[0, 'a']] }, ['.empty[0][1]', number('"a"')]],
  ['with a way', { empty: [], way: {} }, ['', only('way', 'empty')]],
]);
