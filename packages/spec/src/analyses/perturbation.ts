import * as z from 'zod';
import {odd, positive, upTo} from '../fields.ts';
import {runFilter} from '../run-filter.ts';
import {boundarySettings} from './boundary.ts';

/**
 * The decision boundary, losses, accuracies and curvature as all weights are moved along random filter-normalized directions, on
 * a scale that is fitted to each minimum: that of its basin along these directions.
 */
export const perturbationSettings = z.strictObject({
  /** With the most points and the finest grid a record has some 6 MB. */
  directions: upTo(10),
  /** Points on each direction, both ways; odd, so that the anchor is one. */
  points: odd.max(51),
  /** The basin ends where the training loss is so much above the anchor's own, in nats: a minimum that fits badly has one too. */
  excess: positive,
  /** The outermost points lie as many times farther out than that as this says. */
  times: positive.max(100),
  /** Where a direction whose loss has not risen so far is given up, in lengths of the direction. */
  maximum: positive,
  /** Of the grid on which the log-odds are recorded at every point. */
  boundary: boundarySettings.extend({size: upTo(64, 2)}),
});

export const perturbationSpec = perturbationSettings.extend(runFilter);
