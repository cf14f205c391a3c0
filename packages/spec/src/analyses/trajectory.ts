import * as z from 'zod';
import {runFilter} from '../run-filter.ts';

/** Loss over the plane of the first two principal components of the run's way. */
export const trajectorySettings = z.strictObject({
  /** Points a side. */
  size: z.int().min(2),
});

export const trajectorySpec = trajectorySettings.extend(runFilter);
