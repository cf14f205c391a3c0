/** What second derivatives of a network of ReLUs are worth at a minimum that lies at a kink. */
import * as z from 'zod';
import {count, finite, nonNegative, positive} from './fields.ts';

/** How near the point lies to where the loss has no second derivative. */
export const kinkSchema = z
  .strictObject({
    distance: nonNegative
      .nullable()
      .describe(
        'Smallest |pre-activation| over units and examples, as a share of the root mean square of its layer; null where one is not finite',
      ),
    closePairs: count.describe('Pairs of a unit and an example whose share is at most 1e-6'),
    pairs: count.describe('All pairs'),
  })
  .nullable()
  .describe('null for a network without ReLUs, or one that cannot tell');

/** One eigenvalue at points next to the minimum. */
export const spreadSchema = z.strictObject({median: finite, low: finite, high: finite});

/** How the points next to the minimum were made. */
export const movesFields = {
  moves: count.describe('Points next to the minimum'),
  size: positive.describe('Share of itself by which each parameter moves there, up or down at random'),
};
