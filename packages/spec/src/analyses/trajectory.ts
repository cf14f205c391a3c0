import * as z from 'zod';
import {upTo} from '../fields.ts';
import {runFilter} from '../run-filter.ts';

/** Loss over the plane of the first two principal components of the run's way. */
export const trajectorySettings = z.strictObject({
  /** Points a side. */
  size: upTo(1000).min(2),
});

export const trajectorySpec = trajectorySettings.extend(runFilter);
