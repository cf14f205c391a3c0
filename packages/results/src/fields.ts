/** The scalars that several records share. */
import * as z from 'zod';

/** SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits (SHA-256)');

/** A name that is also a folder: experiments, profiles, analyses. */
export const slugSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens');

/**
 * A text that goes into identities, which are hashes of UTF-8. No pattern, for that would stand in the JSON Schema, and classes of
 * characters are not in everybody's regular expressions.
 */
export const hashedTextSchema = z
  .string()
  .min(1)
  .refine((text) => text.isWellFormed(), 'expected well-formed Unicode, without half of a surrogate pair');

export const finite = z.number();
export const nonNegative = z.number().nonnegative();
export const positive = z.number().positive();
export const count = z.int().nonnegative();
export const fraction = z.number().min(0).max(1);

/** Seeds are the integers that a double holds exactly. */
export const seedSchema = z.int().nonnegative();

/** β of the poisoned loss; 0 is clean training. */
export const poisonFactorSchema = nonNegative.describe('Poison factor β; 0 is clean training');

/** A measurement that may have overflowed: null stands for a value that is not finite. */
export const finiteOrNull = z.number().nullable();

export const numericsSchema = hashedTextSchema
  .max(64)
  .describe('"portable" (bits repeat on any machine) or the name of the backend whose bits these are');

export const algorithmVersionsSchema = z
  .record(slugSchema, z.int().positive())
  .describe('Version of each step; raised when a fix changes its numbers');
