import { describe, expect, it } from 'vitest';
import { InputError, type InstanceFile, instanceEngines, instancesFileAt } from '../../src/format/index.js';
import { engineChoices } from '../../src/verify/prover.js';

const iris = { name: 'iris-l1', data: 'iris', norm: 'l1', ratio: '0.99', construction: 'eys-pair' };
const full: InstanceFile = {
  name: 'trained.v2_a',
  data: 'points.csv',
  label: '-1',
  header: false,
  norm: 'l2',
  radius: 'delta/4',
  open: true,
  construction: { network: 'nets/a.json' },
  projected: 3,
  seed: 7,
  notion: 'argmax',
  engine: 'both',
};
const file = (...instances: unknown[]) => ({ format: 'muball-instances', version: 1, instances });

describe('instancesFileAt', () => {
  it('gives back what it has checked, fields in their documented order', () => {
    expect(instancesFileAt(file(iris, full))).toEqual(file(iris, full));
    const mixed = Object.fromEntries(Object.entries(full).reverse());
    expect(Object.keys(instancesFileAt(file(mixed)).instances[0]!)).toEqual(Object.keys(full));
  });

  it('reads "open": false as not given', () => {
    expect(instancesFileAt(file({ ...iris, open: false })).instances[0]).toEqual(iris);
  });

  it.each<[unknown, string]>([
    [[], 'f: expected an object, got []'],
    [{ ...file(iris), version: 2 }, 'f.version: expected 1, got 2'],
    [file(), 'f.instances: expected at least one instance, got none'],
    [file(iris, iris), 'f.instances[1].name: expected a name that no other instance has, got "iris-l1"'],
    [
      file({ ...iris, name: '../x' }),
      'f.instances[0].name: expected a name of letters, digits, ".", "_" and "-", at most 100, got "../x"',
    ],
    [file({ ...iris, radius: '1/4' }), 'f.instances[0]: expected one of ratio and radius, got both'],
    [file({ ...iris, ratio: undefined }), 'f.instances[0]: expected one of ratio and radius, got neither'],
    [file({ ...iris, data: '-' }), 'f.instances[0].data: expected a path, got "-"'],
    [file({ ...iris, construction: { network: '' } }), 'f.instances[0].construction.network: expected a path, got ""'],
    [file({ ...iris, construction: 7 }), 'f.instances[0].construction: expected an object, got 7'],
    [file({ ...iris, norm: 'l3' }), 'f.instances[0].norm: expected l1, l2 or linf, got "l3"'],
    [file({ ...iris, ratio: 0.99 }), 'f.instances[0].ratio: write "0.99" as text, a JSON number is not exact'],
    [
      file({ ...iris, engine: 'oracle' }),
      'f.instances[0].engine: expected auto or interval or search or ridge or lipschitz or z3 or both, got "oracle"',
    ],
  ])('refuses %j', (value, message) => expect(() => instancesFileAt(value, 'f')).toThrow(new InputError(message)));

  it('names an unknown field', () => {
    expect(() => instancesFileAt(file({ ...iris, timeout: 3 }))).toThrow('instances[0].timeout: unknown field');
  });
});

it('knows the engines that the prover knows', () => {
  expect(instanceEngines).toEqual(engineChoices);
});
