import * as z from 'zod';
import {examples} from '../fields.ts';

/** Images of SVHN from one file, which each seed shuffles and cuts into train, test and poison. */
export const svhnSchema = z.strictObject({
  name: z.literal('svhn'),
  /** 3, or 1 for grey images. The file at hand decides where it is absent. */
  channels: z.union([z.literal(1), z.literal(3)]).exactOptional(),
  /** By constants of each channel, or by mean and deviation of each image. Default `per-channel`. */
  normalization: z.enum(['per-channel', 'per-image']).exactOptional(),
  /** Examples to train on. */
  train: examples,
  /** Examples to test on. */
  test: examples,
  /** Examples set apart for poison, each of which comes once in every epoch of poison. */
  poison: examples,
});
