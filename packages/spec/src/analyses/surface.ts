import * as z from 'zod';
import {odd, positive} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Loss over the plane of two filter-normalized directions. */
export const surfaceSettings = z.strictObject({
  ...examplesFilter,
  /** Coordinates go from −maximum to maximum. */
  maximum: positive,
  /** Points a side; odd, so that the anchor is one. */
  size: odd.max(1001),
  /** A second window as many times wider than the basin as this says, which ends at the cutoff on the loss. */
  fitted: z.strictObject({cutoff: positive, times: positive.max(100)}).exactOptional(),
});

export const surfaceSpec = surfaceSettings.extend(runFilter);
