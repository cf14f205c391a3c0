import * as z from 'zod';
import {count, positive} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Largest eigenvalue of the Hessian of the clean training loss. */
export const curvatureSettings = z.strictObject({
  ...examplesFilter,
  /** Most Hessian-vector products spent on an eigenvalue. */
  iterations: count,
  /** Relative residual at which the search stops. */
  tolerance: positive,
});

export const curvatureSpec = curvatureSettings.extend(runFilter);
