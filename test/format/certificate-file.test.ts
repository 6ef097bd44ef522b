import { expect, it } from 'vitest';
import { type CertificateFile, certificateFileAt, certificateText, InputError } from '../../src/format/index.js';

const rules = '"split", "leaf" or "hole", or "interval" or "ridge" for a whole proof';
const good = { format: 'muball-certificate', version: 1, query: 'ab'.repeat(32), proofs: [{ rule: 'interval' }] };

it('gives back what it has checked', () => {
  expect(certificateFileAt(good)).toEqual(good);
  expect(certificateFileAt({ ...good, proofs: [] }).proofs).toEqual([]);
});

const leaf = { rule: 'leaf', weights: ['1', '1/2'], slopes: [[0, 1, 'a'], [1, 0, '-3/8'], [1, 2, 'u']], cuts: [[1, '2']] }; // biome-ignore format: short
const tree = { rule: 'split', neuron: [1, 0], below: { rule: 'leaf' }, above: { rule: 'hole' } };
const neuronLemma = { neuron: [1, 0], side: 'lower', bound: '-1/3', proof: { rule: 'leaf' } };
const affineLemma = { layer: 0, columns: [0, 2], weights: ['1', '-1'], side: 'upper', bound: '5', proof: tree };
const { proofs: _, ...head } = good;
const full = { ...head, lemmas: [neuronLemma, affineLemma], proofs: [leaf, tree, { rule: 'interval' }] };

/** A tree of so many splits, all on its `above` side: or all below. */
function chain(depth: number, side: 'below' | 'above'): object {
  let deep: object = { rule: 'leaf' };
  for (let i = 0; i < depth; i++) {
    const other = { rule: 'hole' };
    deep = { rule: 'split', neuron: [0, i], ...(side === 'below' ? { below: deep, above: other } : { below: other, above: deep }) }; // biome-ignore format: short
  }
  return deep;
}

it('gives back lemmas, splits, leaves and holes', () => {
  expect(certificateFileAt(full)).toEqual(full);
  expect(certificateFileAt({ ...good, lemmas: [] })).toEqual(good);
});

it('writes text that is read as the same file', () => {
  expect(certificateText(certificateFileAt(full))).toBe(JSON.stringify(full));
  expect(certificateText(certificateFileAt(good))).toBe(JSON.stringify(good));
});

it.each(['below', 'above'] as const)('reads and writes 100,000 splits %s one another', (side) => {
  const deep = { ...good, proofs: [chain(100_000, side)] } as unknown as CertificateFile;
  const text = certificateText(deep);
  expect(text.split('"split"').length - 1).toBe(100_000);
  expect(certificateText(certificateFileAt(JSON.parse(text)))).toBe(text);
});

it('names a place deep in a tree', () => {
  const proofs = [{ ...tree, below: { ...tree, above: { rule: 'leaf', cuts: [[0]] } } }];
  const message = 'certificate.proofs[0].below.above.cuts[0]: expected 2 entries, got 1';
  expect(() => certificateFileAt({ ...good, proofs })).toThrow(new InputError(message));
});

it.each<[unknown, string]>([
  ['x', 'certificate: expected an object, got "x"'],
  [
    { ...good, author: 1 },
    'certificate.author: unknown field, expected format, version, query, lemmas, ridges, proofs',
  ],
  [{ ...good, format: 'c' }, 'certificate.format: expected "muball-certificate", got "c"'],
  [{ ...good, version: 9 }, 'certificate.version: expected 1, got 9'],
  [{ ...good, query: 'ab' }, 'certificate.query: expected 64 hexadecimal digits, got "ab"'],
  [{ ...good, proofs: { rule: 'interval' } }, 'certificate.proofs: expected an array, got {"rule":"interval"}'],
  [{ ...good, proofs: [{ rule: 'magic' }] }, `certificate.proofs[0].rule: expected ${rules}, got "magic"`],
  [{ ...good, proofs: [{}] }, `certificate.proofs[0].rule: expected ${rules}, got nothing`],
  [{ ...good, proofs: [{ rule: 'interval', cuts: [] }] }, 'certificate.proofs[0].cuts: unknown field, expected rule'],
  [{ ...good, proofs: [{ rule: 'hole', below: tree }] }, 'certificate.proofs[0].below: unknown field, expected rule'],
  [
    { ...good, proofs: [{ ...leaf, neuron: [0, 0] }] },
    'certificate.proofs[0].neuron: unknown field, expected rule, weights, slopes, cuts',
  ],
  [
    { ...good, proofs: [{ ...leaf, weights: [0.5] }] },
    'certificate.proofs[0].weights[0]: write "0.5" as text, a JSON number is not exact',
  ],
  [
    { ...good, proofs: [{ ...leaf, slopes: [[0, 1, 'b']] }] },
    'certificate.proofs[0].slopes[0][2]: expected rational text such as "3/8", got "b"',
  ],
  [
    { ...good, proofs: [{ ...tree, neuron: [0, -1] }] },
    'certificate.proofs[0].neuron[1]: expected a whole number ≥ 0, got -1',
  ],
  [
    { ...good, proofs: [{ ...tree, above: { rule: 'interval' } }] },
    `certificate.proofs[0].above.rule: expected ${rules}, got "interval"`,
  ],
  [
    { ...good, proofs: [{ rule: 'split', neuron: [0, 0], below: leaf }] },
    'certificate.proofs[0].above: expected an object, got nothing',
  ],
  [
    { ...full, lemmas: [{ ...neuronLemma, side: 'left' }] },
    'certificate.lemmas[0].side: expected lower or upper, got "left"',
  ],
  [
    { ...full, lemmas: [{ ...neuronLemma, layer: 0 }] },
    'certificate.lemmas[0].neuron: unknown field, expected layer, columns, weights, side, bound, proof',
  ],
  [
    { ...full, lemmas: [{ ...neuronLemma, weights: [] }] },
    'certificate.lemmas[0].weights: unknown field, expected neuron, side, bound, proof',
  ],
  [
    { ...full, lemmas: [{ ...affineLemma, weights: ['1'] }] },
    'certificate.lemmas[0].weights: expected 2 entries, got 1',
  ],
  [
    { ...full, lemmas: [{ ...affineLemma, proof: { rule: 'interval' } }] },
    `certificate.lemmas[0].proof.rule: expected ${rules}, got "interval"`,
  ],
  [{ ...good, proofs: ['interval'] }, 'certificate.proofs[0]: expected an object, got "interval"'],
])('refuses %j', (value, message) => expect(() => certificateFileAt(value)).toThrow(new InputError(message)));

const ridges = {
  ...good,
  ridges: {
    hints: [{ neuron: [1, 0], above: { curvature: '1/2', linear: true }, below: {} }],
    lemmas: [
      {
        neuron: [2, 0],
        bound: '3',
        cases: {
          split: 0,
          at: '1',
          below: { empty: [[0, '1']] },
          above: { hints: [{ neuron: [1, 0], above: {} }], way: {} },
        },
      },
    ],
  },
  proofs: [{ rule: 'ridge', constraint: 0, way: { substitute: [1, 1], without: {}, replaced: { curvature: '2' } } }],
};

it('reads and writes proofs by ridges', () => {
  expect(certificateFileAt(ridges)).toEqual(ridges);
  expect(JSON.parse(certificateText(certificateFileAt(ridges)))).toEqual(ridges);
});

it.each([
  [{ rule: 'ridge' }, 'certificate.proofs[0].constraint: expected a whole number ≥ 0, got nothing'],
  [
    { rule: 'ridge', constraint: 0, way: { linear: false } },
    'certificate.proofs[0].way.linear: expected true, got false',
  ],
  [
    { rule: 'ridge', constraint: 0, way: { substitute: [0], without: {} } },
    'certificate.proofs[0].way.substitute: expected 2 entries, got 1',
  ],
])('refuses the proof %j', (proof, message) =>
  expect(() => certificateFileAt({ ...good, proofs: [proof] })).toThrow(new InputError(message)),
);
