import {at} from '@minefield/core';
import {type Bracket, atLeast, atMost, exactly, isExact, unknown} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {medianText, percent, significant} from './format.ts';
import {judge} from './judge.ts';
import {type Level, type Measure, measureLevel} from './level.ts';
import {overSeeds} from './measured.ts';
import {analysisMeasure} from './measures.ts';
import type {Sweep} from './sweep.ts';

const NEAR = 0.05;
const MORE_THAN_CHANCE = 0.55;
/** Fewer networks that fit say nothing of their kind. */
const ENOUGH = 20;

/**
 * Claim 16, of Chiang et al. 2023: with no optimizer at work, weights that happen to fit generalize as well as trained ones. It is
 * the volume argument itself, for as few points as chance can fit.
 */
export function guessesGeneralize(sweep: Sweep): Claim {
  const clean = at(sweep.spec.poisonFactors, 0);
  const fitted = sweep.spec.analyses.guess?.fitted ?? [];
  const parts = fitted.map((examples) => {
    const level = (read: (search: Search) => Bracket): Level =>
      measureLevel(sweep, clean, ofSearch(examples, read));
    const apart = level(apartOf);
    return {
      examples,
      guessed: level(({guessed}) => meanOf(guessed)),
      trained: level(({trained}) => meanOf(trained)),
      apart,
      /** One seed with too few guesses leaves its median to chance. */
      enough: apart.bySeed.every((value) => value === undefined || isExact(value)),
      share: level(({guessed, draws}) => exactly(guessed.length / draws)),
    };
  });
  const decided = parts.filter(({enough}) => enough);
  const most = decided.at(-1);
  return judge(
    {
      id: 16,
      title: 'Weights drawn at random that fit generalize as well as trained ones',
      paper:
        'Chiang et al. 2023: guess and check finds networks that generalize as well as those of gradient descent',
      criterion:
        `mean accuracy on points never seen, median over seeds: guessed no more than ${100 * NEAR} points below trained at each ` +
        `number of points that ${ENOUGH} or more guesses of every seed fit, and ≥ ${percent(MORE_THAN_CHANCE)} at the largest of these`,
    },
    sweep,
    {levels: 1},
    {
      ours: parts
        .map(
          ({examples, guessed, trained, apart, enough, share}) =>
            `${examples} points: guessed ${medianText(guessed, percent)}, trained ${medianText(trained, percent)}, ` +
            `${enough ? `apart by ${medianText(apart, percent)}` : 'too few guesses to decide by'}, ` +
            `${share.median.low > 0 ? `one draw in ${significant(1 / share.median.low)}` : 'no draw'} fits`,
        )
        .join('; '),
      verdict: allOf([
        ...decided.map(({apart}) => atMost(apart.median, NEAR)),
        most === undefined ? 'undecided' : atLeast(most.guessed.median, MORE_THAN_CHANCE),
      ]),
      levels: parts.flatMap(({guessed, trained}) => [guessed, trained]),
      measures: parts.flatMap(({examples, guessed, trained, share}) => [
        overSeeds({name: `accuracy guessed, ${examples} points`, unit: 'fraction'}, guessed),
        overSeeds({name: `accuracy trained, ${examples} points`, unit: 'fraction'}, trained),
        overSeeds({name: `share of draws that fit, ${examples} points`, unit: 'fraction'}, share),
      ]),
      reason: `fewer than ${ENOUGH} guesses fit`,
    },
  );
}

interface Search {
  readonly examples: number;
  readonly draws: number;
  readonly guessed: readonly number[];
  readonly trained: readonly number[];
}

function ofSearch(examples: number, read: (search: Search) => Bracket): Measure {
  return analysisMeasure('guess', ({searches}) => {
    const found = searches.find((search) => search.examples === examples);
    return found && read(found);
  });
}

function meanOf(accuracies: readonly number[]): Bracket {
  if (accuracies.length === 0) return unknown;
  return exactly(accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length);
}

/** How far guessed networks lie below trained ones; nothing is known where too few fit. */
function apartOf({guessed, trained}: Search): Bracket {
  if (guessed.length < ENOUGH || trained.length === 0) return unknown;
  return exactly(meanOf(trained).low - meanOf(guessed).low);
}
