import * as z from 'zod';
import {odd, positive} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Loss, accuracy and curvature along one filter-normalized direction. */
export const lineSettings = z.strictObject({
  ...examplesFilter,
  /** Distances go from −maximum to maximum. */
  maximum: positive,
  /** Points on the line; odd, so that the anchor is one. */
  points: odd,
  /** On either side the distances grow from this one by one factor; evenly spaced where it is absent. */
  smallest: positive.exactOptional(),
});

export const lineSpec = lineSettings.extend(runFilter);
