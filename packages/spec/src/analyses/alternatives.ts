import * as z from 'zod';
import {LONGEST_LIST, examples, fraction, slug} from '../fields.ts';
import {recipeSchema} from '../recipe.ts';
import {runFilter} from '../run-filter.ts';
import {marginSettings} from './margin.ts';
import {matchedSettings} from './matched.ts';

/** How a network is trained otherwise than the run whose seed it shares; always without poison. */
const alternative = {
  /** What it is called, such as `sgd-batches-of-32`. */
  name: slug,
  recipe: recipeSchema,
  /** Where training begins: with the first weights of the run, or at the minimum that it ended in. Default: first weights. */
  from: z.enum(['first-weights', 'minimum']).exactOptional(),
  /** Training examples: the first of the run's where it has as many, else all of them and others drawn anew. Default: the run's. */
  trainExamples: examples.exactOptional(),
  /** Which part of the training labels is turned into another class. Default 0. */
  labelNoise: fraction.exactOptional(),
};

/** What is measured of each. */
const measured = {
  /** How many of the run's first training examples make a second landscape that it is measured in. Default: none. */
  reference: examples.exactOptional(),
  /** How many of its own training examples, the first, make its landscape. Default: all. */
  measuredExamples: examples.exactOptional(),
  /** Whether what raw log volumes have more than relative ones is told too. Default false. */
  raw: z.boolean().exactOptional(),
  radii: matchedSettings.shape.radii,
  curvature: matchedSettings.shape.curvature,
  /** Distances of its own examples to the decision boundary. Default: not measured. */
  margin: marginSettings.exactOptional(),
};

/** One network trained otherwise; a job has one. */
export const alternativesSettings = z.strictObject({...alternative, ...measured});

export const alternativesSpec = z.strictObject({
  ...runFilter,
  networks: z.array(z.strictObject(alternative)).min(1).max(LONGEST_LIST),
  ...measured,
});
