import {expect, it} from 'vitest';
import type {Claim} from './claims.ts';
import {guessesIn} from './guesses.ts';

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
