import * as z from 'zod';
import {count} from '../fields.ts';
import {runFilter} from '../run-filter.ts';
import {radiiSettings} from './radii.ts';

/** Volume by rays stretched along the flat directions of the Hessian. */
export const preconditionedSettings = z.strictObject({
  ...radiiSettings,
  /**
   * What stands for the Hessian's diagonal. `hessian`: Hutchinson's estimate of it. `gradients`: mean squares of the gradients
   * of single examples, for one gradient costs less than half of a product. Default `hessian`.
   */
  diagonal: z.enum(['hessian', 'gradients']).exactOptional(),
  /** Hessian-vector products, or gradients, spent on it. */
  probes: count,
});

export const preconditionedSpec = preconditionedSettings.extend(runFilter);
