import * as z from 'zod';
import {examples} from '../fields.ts';

/** The authors' wide-margin example: always the same points to train on; the seed draws others of both circles to test with. */
export const concentricCirclesSchema = z.strictObject({
  name: z.literal('concentric-circles'),
  /** The first so many of the authors' 130 points; 120 leave out the ten that spoil the wide margin. */
  train: examples.max(130),
  /** Examples to test on. */
  test: examples,
});
