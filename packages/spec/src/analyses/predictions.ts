import * as z from 'zod';
import {count} from '../fields.ts';
import {runFilter} from '../run-filter.ts';

/** What the network says of single test examples, for figures. */
export const predictionsSettings = z.strictObject({
  /** The first so many of the test set. */
  testExamples: count,
  /** Keeps these pictures in the record, for those who cannot draw them anew. Default: not. */
  pictures: z.boolean().exactOptional(),
});

export const predictionsSpec = predictionsSettings.extend(runFilter);
