import * as z from 'zod';
import {count, fraction} from '../fields.ts';

/** What a network says of the first test examples: a number whose binary digit k is whether it gets example k right. */
const functions = z.array(
  z
    .int()
    .nonnegative()
    .max(2 ** 30 - 1),
);

const searchSchema = z.strictObject({
  examples: count.describe('To be fitted, the first of the training set'),
  draws: count.describe('Networks drawn at random'),
  guessed: z
    .array(fraction)
    .describe('Accuracy on points never seen of every network drawn that got all of these examples right'),
  trained: z.array(fraction).describe('The same of networks that were trained, and got all of them right'),
  unfit: count.describe('Networks that were trained, and did not'),
  functions: z
    .strictObject({
      guessed: functions.describe('Of the networks of `guessed`, in their order'),
      trained: functions.describe('Of those of `trained`'),
    })
    .exactOptional()
    .describe('Where asked for: what each network says of a few test examples, as one number'),
});

/** Weights drawn at random until some fit a few examples, beside trained ones. */
export const guessDataSchema = z.strictObject({searches: z.array(searchSchema).min(1)});
