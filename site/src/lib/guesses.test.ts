import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import type {Claim} from './claims.ts';
import {functionsIn, guessesIn} from './guesses.ts';
import type {Experiment} from './load-results.ts';

function claimOf(measures: Readonly<Record<string, number | null>>): Claim {
  const told = Object.entries(measures).map(([name, median]) => ({name, median}));
  return {id: 16, experiment: 'guesses', verdict: 'fail', measures: told} as unknown as Claim;
}

it('has a row for each number of points, and says nothing of what is not known', () => {
  const claim = claimOf({
    'accuracy guessed, 2 points': 0.51,
    'accuracy trained, 2 points': 0.56,
    'share of draws that fit, 2 points': 0.25,
    'accuracy guessed, 8 points': null,
    'accuracy trained, 8 points': 0.6,
    'share of draws that fit, 8 points': 0,
  });
  expect(guessesIn([claim])).toEqual({
    verdict: 'fail',
    rows: [
      {points: 2, draws: 4, guessed: 0.51, trained: 0.56},
      {points: 8, draws: null, guessed: null, trained: 0.6},
    ],
  });
});

it('is nothing without the claim, or without its numbers', () => {
  expect(guessesIn([])).toBeNull();
  expect(guessesIn([claimOf({})])).toBeNull();
});

/** An experiment of which each seed has this sample of functions that get two points right. */
function functionsOf(name: string, samples: readonly {guessed: number[]; trained: number[]}[]): Experiment {
  const records = samples.flatMap((functions, i) => {
    const run = syntheticRun({experiment: name, seed: i + 1});
    const record = syntheticAnalysis('guess', run);
    const [search] = record.data.searches;
    if (search === undefined) throw new Error('a synthetic record without a search');
    return [run, {...record, data: {searches: [{...search, functions}]}}];
  });
  return experimentOf(name, records);
}

function counts(...many: readonly number[]): number[] {
  return many.flatMap((count, which) => Array.from({length: count}, () => which));
}

it('has what samples of functions share, in medians over seeds', () => {
  const claim = {...claimOf({}), id: 17};
  const guessed = [...counts(50, 50), ...counts(40, 60)];
  const experiments = [
    functionsOf('functions', [
      ...[80, 75, 70].map((shared) => ({guessed, trained: counts(50, shared - 50, 100 - shared)})),
      // Too few to tell.
      {guessed: counts(3), trained: counts(1)},
    ]),
    functionsOf('functions-long', [{guessed, trained: counts(20, 0, 80)}]),
  ];
  expect(functionsIn([claim], experiments)).toEqual({
    verdict: 'fail',
    rows: [{points: 2, guessed: 0.9, trained: 0.75, longer: 0.2}],
  });
  expect(functionsIn([claim], experiments.slice(0, 1))?.rows[0]?.longer).toBeNull();
  expect(functionsIn([], experiments)).toBeNull();
  expect(functionsIn([claim], [])).toBeNull();
});
