import {join} from 'node:path';
import {expect, it} from 'vitest';
import {cacheFolder, svhnFolder, svhnPath} from './svhn-folder.ts';

it.each([
  ['linux', {}, join('/home/me', '.cache')],
  ['linux', {XDG_CACHE_HOME: '/elsewhere'}, '/elsewhere'],
  ['linux', {XDG_CACHE_HOME: 'not/absolute'}, join('/home/me', '.cache')],
  ['darwin', {XDG_CACHE_HOME: '/elsewhere'}, join('/home/me', 'Library', 'Caches')],
  ['win32', {LOCALAPPDATA: 'C:\\Local'}, 'C:\\Local'],
  ['win32', {}, join('/home/me', 'AppData', 'Local')],
])('caches on %s with %o go to %s', (platform, environment, folder) => {
  expect(cacheFolder(platform, environment, '/home/me')).toBe(folder);
});

it('a part has the name that SVHN gives it', () => {
  expect(svhnPath('train')).toBe(join(svhnFolder(), 'train_32x32.mat'));
  expect(svhnPath('extra', 'here')).toBe(join('here', 'extra_32x32.mat'));
});
