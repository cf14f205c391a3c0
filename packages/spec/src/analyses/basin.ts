import * as z from 'zod';
import {count} from '../fields.ts';
import {runFilter} from '../run-filter.ts';
import {radiiSettings} from './radii.ts';

/** Radii along random rays, and the volume they give. */
export const basinSettings = z.strictObject({
  ...radiiSettings,
  /** Loss profiles recorded for figures: this many rays, this many points on each. */
  profiles: z.strictObject({directions: count, points: z.int().min(2)}),
});

export const basinSpec = basinSettings.extend(runFilter);
