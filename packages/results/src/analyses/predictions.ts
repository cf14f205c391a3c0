import {z} from 'zod';
import {sha256Schema} from '../fields.ts';

const classes = z.array(z.int().nonnegative());

/** What a network says of single test examples, the first of the test set. */
export const predictionsDataSchema = z
  .strictObject({
    fingerprint: sha256Schema.describe('Of these examples, as the data set that they are by themselves'),
    label: classes.describe('True class of each example'),
    predicted: classes.describe('The most probable class'),
    probability: z.array(z.number().min(0).max(1)).describe('Of the predicted class, by the network'),
  })
  .refine(
    ({label, predicted, probability}) =>
      label.length === predicted.length && label.length === probability.length,
    'expected as many predictions as labels',
  );
