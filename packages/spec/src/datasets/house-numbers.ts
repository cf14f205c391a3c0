import * as z from 'zod';
import {count} from '../fields.ts';

/** Pictures as of house numbers, drawn by arithmetic; each seed has its own. */
export const houseNumbersSchema = z.strictObject({
  name: z.literal('house-numbers'),
  /** Examples to train on. */
  train: count,
  /** Examples to test on. */
  test: count,
  /** Examples set apart for poison, each of which comes once in every epoch of poison. */
  poison: count,
  /** Side of a picture in pixels. Default 32. */
  size: z.int().min(16).max(512).exactOptional(),
});
