import * as z from 'zod';
import {count, distinct, examples, isRising, upTo} from '../fields.ts';
import {recipeSchema} from '../recipe.ts';
import {runFilter} from '../run-filter.ts';

/** Of these, which are right is a number that JSON has exactly; and of more there are more functions than anybody draws. */
const MOST_FUNCTION_EXAMPLES = 30;

/** Weights drawn at random until some fit a few training examples, beside networks that were trained on these. */
export const guessSettings = z.strictObject({
  /** How many training examples, the first, are to be fitted, rising: each is a search of its own. */
  fitted: distinct(examples).refine(isRising, 'expected rising numbers'),
  /** Networks that fit, at which a search ends. */
  wanted: count,
  /** Draws at which a search gives up. */
  draws: upTo(1_000_000_000),
  /** Networks trained for each number of examples, from other weights, and how. */
  trained: count,
  recipe: recipeSchema,
  /**
   * How many test examples, the first, make up what a network's function is (Mingard et al. 2021): which of them it gets right.
   * Default: functions are not told.
   */
  functionExamples: upTo(MOST_FUNCTION_EXAMPLES).exactOptional(),
});

export const guessSpec = guessSettings.extend(runFilter);
