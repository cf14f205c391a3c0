import {InputError, InternalError, at} from '@minefield/core';
import {afterEach, expect, it, vi} from 'vitest';
import {minefield} from '../test/in-process.ts';

afterEach(() => vi.restoreAllMocks());

/** A command whose last step fails so. */
function failing(fail: () => never): ReturnType<typeof minefield> {
  vi.spyOn(JSON, 'stringify').mockImplementation(fail);
  return minefield(...'volume --objective ball --directions 2 --json'.split(' '));
}

it.each<[string, () => never, RegExp]>([
  [
    'a call of nothing',
    () => {
      throw new TypeError('x is not a function');
    },
    /TypeError: x is not a function\n +at .*run-cli\.test\.ts/,
  ],
  [
    'an element that has to be there',
    () => at<never>([], 0),
    /InternalError: core\.at: expected an element 0, got 0 of them; this is a bug\n +at /,
  ],
  [
    'a broken invariant',
    () => {
      throw new InternalError('x.y: expected a row, got none; this is a bug');
    },
    /InternalError: x\.y: .*\n +at .*run-cli\.test\.ts/,
  ],
])('%s keeps its stack, and is owned up to', async (_, fail, says) => {
  const {code, out, notes} = await failing(fail);
  expect(notes).toMatch(/^error: most likely a bug of Minefield; please report it with these lines:\n/);
  expect(notes).toMatch(says);
  expect({code, out}).toEqual({code: 2, out: ''});
});

it('refused input shows its sentence alone', async () => {
  const {code, notes} = await failing(() => {
    throw new InputError('x.y: expected 1, got 2; take 1');
  });
  expect(notes).toBe('error: expected 1, got 2; take 1\n');
  expect(code).toBe(2);
});
