import {join} from 'node:path';
import {expect, it} from 'vitest';
import {svhnFolder, svhnPath} from './svhn-folder.ts';

it('a part has the name that SVHN gives it', () => {
  expect(svhnPath('train')).toBe(join(svhnFolder(), 'train_32x32.mat'));
  expect(svhnPath('extra', 'here')).toBe(join('here', 'extra_32x32.mat'));
});
