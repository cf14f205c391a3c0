import * as z from 'zod';
import {steps} from '../fields.ts';
import {runFilter} from '../run-filter.ts';
import {curvatureSettings} from './curvature.ts';
import {radiiSettings} from './radii.ts';

const {examples: _all, ...radii} = radiiSettings;

/** The network of the same seed without poison, at the training loss of this one. */
export const matchedSettings = z.strictObject({
  /** Steps between two looks at the loss of the training without poison. */
  evaluateEvery: steps,
  radii: z.strictObject(radii),
  curvature: curvatureSettings.omit({examples: true}),
});

export const matchedSpec = matchedSettings.extend(runFilter);
