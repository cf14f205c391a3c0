import {InputError, InternalError} from '@minefield/core';
import {StoreError} from '@minefield/results/node';
import {describe, expect, it} from 'vitest';
import {packFailure, unpackFailure} from './worker-protocol.ts';

/** What is left of an error on the other side: its message. */
function across(error: unknown): Error {
  return unpackFailure(packFailure(error));
}

describe('an error from a worker process', () => {
  it.each([
    new InputError('landscape.basinRadii: expected a cutoff, got none'),
    new StoreError('the disk is full', '/x', 'ENOSPC'),
  ])('is refused input again where it was foreseen, in its own words: %s', (error) => {
    expect(across(error)).toBeInstanceOf(InputError);
    expect(across(error).message).toBe(error.message);
  });

  it.each([new TypeError('x is not a function'), new InternalError('core.at: expected an element 3')])(
    'keeps the stack of the other process where nobody foresaw it: %s',
    (error) => {
      const here = across(error);
      expect(here).not.toBeInstanceOf(InputError);
      expect(here.message).toContain(error.message);
      expect(here.message).not.toContain('\n');
      expect(here.stack).toBe(error.stack);
    },
  );
});
