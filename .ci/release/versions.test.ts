import {expect, it} from 'vitest';
import {bumpsBetween, describeBumps} from './versions.ts';

it('tells which versions are others, a step at a time', () => {
  const before = new Map([
    ['@minefield/core', '0.1.0'],
    ['@minefield/spec', '0.1.0'],
    ['@minefield/cli', '0.1.0'],
    ['@minefield/svhn', '0.1.0'],
  ]);
  const after = new Map([
    ...before,
    ['@minefield/core', '0.2.0'],
    ['@minefield/cli', '0.1.1'],
    ['@minefield/svhn', '0.1.1'],
  ]);
  const bumps = bumpsBetween(before, after);
  expect(bumps.map(({name}) => name)).toEqual(['@minefield/core', '@minefield/cli', '@minefield/svhn']);
  expect(describeBumps(bumps)).toBe('core 0.1.0 → 0.2.0; cli, svhn 0.1.0 → 0.1.1');
  expect(describeBumps([])).toBe('nothing to release');
});

it('counts packages where they are many', () => {
  const bumps = Array.from({length: 18}, (_, i) => ({name: `@minefield/${i}`, from: '0.0.0', to: '0.1.0'}));
  expect(describeBumps(bumps)).toBe('18 packages 0.0.0 → 0.1.0');
});
