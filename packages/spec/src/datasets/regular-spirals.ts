import * as z from 'zod';
import {count, positive} from '../fields.ts';

/** The spirals of the minefield, without chance; the seed decides which points go where. */
export const regularSpiralsSchema = z.strictObject({
  name: z.literal('regular-spirals'),
  /** Examples to train on. */
  train: count,
  /** Examples to test on. */
  test: count,
  /** Examples set apart for poison. A step that asks for so many gets each of them once; another draws with replacement. */
  poison: count,
  /** Default 200. */
  pointsPerClass: count.exactOptional(),
  /** Turns of an arm. Default 1.5. */
  turns: positive.exactOptional(),
});
