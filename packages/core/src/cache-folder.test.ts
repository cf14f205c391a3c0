import {expect, it} from 'vitest';
import {cacheFolder} from './cache-folder.ts';

it.each([
  ['linux', {}, '/home/me/.cache'],
  ['linux', {XDG_CACHE_HOME: '/elsewhere'}, '/elsewhere'],
  ['linux', {XDG_CACHE_HOME: 'not/absolute'}, '/home/me/.cache'],
  ['darwin', {XDG_CACHE_HOME: '/elsewhere'}, '/home/me/Library/Caches'],
  ['win32', {LOCALAPPDATA: 'C:\\Local'}, 'C:\\Local'],
  ['win32', {}, '/home/me/AppData/Local'],
])('caches on %s with %o go to %s', (platform, environment, folder) => {
  expect(cacheFolder(platform, environment, '/home/me')).toBe(folder);
});
