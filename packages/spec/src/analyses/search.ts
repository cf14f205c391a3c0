import * as z from 'zod';
import {LONGEST_LIST, nonNegative, steps, upTo} from '../fields.ts';
import {recipeSchema} from '../recipe.ts';
import {runFilter} from '../run-filter.ts';

/** β and recipe of each search. */
const training = {poisonFactor: nonNegative, recipe: recipeSchema};

/** What one job of a search does. */
export const searchSettings = z.strictObject({
  /** Steps of the run from whose parameters the searches begin, rising. */
  starts: z.array(steps).min(1).max(LONGEST_LIST),
  ...training,
});

/** Bad minima sought from points on the path that training took. */
export const searchSpec = z.strictObject({
  ...runFilter,
  /** Steps of the run between two searches' starts; a multiple of its `evaluateEvery`. */
  every: steps,
  /** Searches that one job does side by side; no number depends on it. */
  group: upTo(1024),
  ...training,
});
