import {expect, it} from 'vitest';
import {isPlaceholder, parseAddress, readAddress} from './address.ts';
import {getDependencyReleaseLine, releaseLine} from './changelog.ts';

const commit = '67a54b1c0ffee0000000000000000000000000ab';
const summary = 'A new door.\n\nAnd a window:\n\n- of glass';

it('sets a change as an item of a list, with its commit once there is an address', () => {
  const item = '- A new door.\n\n  And a window:\n\n  - of glass';
  expect(releaseLine({summary, commit}, 'https://repository.invalid/minefield')).toBe(item);
  expect(releaseLine({summary}, 'https://github.com/someone/minefield')).toBe(item);
  expect(releaseLine({summary, commit}, 'https://github.com/someone/minefield')).toBe(
    `${item} ([67a54b1](https://github.com/someone/minefield/commit/${commit}))`,
  );
});

it('names the versions of dependencies once, however many changes they had', () => {
  expect(getDependencyReleaseLine([], [])).toBe('');
  const dependencies = [
    {name: '@minefield/core', newVersion: '0.2.0'},
    {name: '@minefield/spec', newVersion: '0.1.1'},
  ];
  expect(getDependencyReleaseLine([], dependencies)).toBe(
    '- Works with `@minefield/core` 0.2.0 and `@minefield/spec` 0.1.1.',
  );
});

it('takes addresses of repositories as they are written everywhere', () => {
  const address = 'https://github.com/someone/minefield';
  for (const text of [address, `${address}/`, `${address}.git`, `git+${address}.git`, ` ${address}\n`])
    expect(parseAddress(text)).toBe(address);
  for (const text of ['', 'undefined', 'git@github.com:someone/minefield.git', 'https://github.com/'])
    expect(() => parseAddress(text)).toThrow(/expected the repository's address/);
});

it('reads the address of the root manifest, and knows a placeholder', () => {
  expect(readAddress()).toMatch(/^https:\/\//);
  expect(isPlaceholder('https://repository.invalid/minefield')).toBe(true);
  expect(isPlaceholder('https://github.com/someone/minefield')).toBe(false);
});
