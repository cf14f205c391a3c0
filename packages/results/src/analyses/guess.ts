import * as z from 'zod';
import {count, fraction} from '../fields.ts';

const searchSchema = z.strictObject({
  examples: count.describe('To be fitted, the first of the training set'),
  draws: count.describe('Networks drawn at random'),
  guessed: z
    .array(fraction)
    .describe('Accuracy on points never seen of every network drawn that got all of these examples right'),
  trained: z.array(fraction).describe('The same of networks that were trained, and got all of them right'),
  unfit: count.describe('Networks that were trained, and did not'),
});

/** Weights drawn at random until some fit a few examples, beside trained ones. */
export const guessDataSchema = z.strictObject({searches: z.array(searchSchema).min(1)});
