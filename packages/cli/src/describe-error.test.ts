import {parseSpec} from '@minefield/spec';
import {StoreError} from '@minefield/results/node';
import {describe, expect, it} from 'vitest';
import {describeError} from './describe-error.ts';
import {UsageError} from './usage-error.ts';

describe('describeError', () => {
  it('leaves out which function of a library complained', () => {
    try {
      parseSpec({}, 'my.json');
    } catch (error) {
      expect(describeError(error)).toMatch(/^expected an experiment spec in my\.json, got \d+ problems:/);
    }
  });

  it('says what a mistake or a failed file is in its own words', () => {
    expect(describeError(new UsageError('name a file'))).toBe('name a file');
    expect(describeError(new StoreError('the disk is full', '/x', 'ENOSPC'))).toBe('the disk is full');
  });

  it('shows where an unforeseen error came from', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatch(
      /TypeError: x is not a function\n\s+at /,
    );
  });
});
