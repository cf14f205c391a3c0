/** The scalars and lists that specs are made of. */
import * as z from 'zod';

/** How many of anything, with a bound that says what memory or time it stands for. */
export function upTo(most: number, least = 1): z.ZodInt {
  return z.int().min(least).max(most);
}

/** Numbers that are held one by one, or rays, probes and the like: a million take 8 MB in float64. */
export const count: z.ZodInt = upTo(1_000_000);
export const MOST_EXAMPLES = 1_000_000;
/** Of a set of data: a million points take 12 MB and a third of a second to draw. Pictures have a bound on their pixels too. */
export const examples: z.ZodInt = upTo(MOST_EXAMPLES);
export const MOST_STEPS = 1_000_000_000;
/** They take time alone, and can be cancelled: a thousand million of the smallest network's take days. */
export const steps: z.ZodInt = upTo(MOST_STEPS);
export const positive = z.number().positive();
export const nonNegative = z.number().nonnegative();
export const fraction = z.number().min(0).max(1);
export const seed = z.int().nonnegative();

/** A name that is also a folder, as `@minefield/results` wants them. */
export const slug = z
  .string()
  .regex(/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens');

/** Most entries of a list of runs, levels or layers. */
export const LONGEST_LIST = 10_000;

/** A list without repetitions, which would name one run twice. */
export function distinct<T extends z.ZodType<number>>(item: T): z.ZodArray<T> {
  return z
    .array(item)
    .min(1)
    .max(LONGEST_LIST)
    .refine((values) => new Set(values).size === values.length, 'expected no value twice');
}

export function isRising(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? Infinity));
}

/** Levels of the poison factor. */
export const rising = distinct(nonNegative).refine(isRising, 'expected rising values');

/** Points along one line. */
export const odd: z.ZodInt = z
  .int()
  .min(3)
  .max(100_001)
  .refine((value) => value % 2 === 1, 'expected an odd number, so that the anchor is among the points');
