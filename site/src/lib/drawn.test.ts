import {lineScan} from '@minefield/figures';
import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {drawn} from './drawn.ts';

const line = syntheticAnalysis('line', syntheticRun());

it('leaves out a figure for which nothing was measured', () => {
  expect(drawn('line', () => lineScan([]))).toEqual([]);
  expect(drawn('line', () => lineScan([line]))).toHaveLength(1);
});

it('passes on every other RangeError: a figure that we ask for wrongly must not vanish', () => {
  expect(() => drawn('line', () => lineScan([line], {maximumLoss: -1}))).toThrow(
    'figures.lineScan: expected maximumLoss > 0, got -1',
  );
  const broken = (): never => {
    throw new RangeError('Invalid array length');
  };
  expect(() => drawn('broken', broken)).toThrow('Invalid array length');
});
