import * as z from 'zod';
import {nonNegative, positive, steps, upTo} from '../fields.ts';
import {runFilter} from '../run-filter.ts';

/** Loss along paths to another minimum of the same seed. */
export const connectivitySettings = z.strictObject({
  /** Poison factor of the run at the far end; one of the experiment's. */
  to: nonNegative,
  /** Points on each path. */
  points: upTo(100_000).min(2),
  /** Steps of Adam on the control point of the bend. */
  steps,
  learningRate: positive,
});

export const connectivitySpec = connectivitySettings.extend(runFilter);
