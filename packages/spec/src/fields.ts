/** The scalars and lists that specs are made of. */
import * as z from 'zod';

export const count = z.int().min(1);
export const positive = z.number().positive();
export const nonNegative = z.number().nonnegative();
export const fraction = z.number().min(0).max(1);
export const seed = z.int().nonnegative();

/** A name that is also a folder, as `@minefield/results` wants them. */
export const slug = z
  .string()
  .regex(/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens');

/** A list without repetitions, which would name one run twice. */
export function distinct<T extends z.ZodType<number>>(item: T): z.ZodArray<T> {
  return z
    .array(item)
    .min(1)
    .refine((values) => new Set(values).size === values.length, 'expected no value twice');
}

/** Levels of the poison factor. */
export const rising = distinct(nonNegative).refine(
  (values) => values.every((value, i) => i === 0 || value > (values[i - 1] ?? Infinity)),
  'expected rising values',
);

export const odd = z
  .int()
  .min(3)
  .refine((value) => value % 2 === 1, 'expected an odd number, so that the anchor is among the points');
