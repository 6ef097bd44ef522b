/** `muball prove --unsafe`: any network, a box of inputs, unsafe outputs. */
import { describe, expect, test } from 'vitest';
import { filesIn, folderWith, muball } from './run-muball.js';

/** y0 = relu(x0) − relu(x1), y1 = x0 on [−1, 1]². */
const nnet = '2,2,2,2,\n2,2,2,\n0,\n-1,-1,\n1,1,\n0,0,0,\n1,1,1,\n1,0,\n0,1,\n0,\n0,\n1,-1,\n1,0,\n0,\n0,\n';
const prove = (cwd: string, ...flags: string[]) => muball(['prove', '--network', 'f.nnet', ...flags], { cwd });

describe('verdicts', () => {
  test('unsat over the box of the file, with a certificate', async () => {
    const cwd = folderWith({ 'f.nnet': nnet });
    const { code, stdout, stderr } = await prove(cwd, '--unsafe', 'y0 > 1', 'y1 < 0');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^f\.nnet · inputs 2 · outputs 2 · depth 2 · width 2 · nonzero 5 · network [0-9a-f]{12}$/m);
    expect(stdout).toMatch(/^ {2}inputs from the box of the file · unsafe when y0 > 1 or y1 < 0$/m);
    expect(stdout).toMatch(/^✓ no input of the box has an unsafe output · proved \(certificate\) in [0-9.]+ s$/m);
    expect(filesIn(cwd)).toEqual(['f.nnet']);
  });

  test('sat at the one corner, kept and replayed; 1 is reached, above 1 nothing is', async () => {
    const cwd = folderWith({ 'f.nnet': nnet });
    const { code, stdout } = await prove(cwd, '--unsafe', 'y0 >= 1 and y1 >= 1', '--counterexamples', 'kept');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ f\.nnet: not safe — a point of the box has an unsafe output$/m);
    expect(stdout).toMatch(/^ {2}x′ {2}= \(1, .*\) +f\(x′\) = \(1, 1\) +replayed exactly: yes$/m);
    const [kept] = filesIn(cwd).filter((file) => file.startsWith('kept/'));
    expect(stdout).toContain(`  replay   muball replay ${kept}\n`);
    expect((await muball(['replay', kept!], { cwd })).code).toBe(0);
  });

  test('another box, as JSON', async () => {
    const cwd = folderWith({ 'f.nnet': nnet });
    const { code, stdout } = await prove(cwd, '--unsafe', 'y0 >= 1', '--upper', '1/2,0.25', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'unsat',
      region: { kind: 'box', lower: ['-1', '-1'], upper: ['1/2', '1/4'] },
      unsafe: [[{ columns: [0], weights: ['1'], bias: '-1' }]],
      evidence: { level: 'certificate' },
    });
    const point = await prove(cwd, '--unsafe', 'y0 >= 1', '--lower', '1', '--upper', '1,0', '--json');
    expect(point.code).toBe(2);
    expect(point.stderr).toBe('muball: region: expected lower ≤ upper in each coordinate, got an empty box\n');
  });

  test('a network of our own format has no box of its own', async () => {
    const cwd = folderWith();
    await muball(['export', '--format', 'network', '--data', 'xor', '--ratio', '0.5', '--out', 'net.json'], { cwd });
    const asked = ['prove', '--network', 'net.json', '--unsafe', 'y0 > 1', 'y0 < 0'];
    const none = await muball(asked, { cwd });
    expect(none.code).toBe(2);
    expect(none.stderr).toBe(
      'muball: --lower: expected an end of the box of inputs, got none: net.json names no box\n',
    );
    const { code, stdout } = await muball([...asked, '--lower=-1/4', '--upper', '1/4'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('inputs from the given box');
  });
});

describe('usage', () => {
  test.each<[string, string[], string]>([
    [
      'anything but the grammar',
      ['--unsafe', 'y0 is bad'],
      'expected comparisons such as "y0 <= 0", joined by and, or',
    ],
    ['data beside it', ['--unsafe', 'y0 > 1', '--data', 'xor'], 'cannot be used with'],
    ['a radius beside it', ['--unsafe', 'y0 > 1', '--ratio', '0.5'], 'cannot be used with'],
    ['ends of the wrong length', ['--unsafe', 'y0 > 1', '--lower', '1,2,3'], '--lower: expected 1 or 2 values, got 3'],
    ['a box without it', ['--data', 'xor', '--lower', '1'], '--lower and --upper need --unsafe'],
    ['neither data nor it', [], "required option '--data <file>'"],
  ])('%s', async (_, flags, message) => {
    const { code, stderr } = await prove(folderWith({ 'f.nnet': nnet }), ...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('no network', async () => {
    const { code, stderr } = await muball(['prove', '--unsafe', 'y0 > 1']);
    expect(code).toBe(2);
    expect(stderr).toContain('--unsafe needs --network');
  });
});

test('every command that takes networks takes .nnet files', async () => {
  const cwd = folderWith({ 'f.nnet': nnet, 'points.csv': '0,1,0\n1,0,1\n' });
  const inspected = await muball(['inspect', '--network', 'f.nnet'], { cwd });
  expect(inspected.stdout).toContain('box of the file: [-1, 1] × [-1, 1]\n');
  const asked = ['--data', 'points.csv', '--network', 'f.nnet', '--radius', '1/4'];
  const proved = await muball(['prove', ...asked, '--json'], { cwd });
  // y0 < y1 at (0, 1)? y = (−1, 0): class 1 by argmax, its label is 0.
  expect(proved.code).toBe(1);
  const exported = await muball(['export', '--format', 'query', ...asked], { cwd });
  expect(exported.code).toBe(0);
});
