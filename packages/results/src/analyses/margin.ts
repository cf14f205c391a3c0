import * as z from 'zod';
import {nonNegative} from '../fields.ts';

/** Distance in input space from each training point to the decision boundary. */
export const marginDataSchema = z.strictObject({
  distances: z.array(nonNegative.nullable()).describe('null where no boundary was found within the search'),
  mean: nonNegative.nullable().describe('Over the points whose boundary was found; null where there is none'),
  median: nonNegative.nullable(),
  minimum: nonNegative.nullable(),
});
