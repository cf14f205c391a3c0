import * as z from 'zod';
import {count, positive, upTo} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** In the plane: all around each point. */
const planeMargin = z.strictObject({
  ...examplesFilter,
  /** Points on each circle that is searched around an example. */
  angles: upTo(10_000),
  /** Farthest distance searched. */
  maximum: positive,
});

/** In the space of pictures: along the way that DeepFool finds, so from above. */
const pictureMargin = z.strictObject({
  ...examplesFilter,
  /** Steps to reach the boundary. */
  maximumSteps: count,
  /** Attempts to shorten the way found. */
  refinements: upTo(1_000_000, 0),
});

/** Distance of training points to the decision boundary. */
export const marginSettings = z.union([planeMargin, pictureMargin]);

export const marginSpec = z.union([planeMargin.extend(runFilter), pictureMargin.extend(runFilter)]);
