import * as z from 'zod';
import {analysesSchema} from './analysis.ts';
import {datasetSchema} from './dataset.ts';
import type {DeepReadonly} from './deep-readonly.ts';
import {distinct, rising, seed, slug, upTo} from './fields.ts';
import {initializationSchema} from './initialization.ts';
import {modelSchema} from './model.ts';
import {recipeSchema} from './recipe.ts';

const runFields = {
  dataset: datasetSchema,
  model: modelSchema,
  initialization: initializationSchema,
  recipe: recipeSchema,
};

/** The part of an experiment's spec that one run depends on, besides its seed and poison factor. */
export const runSpecSchema = z.strictObject(runFields);

/**
 * What an experiment is: everything that its numbers depend on, and nothing else. The form alone; `parseSpec` also asks
 * whether the parts go together.
 */
export const experimentSpecSchema = z.strictObject({
  /** Name of the folder that the records go to: lower-case letters, digits and hyphens. */
  experiment: slug,
  /** Which size of the experiment this is, such as `quick` or `full`. */
  profile: slug,
  title: z.string().min(1).max(1000),
  ...runFields,
  /** β of each level, >= 0, rising. */
  poisonFactors: rising,
  /** One network is trained for every seed at every level; data, first weights and poison all come from the seed. */
  seeds: distinct(seed),
  analyses: analysesSchema,
  /** Claims that this profile's training budget is meant to decide; the others are reported as undecided. */
  decides: z.array(upTo(1000)).max(1000),
});

export type RunSpec = DeepReadonly<z.infer<typeof runSpecSchema>>;
export type ExperimentSpec = DeepReadonly<z.infer<typeof experimentSpecSchema>>;
