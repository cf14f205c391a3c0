import {at} from '@minefield/core';
import {atLeast, exactly, unknown} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {bracketList, bracketText, percent} from './format.ts';
import {judge} from './judge.ts';
import {type Level, measureLevel} from './level.ts';
import {overSeeds} from './measured.ts';
import {analysisMeasure} from './measures.ts';
import type {Sweep} from './sweep.ts';

const BOUND = {least: 0.8};
/** Of fewer networks the functions are too thinly spread to compare. */
const ENOUGH = 100;

/** What two samples of networks share, 0 .. 1. */
export interface FunctionShares {
  /** Of trained and guessed networks. */
  readonly trained: number;
  /** Of guessed networks and others. */
  readonly again: number;
}

/**
 * Claim 17, of Mingard et al. 2021: of the functions that get the training examples right, an optimizer finds each about as often as
 * it comes up among weights drawn at random. Both are samples, and two samples of one distribution do not agree wholly; so how much
 * trained networks share with a sample of guesses is held against what a second sample of guesses shares with it.
 */
export function functionsByChance(sweep: Sweep): Claim {
  const clean = at(sweep.spec.poisonFactors, 0);
  const {fitted = [], functionExamples = 0} = sweep.spec.analyses.guess ?? {};
  const parts = fitted.map((examples) => {
    const level = (read: (shares: FunctionShares) => number): Level =>
      measureLevel(
        sweep,
        clean,
        analysisMeasure('guess', ({searches}) => {
          const functions = searches.find((search) => search.examples === examples)?.functions;
          if (functions === undefined) return undefined;
          const shares = functionShares(functions);
          return shares === null ? unknown : exactly(read(shares));
        }),
      );
    return {
      examples,
      trained: level(({trained}) => trained),
      again: level(({again}) => again),
      ratio: level(({trained, again}) => trained / again),
    };
  });
  return judge(
    {
      id: 17,
      title: 'Training finds a function about as often as chance does, among those that fit',
      paper:
        'Mingard et al. 2021: the probability that SGD finds a function is close to its Bayesian posterior',
      criterion:
        'what trained networks share with as many guessed ones, Σ min of how often each finds a function, is ≥ ' +
        `${percent(BOUND.least)} of what as many other guessed ones share with these, median over seeds, at each number of points`,
    },
    sweep,
    {levels: 1},
    {
      ours: parts
        .map(
          ({examples, trained, again, ratio}) =>
            `${examples} points, functions told apart by ${functionExamples} others: trained networks share ` +
            `${bracketText(trained.median, percent)} with guessed ones, other guessed ones ${bracketText(again.median, percent)}: ` +
            `${bracketText(ratio.median, percent)} of it (${bracketList(ratio.bySeed, percent)})`,
        )
        .join('; '),
      verdict: allOf(parts.map(({ratio}) => atLeast(ratio.median, BOUND.least))),
      levels: parts.flatMap(({trained, again}) => [trained, again]),
      measures: parts.flatMap(({examples, trained, again, ratio}) => [
        overSeeds({name: `shared by trained and guessed, ${examples} points`, unit: 'fraction'}, trained),
        overSeeds({name: `shared by guessed and guessed, ${examples} points`, unit: 'fraction'}, again),
        overSeeds(
          {name: `the one as a part of the other, ${examples} points`, unit: 'fraction'},
          ratio,
          BOUND,
        ),
      ]),
      reason: `fewer than ${ENOUGH} trained networks fit, or not twice as many guessed ones`,
    },
  );
}

/**
 * Each network is told by what it says of the same examples, as a number. What trained networks share with as many guessed ones, and
 * what the next guessed ones, as many again, share with these: Σ over functions of the smaller of the two shares in which they come,
 * 0 .. 1.
 *
 * @returns null where fewer than a hundred trained networks fit, or not twice as many guessed ones, or these share nothing
 */
export function functionShares({
  guessed,
  trained,
}: {
  readonly guessed: readonly number[];
  readonly trained: readonly number[];
}): FunctionShares | null {
  const count = trained.length;
  if (count < ENOUGH || guessed.length < 2 * count) return null;
  const first = guessed.slice(0, count);
  const again = overlap(first, guessed.slice(count, 2 * count));
  return again === 0 ? null : {trained: overlap(first, trained), again};
}

/** Of samples of equal size. */
function overlap(one: readonly number[], other: readonly number[]): number {
  const left = new Map<number, number>();
  for (const which of one) left.set(which, (left.get(which) ?? 0) + 1);
  let shared = 0;
  for (const which of other) {
    const many = left.get(which) ?? 0;
    if (many === 0) continue;
    left.set(which, many - 1);
    shared += 1;
  }
  return shared / one.length;
}
