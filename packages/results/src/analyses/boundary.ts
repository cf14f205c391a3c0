import * as z from 'zod';
import {count, finite} from '../fields.ts';
import {sameLength} from '../same-length.ts';

const pointsSchema = z
  .strictObject({
    x: z.array(finite),
    y: z.array(finite),
    label: z.array(count).describe('True class'),
    correct: z.array(z.boolean()).describe('Whether the network says the true class'),
  })
  .check(sameLength('x', 'y', 'label', 'correct'));

export const extent = z
  .tuple([finite, finite, finite, finite])
  .refine(([x0, x1, y0, y1]) => x0 < x1 && y0 < y1, 'expected [x0, x1, y0, y1] with x0 < x1 and y0 < y1');
export const gridSize = z
  .int()
  .min(2)
  .describe('Grid points along a side; the first and last lie on the extent');

/** The network's output over a square grid of the input plane. */
export const boundaryDataSchema = z
  .strictObject({
    extent,
    size: gridSize,
    logits: z.array(finite).describe('Log-odds of class 1, [size, size], row-major, rows of rising y'),
    train: pointsSchema,
    test: pointsSchema,
  })
  .check(({value, issues}) => {
    const {size, logits} = value;
    if (logits.length === size * size) return;
    const message = `expected ${size} × ${size} = ${size * size} entries, got ${logits.length}`;
    issues.push({code: 'custom', message, path: ['logits'], input: logits});
  });
