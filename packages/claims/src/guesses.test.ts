import {guessesProfiles} from '@minefield/spec';
import {expect, it} from 'vitest';
import {agreeable, syntheticSweep} from '../test/synthetic-sweep.ts';
import {settingsOf, withAnalyses} from '../test/with-analyses.ts';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const spec = guessesProfiles.full;
const settings = settingsOf(spec, 'guess');
const {fitted} = settings;

/** How many guesses fit, and mean accuracies. */
interface Told {
  readonly count: number;
  readonly guessed: number;
  readonly trained: number;
}

function claimOf(tell: (examples: number, seed: number) => Told): Claim | undefined {
  const around = (mean: number, many: number): number[] =>
    Array.from({length: many}, (_, i) => mean + (i % 2 === 0 ? 0.1 : -0.1));
  const {experiment, records} = withAnalyses(syntheticSweep(agreeable, spec), 'guess', ({seed}) => {
    const searches = fitted.map((examples) => {
      const {count, guessed, trained} = tell(examples, seed);
      return {
        examples,
        draws: 2 ** examples * 100,
        guessed: around(guessed, count),
        trained: around(trained, 16),
        unfit: 0,
      };
    });
    return [{settings, data: {searches}}];
  });
  return verifyClaims(experiment, records).claims[0];
}

const well: Told = {count: 100, guessed: 0.6, trained: 0.62};

it('holds where guesses do as well as trained networks, and better than chance', () => {
  const claim = claimOf(() => well);
  expect(claim).toMatchObject({id: 16, verdict: 'pass'});
  expect(claim?.ours).toContain(
    '2 points: guessed 60% (60%, 60%, 60%, 60%, 60%), trained 62% (62%, 62%, 62%, 62%, 62%), apart by 2% (2%, 2%, 2%, 2%, 2%), one draw in 4 fits',
  );
});

it('fails where they do worse than trained ones, or no better than chance', () => {
  expect(claimOf((examples) => (examples === 6 ? {...well, trained: 0.7} : well))?.verdict).toBe('fail');
  expect(claimOf(() => ({...well, guessed: 0.53, trained: 0.53}))?.verdict).toBe('fail');
});

it('asks for more than chance at the most points that are decided, not the fewest', () => {
  const chance: Told = {...well, guessed: 0.53, trained: 0.53};
  const fewest = Math.min(...fitted);
  expect(claimOf((examples) => (examples === fewest ? well : chance))?.verdict).toBe('fail');
  expect(claimOf((examples) => (examples === fewest ? chance : well))?.verdict).toBe('pass');
});

it('is judged by the median over seeds, and as far as enough guesses fit', () => {
  expect(claimOf((_, seed) => (seed <= 2 ? {...well, trained: 0.9} : well))?.verdict).toBe('pass');
  const rare = claimOf((examples) => (examples >= 8 ? {count: 5, guessed: 0.5, trained: 0.9} : well));
  expect(rare?.verdict).toBe('pass');
  expect(rare?.ours).toContain('trained 90% (90%, 90%, 90%, 90%, 90%), too few guesses to decide by');
  expect(claimOf(() => ({...well, count: 5}))?.verdict).toBe('undecided');
});

it('does not hang on the few guesses of one seed', () => {
  const verdictWith = (guessed: number): string | undefined =>
    claimOf((examples, seed) =>
      examples < 6
        ? {...well, guessed: 0.53, trained: 0.53}
        : examples > 6
          ? {...well, count: 0}
          : seed === 2
            ? {count: 1, guessed, trained: 0.6}
            : {...well, guessed: seed < 4 ? 0.53 : 0.6, trained: 0.6},
    )?.verdict;
  expect([verdictWith(0.4), verdictWith(0.99)]).toEqual(['fail', 'fail']);
});
