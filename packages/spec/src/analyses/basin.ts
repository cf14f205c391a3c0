import * as z from 'zod';
import {upTo} from '../fields.ts';
import {runFilter} from '../run-filter.ts';
import {radiiSettings} from './radii.ts';

/** Radii along random rays, and the volume they give. */
export const basinSettings = z.strictObject({
  ...radiiSettings,
  /** Loss profiles recorded for figures: this many rays, this many points on each; at most 8 MB. */
  profiles: z.strictObject({directions: upTo(1000), points: upTo(1000).min(2)}),
});

export const basinSpec = basinSettings.extend(runFilter);
