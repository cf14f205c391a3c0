import * as z from 'zod';
import {fraction, positive} from '../fields.ts';

const fitSchema = z.strictObject({
  count: positive.describe('Features of an example; monomials of a polynomial'),
  train: fraction.describe('Accuracy on the training set'),
  test: fraction,
  fresh: fraction.nullable().describe('On further test examples, where the data have some'),
});

/** Linear classifiers on the training set of a network, one for each of the feature maps of its settings, in their order. */
export const linearDataSchema = z.strictObject({fits: z.array(fitSchema).min(1)});
