import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requireWritable } from '../../src/cli/require-writable.js';
import { InputError } from '../../src/format/index.js';
import { filesIn, folderWith } from './run-muball.js';

describe('requireWritable', () => {
  test('accepts what exists and what can be made, and makes nothing', () => {
    const folder = folderWith({ 'old.json': '' });
    requireWritable(folder, 'folder');
    requireWritable(join(folder, 'a', 'b'), 'folder');
    requireWritable(join(folder, 'old.json'), 'file');
    requireWritable(join(folder, 'a', 'b', 'new.json'), 'file');
    expect(filesIn(folder)).toEqual(['old.json']);
  });

  test.each<[string, 'file' | 'folder', RegExp]>([
    ['file.txt', 'folder', /file\.txt: cannot be written \(.*file\.txt is no folder\)$/],
    ['file.txt/below', 'folder', /file\.txt\/below: cannot be written \(.*file\.txt is no folder\)$/],
    ['file.txt/below.json', 'file', /below\.json: cannot be written \(.*file\.txt is no folder\)$/],
    ['sub', 'file', /sub: cannot be written \(a folder of this name exists\)$/],
  ])('refuses %s as a %s', (path, kind, message) => {
    const folder = folderWith({ 'file.txt': '', 'sub/file.txt': '' });
    const act = () => requireWritable(join(folder, path), kind);
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
  });
});
