import * as z from 'zod';
import {examples, positive} from '../fields.ts';

/** The spirals of the minefield, without chance; the seed decides which points go where. */
export const regularSpiralsSchema = z.strictObject({
  name: z.literal('regular-spirals'),
  /** Examples to train on. */
  train: examples,
  /** Examples to test on. */
  test: examples,
  /** Examples set apart for poison. A step that asks for so many gets each of them once; another draws with replacement. */
  poison: examples,
  /** Default 200. */
  pointsPerClass: examples.exactOptional(),
  /** Turns of an arm. Default 1.5. */
  turns: positive.exactOptional(),
});
