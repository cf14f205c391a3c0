import * as z from 'zod';
import {finite, finiteOrNull, fraction} from '../fields.ts';
import {sameLength} from '../same-length.ts';

/** What is measured at each point of a line θ + t·d; null where a value is not finite. */
export const alongFields = {
  trainLoss: z.array(finiteOrNull).describe('Clean cross-entropy in nats per example'),
  trainAccuracy: z.array(fraction),
  testAccuracy: z.array(fraction),
  curvature: z.array(finiteOrNull).describe('dᵀHd of the training loss'),
};

/** Along θ + t·d for one filter-normalized direction d. */
export const lineDataSchema = z
  .strictObject({
    distances: z.array(finite).min(2).describe('t, in units of the direction'),
    ...alongFields,
  })
  .check(sameLength('distances', 'trainLoss', 'trainAccuracy', 'testAccuracy', 'curvature'));
