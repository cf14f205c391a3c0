import {type FunctionShares, functionShares} from '@minefield/claims';
import type {Claim, Verdict} from './claims.ts';
import {median} from './format.ts';
import type {Experiment} from './load-results.ts';
import {numbersOf} from './since.ts';

/** Claim 16. Medians over seeds. */
export interface Guesses {
  readonly verdict: Verdict;
  readonly rows: readonly GuessesRow[];
}

/** Networks that fit so many points: weights drawn at random, and trained ones. */
export interface GuessesRow {
  readonly points: number;
  /** How many draws it takes for one that fits; null where none was found. */
  readonly draws: number | null;
  /** Mean accuracies on points never seen; null where nothing is known. */
  readonly guessed: number | null;
  readonly trained: number | null;
}

const NAMES = {
  guessed: 'accuracy guessed',
  trained: 'accuracy trained',
  share: 'share of draws that fit',
} as const;

export function guessesIn(claims: readonly Claim[]): Guesses | null {
  const claim = claims.find(({id}) => id === 16);
  const measures = claim?.measures ?? [];
  const value = (name: keyof typeof NAMES, points: number): number | null =>
    numbersOf(measures.filter((measure) => measure.name === `${NAMES[name]}, ${points} points`))[0] ?? null;
  const sizes = measures.flatMap(({name}) => {
    const points = /^accuracy guessed, (\d+) points$/.exec(name)?.[1];
    return points === undefined ? [] : [Number(points)];
  });
  if (claim === undefined || sizes.length === 0) return null;
  const rows = sizes.map((points): GuessesRow => {
    const share = value('share', points);
    return {
      points,
      draws: share === null || share === 0 ? null : 1 / share,
      guessed: value('guessed', points),
      trained: value('trained', points),
    };
  });
  return {verdict: claim.verdict, rows};
}

/** Claim 17, and what becomes of it where training goes on. Medians over seeds. */
export interface Functions {
  readonly verdict: Verdict;
  readonly rows: readonly FunctionsRow[];
}

/** What samples of functions that get so many points right share with one of guesses, 0 .. 1; null where nothing is known. */
export interface FunctionsRow {
  readonly points: number;
  /** Another sample of guesses. */
  readonly guessed: number | null;
  /** Trained networks, where training ends as soon as the points are right, and where it goes on. */
  readonly trained: number | null;
  readonly longer: number | null;
}

export function functionsIn(claims: readonly Claim[], experiments: readonly Experiment[]): Functions | null {
  const claim = claims.find(({id}) => id === 17);
  const [found, longer] = ['functions', 'functions-long'].map((name) =>
    (experiments.find(({record}) => record.experiment === name)?.records.analyses('guess') ?? []).flatMap(
      ({data}) => data.searches,
    ),
  );
  const sizes = [...new Set(found?.map(({examples}) => examples))].toSorted((a, b) => a - b);
  if (claim === undefined || sizes.length === 0) return null;
  const share = (of: typeof found, points: number, which: keyof FunctionShares): number | null =>
    median(
      (of ?? []).flatMap(({examples, functions}) =>
        examples === points && functions ? (functionShares(functions)?.[which] ?? []) : [],
      ),
    );
  const rows = sizes.map((points) => ({
    points,
    guessed: share(found, points, 'again'),
    trained: share(found, points, 'trained'),
    longer: share(longer, points, 'trained'),
  }));
  return {verdict: claim.verdict, rows};
}
