import * as z from 'zod';
import {count, finite, positive} from '../fields.ts';
import {extent, gridSize} from './boundary.ts';
import {alongFields} from './line.ts';

/** Log-odds beyond which none are told apart: a probability of 0.9997. */
const SURE = 8;

const radius = positive.nullable();

const directionSchema = z.strictObject({
  radii: z
    .tuple([radius, radius])
    .describe('Where the basin ends along d and against it; null: not before the maximum of the settings'),
  ...alongFields,
  logits: z
    .array(z.array(z.number().min(-SURE).max(SURE)))
    .describe(
      `Log-odds of class 1 at each point, [size, size] as of boundary; to one digit, and what is beyond ±${SURE} as that`,
    ),
  wrong: z
    .array(z.array(count))
    .describe('Training points that are classified wrongly at each point, by their places in the set'),
});

/** Along θ + t·d for several filter-normalized directions d, t on a scale that is fitted to the minimum. */
export const perturbationDataSchema = z
  .strictObject({
    radius: positive.describe(
      'Geometric mean of all radii, those that are null counted at the maximum; in units of the directions, as t',
    ),
    distances: z.array(finite).min(2).describe('t, the same along all directions'),
    extent,
    size: gridSize,
    directions: z.array(directionSchema).min(1),
  })
  .check(({value: {distances, size, directions}, issues}) => {
    const expectLength = (values: readonly unknown[], length: number, path: (string | number)[]): void => {
      if (values.length === length) return;
      const message = `expected ${length} entries, got ${values.length}`;
      issues.push({code: 'custom', message, path: ['directions', ...path], input: values});
    };
    for (const [i, direction] of directions.entries()) {
      for (const name of [...along, 'logits', 'wrong'] as const)
        expectLength(direction[name], distances.length, [i, name]);
      for (const [t, logits] of direction.logits.entries())
        expectLength(logits, size * size, [i, 'logits', t]);
    }
  });

const along = Object.keys(alongFields) as (keyof typeof alongFields)[];
