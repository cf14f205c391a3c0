import * as z from 'zod';
import {count, finite, fraction, nonNegative} from './fields.ts';

/** How a network ends its training. */
export const finalMetricsSchema = z
  .strictObject({
    trainLoss: nonNegative.describe('Clean cross-entropy in nats per example'),
    trainAccuracy: fraction,
    testLoss: nonNegative,
    testAccuracy: fraction,
    freshAccuracy: fraction
      .nullable()
      .describe('On points drawn anew after training; null where there are none'),
    freshPoints: count,
    generalizationGap: finite.describe(
      'trainAccuracy − freshAccuracy, or − testAccuracy where there are no fresh points',
    ),
  })
  .check(({value, issues}) => {
    const gap = value.trainAccuracy - (value.freshAccuracy ?? value.testAccuracy);
    if (Math.abs(gap - value.generalizationGap) > 1e-9) {
      const message = `expected train accuracy minus fresh (or test) accuracy, ${gap}, got ${value.generalizationGap}`;
      issues.push({code: 'custom', message, path: ['generalizationGap'], input: value.generalizationGap});
    }
    if ((value.freshAccuracy === null) !== (value.freshPoints === 0)) {
      const message = `expected null exactly when freshPoints is 0, got ${value.freshAccuracy} of ${value.freshPoints}`;
      issues.push({code: 'custom', message, path: ['freshAccuracy'], input: value.freshAccuracy});
    }
  });
