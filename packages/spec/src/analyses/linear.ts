import * as z from 'zod';
import {LONGEST_LIST, positive, upTo} from '../fields.ts';
import {runFilter} from '../run-filter.ts';

/** Random features are drawn and used some hundreds at a time. */
const features = upTo(10_000_000);

/**
 * What a linear classifier sees of an example: its inputs; all products of as many of them as the degree; or so many random
 * features, cosines of a length scale or rectified units. Lengths are in units of the root mean square length of a training example.
 */
const featureMapSchema = z.discriminatedUnion('name', [
  z.strictObject({name: z.literal('inputs')}),
  z.strictObject({name: z.literal('polynomial'), degree: upTo(100)}),
  z.strictObject({name: z.literal('fourier'), count: features, lengthScale: positive}),
  z.strictObject({name: z.literal('relu'), count: features}),
]);

/** Linear classifiers on the training set of a network, by ridge regression: they have one minimum, and it is computed. */
export const linearSettings = z.strictObject({
  features: z.array(featureMapSchema).min(1).max(LONGEST_LIST),
  /** λ of the ridge, in units of the mean square of an example's features; small enough to fit all that can be fitted. */
  ridge: positive,
});

export const linearSpec = linearSettings.extend(runFilter);
export type FeatureMap = Readonly<z.infer<typeof featureMapSchema>>;
