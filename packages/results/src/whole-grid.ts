import type * as z from 'zod';

interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly trainLoss: readonly unknown[];
}

/** A check that a loss was taken at every point of a grid. */
export function wholeGrid({value, issues}: z.core.ParsePayload<Grid>): void {
  const {xs, ys, trainLoss} = value;
  if (trainLoss.length === xs.length * ys.length) return;
  const message = `expected ${ys.length} × ${xs.length} = ${xs.length * ys.length} entries, got ${trainLoss.length}`;
  issues.push({code: 'custom', message, path: ['trainLoss'], input: trainLoss});
}
