import type {Claim, Verdict} from './claims.ts';
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
