import * as z from 'zod';
import {examples, nonNegative, positive} from '../fields.ts';

/** The toy's spirals, drawn anew for every seed; poison is drawn anew for every step. */
export const twoSpiralsSchema = z.strictObject({
  name: z.literal('two-spirals'),
  /** Examples to train on. */
  train: examples,
  /** Examples to test on. */
  test: examples,
  /** Further test examples, drawn to estimate the generalization gap more sharply. */
  fresh: examples,
  /** Standard deviation of the noise of each coordinate. Default 0.5. */
  noise: nonNegative.exactOptional(),
  /** Turns from the center to the end of an arm. Default 600°/360°. */
  turns: positive.exactOptional(),
});
