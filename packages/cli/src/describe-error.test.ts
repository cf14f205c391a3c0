import {BackendUnavailableError} from '@minefield/backend/node';
import {InputError, InternalError} from '@minefield/core';
import {SafetensorsError} from '@minefield/safetensors';
import {parseSpec} from '@minefield/spec';
import {StoreError} from '@minefield/results/node';
import {describe, expect, it} from 'vitest';
import {describeError, withoutOrigin} from './describe-error.ts';
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

  it.each([
    new InputError('core.at: expected 1, got 2'),
    new SafetensorsError('safetensors.decodeSafetensors: expected 1, got 2'),
    new BackendUnavailableError('webgpu', 'no adapter', 'use wasm', undefined),
  ])('gives one sentence for $name, which somebody can put right', (error) => {
    expect(describeError(error)).toMatch(/^expected [^\n]*$/);
  });

  it('goes by the class and not by the words: a bug that reads like refused input keeps its stack', () => {
    for (const error of [
      new RangeError('core.at: expected 1, got 2'),
      new InternalError('core.at: expected 1, got 2'),
    ]) {
      expect(describeError(error)).toMatch(/core\.at: expected 1, got 2\n +at /);
    }
  });

  it('shows where an unforeseen error came from', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatch(
      /TypeError: x is not a function\n\s+at /,
    );
  });
});

it('an error of a job keeps everything but the function that complained', () => {
  expect(withoutOrigin('landscape.basinRadii: expected a finite loss')).toBe('expected a finite loss');
  const bug = 'TypeError: x is not a function\n    at y';
  expect(withoutOrigin(bug)).toBe(bug);
});
