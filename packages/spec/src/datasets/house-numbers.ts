import * as z from 'zod';
import {examples} from '../fields.ts';

/** Pictures as of house numbers, drawn by arithmetic; each seed has its own. */
export const houseNumbersSchema = z.strictObject({
  name: z.literal('house-numbers'),
  /** Examples to train on. */
  train: examples,
  /** Examples to test on. */
  test: examples,
  /** Examples set apart for poison, each of which comes once in every epoch of poison. */
  poison: examples,
  /** Side of a picture in pixels. Default 32. */
  size: z.int().min(16).max(512).exactOptional(),
});
