import * as z from 'zod';
import {upTo} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Both ends, traces and density of the Hessian's spectrum, in relative coordinates. */
export const spectrumSettings = z.strictObject({
  ...examplesFilter,
  /** Most Lanczos steps for each sample of the density; each may keep a vector of the network's size. */
  steps: upTo(10_000),
  /** Most Lanczos steps for the extremes. Default: `steps`. */
  extremeSteps: upTo(10_000).exactOptional(),
  /** Random vectors, for each trace and for the density. */
  samples: upTo(10_000),
});

export const spectrumSpec = spectrumSettings.extend(runFilter);
