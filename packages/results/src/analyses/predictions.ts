import * as z from 'zod';
import {sha256Schema} from '../fields.ts';

const classes = z.array(z.int().nonnegative());

const picturesSchema = z.strictObject({
  shape: z
    .tuple([z.int().positive(), z.int().positive(), z.literal([1, 3])])
    .describe('Height, width and channels of each'),
  bytes: z
    .string()
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'expected base64')
    .describe('[examples, height, width, channels] in base64; every picture uses all of 0..255'),
});

/** What a network says of single test examples, the first of the test set. */
export const predictionsDataSchema = z
  .strictObject({
    fingerprint: sha256Schema.describe('Of these examples, as the data set that they are by themselves'),
    label: classes.describe('True class of each example'),
    predicted: classes.describe('The most probable class'),
    probability: z.array(z.number().min(0).max(1)).describe('Of the predicted class, by the network'),
    pictures: picturesSchema.exactOptional(),
  })
  .refine(
    ({label, predicted, probability}) =>
      label.length === predicted.length && label.length === probability.length,
    'expected as many predictions as labels',
  )
  .refine(
    ({label, pictures}) =>
      pictures === undefined || sizeOfBase64(pictures.bytes) === label.length * product(pictures.shape),
    {error: 'expected as many bytes as labels and shape ask for', path: ['pictures', 'bytes']},
  );

function sizeOfBase64(text: string): number {
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  return (text.length / 4) * 3 - padding;
}

function product(shape: readonly number[]): number {
  return shape.reduce((all, length) => all * length, 1);
}
