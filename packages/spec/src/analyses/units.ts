import * as z from 'zod';
import {count, positive} from '../fields.ts';
import {runFilter} from '../run-filter.ts';
import {matchedSettings} from './matched.ts';

/** Other weights that make the same function: a layer rescaled against the next, some of its neurons, all of them in balance. */
export const unitsSettings = z.strictObject({
  /** What comes into the middle hidden layer, or into some of its neurons, is multiplied by this, and what goes out divided. */
  factor: positive,
  /** How many neurons of that layer, the first. */
  neurons: count,
  radii: matchedSettings.shape.radii,
  curvature: matchedSettings.shape.curvature,
});

export const unitsSpec = unitsSettings.extend(runFilter);
