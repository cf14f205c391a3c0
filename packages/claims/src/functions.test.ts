import {functionsProfiles} from '@minefield/spec';
import {expect, it} from 'vitest';
import {agreeable, syntheticSweep} from '../test/synthetic-sweep.ts';
import {settingsOf, withAnalyses} from '../test/with-analyses.ts';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const spec = functionsProfiles.full;
const settings = settingsOf(spec, 'guess');

/** What each of many networks says of the points, one after another. */
interface Told {
  readonly guessed: readonly number[];
  readonly trained: readonly number[];
}

function claimOf(tell: (examples: number, seed: number) => Told): Claim | undefined {
  const {experiment, records} = withAnalyses(syntheticSweep(agreeable, spec), 'guess', ({seed}) => {
    const searches = settings.fitted.map((examples) => {
      const functions = tell(examples, seed);
      const of = (many: readonly number[]): number[] => many.map(() => 0.5);
      const [guessed, trained] = [of(functions.guessed), of(functions.trained)];
      return {examples, draws: 10_000, guessed, trained, unfit: 0, functions};
    });
    return [{settings, data: {searches}}];
  });
  return verifyClaims(experiment, records).claims[0];
}

/** So many networks of each function. */
function counts(...many: readonly number[]): number[] {
  return many.flatMap((count, which) => Array.from({length: count}, () => which));
}

// Two halves of 100 that share 90: 50 and 40, 50 and 60.
const guessed = [...counts(50, 50), ...counts(40, 60)];

it('holds where training finds what chance does, about as often', () => {
  const claim = claimOf(() => ({guessed, trained: counts(70, 30)}));
  expect(claim).toMatchObject({id: 17, verdict: 'pass'});
  // 50 of the first and 30 of the second: 80 of 100, of 90 that other guesses share.
  expect(claim?.ours).toContain(
    '2 points, functions told apart by 8 others: trained networks share 80% with guessed ones, other guessed ones 90%: 88.9% of it',
  );
});

it('fails where it prefers others, at any number of points', () => {
  const others: Told = {guessed, trained: counts(100, 0)};
  expect(claimOf(() => others)?.verdict).toBe('fail');
  expect(
    claimOf((examples) => (examples === 3 ? others : {guessed, trained: guessed.slice(0, 100)}))?.verdict,
  ).toBe('fail');
  expect(claimOf(() => ({guessed, trained: counts(0, 0, 100)}))?.verdict).toBe('fail');
});

it('is judged by the median over seeds, and undecided where too few fit', () => {
  const same: Told = {guessed, trained: guessed.slice(0, 100)};
  expect(claimOf((_, seed) => (seed <= 2 ? {guessed, trained: counts(0, 0, 100)} : same))?.verdict).toBe(
    'pass',
  );
  expect(claimOf(() => ({guessed: guessed.slice(0, 199), trained: same.trained}))?.verdict).toBe('undecided');
  expect(claimOf(() => ({guessed, trained: counts(50)}))?.verdict).toBe('undecided');
});
