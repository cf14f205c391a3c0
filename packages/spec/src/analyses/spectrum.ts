import * as z from 'zod';
import {count} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Both ends, traces and density of the Hessian's spectrum, in relative coordinates. */
export const spectrumSettings = z.strictObject({
  ...examplesFilter,
  /** Most Lanczos steps for each sample of the density. */
  steps: count,
  /** Most Lanczos steps for the extremes. Default: `steps`. */
  extremeSteps: count.exactOptional(),
  /** Random vectors, for each trace and for the density. */
  samples: count,
});

export const spectrumSpec = spectrumSettings.extend(runFilter);
