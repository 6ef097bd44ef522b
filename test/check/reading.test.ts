/**
 * What the checker refuses while reading, with the place and the reason; each refusal beside something accepted.
 */
import { describe, expect, test } from 'vitest';
import { checker } from '../../src/check/index.js';
import { ball, box, certificate, constraint, network, outcomeOf, query, sha256 } from './example.js';

const net = () => network(['relu', [[[1, 2], 0]]], ['identity', [[[1], 0]]]);
const about = () => query(net(), ball('linf', [0, 0], 1), [[constraint([1], -4)]]);
const proof = () => certificate(about());

type Edit = (file: Record<string, unknown>) => unknown;
type Case = readonly [name: string, edit: Edit, refusal: readonly [where: string, why: string] | 'valid'];

/** Follows a path of fields and indices, and puts a value there (or removes what is there). */
const put =
  (path: string, value?: unknown): Edit =>
  (file) => {
    const keys = path.split('.');
    let place = file;
    for (const key of keys.slice(0, -1)) place = place[key] as Record<string, unknown>;
    if (value === undefined) delete place[keys.at(-1)!];
    else place[keys.at(-1)!] = value;
    return file;
  };
const whole =
  (value: unknown): Edit =>
  () =>
    value;
const expected = (what: string, got: string) => `expected ${what}, got ${got}`;
const rationalText = 'rational text such as "3/8"';

describe('network', () => {
  const row = 'layers.0.rows.0';
  const place = 'network.layers[0].rows[0]';
  const table: Case[] = [
    ['as it is', (file) => file, 'valid'],
    ['not an object', whole(null), ['network', expected('an object', 'null')]],
    ['an array', whole([]), ['network', expected('an object', 'an array of 0')]],
    ['nothing', whole(undefined), ['network', expected('an object', 'nothing')]],
    [
      'unknown field',
      put('colour', 1),
      ['network', 'unknown field "colour", expected only format, version, output, provenance, layers'],
    ],
    ['another format', put('format', 'onnx'), ['network.format', expected('muball-network', '"onnx"')]],
    ['another version', put('version', 2), ['network.version', expected('1', '2')]],
    ['a version as text', put('version', '1'), ['network.version', expected('1', '"1"')]],
    ['the line form', put('form', 'lines'), ['network', expect.stringContaining('unknown field "form"')]],
    ['no layers', put('layers', []), ['network.layers', expected('an array of 1 or more', 'an array of 0')]],
    ['layers missing', put('layers'), ['network.layers', expected('an array of 1 or more', 'nothing')]],
    ['any provenance', put('provenance', { seed: [1, { deep: null }] }), 'valid'],
    ['exact labels', put('output', { notion: 'exact', labels: ['0', '1/2'] }), 'valid'],
    ['a sign', put('output', { notion: 'sign', negative: 0, positive: 1 }), 'valid'],
    ['classes', put('output', { notion: 'argmax', classes: 1 }), 'valid'],
    [
      'unknown notion',
      put('output', { notion: 'softmax' }),
      ['network.output.notion', expected('exact or round or sign or argmax', '"softmax"')],
    ],
    [
      'labels of a sign',
      put('output', { notion: 'sign', negative: 0, positive: 1, labels: [] }),
      ['network.output', 'unknown field "labels", expected only notion, negative, positive'],
    ],
    [
      'a label that is no number',
      put('output', { notion: 'round', labels: ['one'] }),
      ['network.output.labels[0]', expected(rationalText, '"one"')],
    ],
    [
      'unknown activation',
      put('layers.0.activation', 'tanh'),
      ['network.layers[0].activation', expected('relu or step or identity', '"tanh"')],
    ],
    ['inputs 0', put('layers.0.inputs', 0), ['network.layers[0].inputs', expected('a whole number ≥ 1', '0')]],
    [
      'inputs as text',
      put('layers.0.inputs', '2'),
      ['network.layers[0].inputs', expected('a whole number ≥ 1', '"2"')],
    ],
    ['inputs of the next layer', put('layers.1.inputs', 2), ['network.layers[1].inputs', expected('1', '2')]],
    [
      'no rows',
      put('layers.1.rows', []),
      ['network.layers[1].rows', expected('an array of 1 or more', 'an array of 0')],
    ],
    ['a row without weights', put(row, { bias: '0', columns: [], weights: [] }), 'valid'],
    ['no bias', put(`${row}.bias`), [`${place}.bias`, expected(rationalText, 'nothing')]],
    ['columns decrease', put(`${row}.columns`, [1, 0]), [`${place}.columns[1]`, expected('a column from 2 to 1', '0')]],
    ['columns repeat', put(`${row}.columns`, [0, 0]), [`${place}.columns[1]`, expected('a column from 1 to 1', '0')]],
    [
      'a column too large',
      put(`${row}.columns`, [0, 2]),
      [`${place}.columns[1]`, expected('a column from 1 to 1', '2')],
    ],
    [
      'a negative column',
      put(`${row}.columns`, [-1, 1]),
      [`${place}.columns[0]`, expected('a whole number ≥ 0', '-1')],
    ],
    ['a column 1/2', put(`${row}.columns`, [0.5, 1]), [`${place}.columns[0]`, expected('a whole number ≥ 0', '0.5')]],
    ['a weight missing', put(`${row}.weights`, ['1']), [`${place}.weights`, expected('2', '1')]],
    ['a weight too many', put(`${row}.weights`, ['1', '2', '3']), [`${place}.weights`, expected('2', '3')]],
    ['weight 0', put(`${row}.weights`, ['1', '0']), [`${place}.weights`, expected('weights other than 0', '"0"')]],
    [
      'a row after others',
      put('layers.0.rows', [
        { bias: '0', columns: [0], weights: ['1'] },
        { bias: '0', columns: [2], weights: ['1'] },
      ]),
      ['network.layers[0].rows[1].columns[0]', expected('a column from 0 to 1', '2')],
    ],
    ['weight 0/7', put(`${row}.weights`, ['1', '-0/7']), [`${place}.weights`, expected('weights other than 0', '"0"')]],
    ['weight 0e9', put(`${row}.weights`, ['1', '.0e9']), [`${place}.weights`, expected('weights other than 0', '"0"')]],
  ];
  test.each(table)('%s', (_, edit, refusal) => {
    const got = checker(edit(net() as unknown as Record<string, unknown>));
    if (refusal === 'valid') expect(got).toHaveProperty('check');
    else expect(got).toEqual({ outcome: 'invalid', where: refusal[0], why: refusal[1] });
  });
});

describe('numbers', () => {
  const accepted: [unknown, string][] = [
    ['3/8', '3/8'],
    ['-6/16', '-3/8'],
    ['+12', '12'],
    ['007', '7'],
    ['-0', '0'],
    ['0/5', '0'],
    ['12/4', '3'],
    ['0.1', '1/10'],
    ['.5', '1/2'],
    ['2.', '2'],
    ['-1.50', '-3/2'],
    ['1e-3', '1/1000'],
    ['+2.5E+1', '25'],
    ['1e9999', `1${'0'.repeat(9999)}`],
    [7, '7'],
    [-0, '0'],
    [2 ** 53 - 1, '9007199254740991'],
  ];
  const file = (bias: unknown) => ({
    ...net(),
    layers: [{ activation: 'relu', inputs: 1, rows: [{ bias, columns: [], weights: [] }] }],
  });
  test.each(accepted)('%s is read as %s', (text, canonical) => {
    const canonicalNet = file(canonical);
    const ask = { ...query(canonicalNet as never, ball('linf', [0], 1), []) };
    expect(outcomeOf(file(text), ask, certificate(ask))).toEqual({ outcome: 'valid' });
  });

  const refused: unknown[] = [
    '',
    ' ',
    '1 ',
    ' 1',
    '1/0',
    '1/00',
    '1/-2',
    '1/+2',
    '/2',
    '1/',
    '.',
    '-',
    '+',
    'e5',
    '.e5',
    '1e',
    '1e+',
    '1e12345',
    '1/2e3',
    '0x10',
    '1_000',
    '1,5',
    '--1',
    '１',
    'Infinity',
    'NaN',
    '1\n',
    '1.2.3',
    '1/2/3',
    null,
    true,
    [],
    ['1'],
    {},
  ];
  test.each(refused.map((value) => [value]))('%j is refused', (value) => {
    const got = checker(file(value));
    expect(got).toMatchObject({ outcome: 'invalid', where: 'network.layers[0].rows[0].bias' });
    expect(got).toHaveProperty('why', expect.stringMatching(/^expected rational text such as "3\/8", got .{1,80}$/s));
  });
  test('text is at most 65536 characters long', () => {
    expect(checker(file('1'.repeat(65_536)))).toHaveProperty('check');
    const why = `expected ${rationalText}, got "${'1'.repeat(67)}…"`;
    const where = 'network.layers[0].rows[0].bias';
    expect(checker(file('1'.repeat(65_537)))).toEqual({ outcome: 'invalid', where, why });
  });
  test.each([[0.1], [1e300], [2 ** 53], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'the JSON number %s is refused',
    (value) => {
      expect(checker(file(value))).toEqual({
        outcome: 'invalid',
        where: 'network.layers[0].rows[0].bias',
        why: `the JSON number ${value} is not exact, write it as text`,
      });
    },
  );
});

describe('query', () => {
  const first = 'unsafe.0.0';
  const place = 'query.unsafe[0][0]';
  const open = (radius: string) => ({ ...ball('linf', [0, 0], radius), open: true });
  const table: Case[] = [
    ['as it is', (file) => file, 'valid'],
    ['not an object', whole('query'), ['query', expected('an object', '"query"')]],
    [
      'unknown field',
      put('name', 'q'),
      ['query', 'unknown field "name", expected only format, version, network, region, unsafe'],
    ],
    ['another format', put('format', 'muball-network'), ['query.format', expected('muball-query', '"muball-network"')]],
    ['another version', put('version', 0), ['query.version', expected('1', '0')]],
    ['no network', put('network'), ['query.network', expected('an object', 'nothing')]],
    [
      'a short hash',
      put('network', { sha256: 'abc' }),
      ['query.network.sha256', expected('64 hexadecimal digits', '"abc"')],
    ],
    [
      'a hash in capitals',
      put('network.sha256', sha256(JSON.stringify(net())).toUpperCase()),
      ['query.network.sha256', expect.stringMatching(/^expected 64 hexadecimal digits, got "[0-9A-F]{64}"$/)],
    ],
    ['a hash and more', put('network.format', 'x'), ['query.network', 'unknown field "format", expected only sha256']],
    [
      'the hash of another network',
      put('network', { sha256: 'a'.repeat(64) }),
      ['query.network', expected(sha256(JSON.stringify(net())), 'a'.repeat(64))],
    ],
    ['the network whole', put('network', net()), 'valid'],
    ['the network whole, with provenance', put('network', { ...net(), provenance: {} }), 'valid'],
    [
      'another network whole',
      put('network', network(['relu', [[[1, 3], 0]]])),
      ['query.network', expect.stringMatching(/^expected [0-9a-f]{64}, got [0-9a-f]{64}$/)],
    ],
    [
      'a broken network whole',
      put('network', { ...net(), layers: 1 }),
      ['query.network.layers', expected('an array of 1 or more', '1')],
    ],
    [
      'unknown kind of region',
      put('region', { kind: 'simplex' }),
      ['query.region.kind', expected('ball or box', '"simplex"')],
    ],
    ['unknown norm', put('region.norm', 'l3'), ['query.region.norm', expected('l1 or l2 or linf', '"l3"')]],
    ['centre too short', put('region.centre', ['0']), ['query.region.centre', expected('2', '1')]],
    ['centre too long', put('region.centre', ['0', '0', '0']), ['query.region.centre', expected('2', '3')]],
    ['negative radius', put('region.radius', '-1/2'), ['query.region.radius', expected('a radius ≥ 0', '"-1/2"')]],
    ['radius 0', put('region', ball('linf', [0, 0], 0)), 'valid'],
    ['open ball of radius 0', put('region', open('0')), ['query.region.radius', expected('a radius > 0', '"0"')]],
    [
      'open ball of negative radius',
      put('region', open('-1')),
      ['query.region.radius', expected('a radius > 0', '"-1"')],
    ],
    ['open ball', put('region', open('1')), 'valid'],
    ['open: no', put('region', { ...open('1'), open: 'no' }), ['query.region.open', expected('true or false', '"no"')]],
    [
      'a ball with an upper end',
      put('region.upper', []),
      ['query.region', 'unknown field "upper", expected only kind, norm, centre, radius, open'],
    ],
    ['a box', put('region', box([0, 0], ['1/3', 0])), 'valid'],
    [
      'a box with a radius',
      put('region', { ...box([0, 0], [1, 1]), radius: '1' }),
      ['query.region', 'unknown field "radius", expected only kind, lower, upper'],
    ],
    [
      'a box upside down',
      put('region', box(['0', '1/3'], ['1', '3333/10000'])),
      ['query.region.upper[1]', expected('an upper end at or above the lower one', '"3333/10000"')],
    ],
    ['a box with one lower end', put('region', box([0], [1, 1])), ['query.region.lower', expected('2', '1')]],
    ['a box with three upper ends', put('region', box([0, 0], [1, 1, 1])), ['query.region.upper', expected('2', '3')]],
    [
      'a column that is no output',
      put(`${first}.columns`, [1]),
      [`${place}.columns[0]`, expected('a column from 0 to 0', '1')],
    ],
    ['columns without weights', put(`${first}.weights`, []), [`${place}.weights`, expected('1', '0')]],
    ['strict: 1', put(`${first}.strict`, 1), [`${place}.strict`, expected('true or false', '1')]],
    ['no bias', put(`${first}.bias`), [`${place}.bias`, expected(rationalText, 'nothing')]],
    [
      'a conjunction that is no array',
      put('unsafe.0', {}),
      ['query.unsafe[0]', expected('an array of 0 or more', 'an object')],
    ],
    ['unsafe missing', put('unsafe'), ['query.unsafe', expected('an array of 0 or more', 'nothing')]],
  ];
  test.each(table)('%s', (_, edit, refusal) => {
    const edited = edit(about() as unknown as Record<string, unknown>);
    const named = { ...(edited as object), network: about().network };
    const got = outcomeOf(net(), edited, refusal === 'valid' ? certificate(named as never) : proof());
    expect(got).toEqual(
      refusal === 'valid' ? { outcome: 'valid' } : { outcome: 'invalid', where: refusal[0], why: refusal[1] },
    );
  });
});

describe('certificate', () => {
  const table: Case[] = [
    ['as it is', (file) => file, 'valid'],
    ['not an object', whole(7), ['certificate', expected('an object', '7')]],
    [
      'unknown field',
      put('colour', []),
      ['certificate', 'unknown field "colour", expected only format, version, query, lemmas, ridges, proofs'],
    ],
    [
      'another format',
      put('format', 'muball-query'),
      ['certificate.format', expected('muball-certificate', '"muball-query"')],
    ],
    ['another version', put('version', 2), ['certificate.version', expected('1', '2')]],
    ['no hash', put('query'), ['certificate.query', expected('64 hexadecimal digits', 'nothing')]],
    [
      'another hash',
      put('query', '0'.repeat(64)),
      ['certificate.query', expected(sha256(JSON.stringify(about())), '0'.repeat(64))],
    ],
    ['no proofs', put('proofs'), ['certificate.proofs', expected('an array of 0 or more', 'nothing')]],
    ['a proof missing', put('proofs', []), ['certificate.proofs', expected('1', '0')]],
    [
      'a proof too many',
      put('proofs', [{ rule: 'interval' }, { rule: 'interval' }]),
      ['certificate.proofs', expected('1', '2')],
    ],
    [
      'a proof that is text',
      put('proofs', ['interval']),
      ['certificate.proofs[0]', expected('an object', '"interval"')],
    ],
    [
      'an unknown rule',
      put('proofs.0.rule', 'trust'),
      ['certificate.proofs[0].rule', expected('ridge or interval or split or leaf or hole', '"trust"')],
    ],
    [
      'a rule of a later version',
      put('proofs.0.rule', 'input-split'),
      ['certificate.proofs[0].rule', expected('ridge or interval or split or leaf or hole', '"input-split"')],
    ],
    [
      'a name that every object has',
      put('proofs.0.rule', 'constructor'),
      ['certificate.proofs[0].rule', expected('ridge or interval or split or leaf or hole', '"constructor"')],
    ],
    [
      'no rule',
      put('proofs.0', {}),
      ['certificate.proofs[0].rule', expected('ridge or interval or split or leaf or hole', 'nothing')],
    ],
    [
      'a rule with more',
      put('proofs.0.bound', '1'),
      ['certificate.proofs[0]', 'unknown field "bound", expected only rule'],
    ],
  ];
  test.each(table)('%s', (_, edit, refusal) => {
    const got = outcomeOf(net(), about(), edit(proof() as unknown as Record<string, unknown>));
    expect(got).toEqual(
      refusal === 'valid' ? { outcome: 'valid' } : { outcome: 'invalid', where: refusal[0], why: refusal[1] },
    );
  });
});
