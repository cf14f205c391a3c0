import * as z from 'zod';
import {positive} from '../fields.ts';
import {runFilter} from '../run-filter.ts';

/** The log-odds over a square of input space. */
export const boundarySettings = z.strictObject({
  /** Half the side of the square around the origin. */
  halfWidth: positive,
  /** Points a side. */
  size: z.int().min(2).max(1000),
});

export const boundarySpec = boundarySettings.extend(runFilter);
