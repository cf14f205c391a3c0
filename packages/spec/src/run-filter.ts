import type * as z from 'zod';
import {distinct, examples, nonNegative, seed} from './fields.ts';

/** Which runs an analysis looks at; all of them where a list is absent. */
export const runFilter = {
  seeds: distinct(seed).exactOptional(),
  poisonFactors: distinct(nonNegative).exactOptional(),
};

export interface RunFilter {
  readonly seeds?: readonly number[];
  readonly poisonFactors?: readonly number[];
}

/** On how much of the training set an analysis looks: the first so many examples stand for all. Default: all. */
export const examplesFilter: {readonly examples: z.ZodExactOptional<typeof examples>} = {
  examples: examples.exactOptional(),
};
