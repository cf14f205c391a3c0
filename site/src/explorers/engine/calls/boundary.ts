import {classifierFromModel} from '@minefield/models';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface BoundaryArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** Half the side of the square around the origin, in units of the inputs. */
  readonly halfWidth: number;
  /** Points a side. */
  readonly size: number;
  /** Points whose log-odds are wanted too, `[m, 2]`; the problem's own where absent. */
  readonly points?: Float32Array;
}

export interface BoundaryValue {
  /** Log-odds of class 1, `[size, size]`; the first row is the lowest, as in records of `boundary`. */
  readonly logits: Float32Array;
  /** Log-odds at the points, `[m]`. */
  readonly atPoints: Float32Array;
}

/** What a network says over a square of the plane, and at its points. */
export const boundary: Call<BoundaryArgs, BoundaryValue> = async ({
  problem,
  theta,
  halfWidth,
  size,
  points = problem.inputs,
}) => {
  const {model} = openProblem(problem);
  const grid = gridOf(halfWidth, size);
  const both = new Float32Array(grid.length + points.length);
  both.set(grid);
  both.set(points, grid.length);
  const logits = await classifierFromModel(model, theta).logits(both);
  return {logits: logits.slice(0, size * size), atPoints: logits.slice(size * size)};
};

let last: {readonly key: string; readonly grid: Float32Array} | undefined;

/** Points of the square, row by row, `[size², 2]`; the last one is kept, for readers drag over one square. */
function gridOf(halfWidth: number, size: number): Float32Array {
  const key = `${halfWidth}/${size}`;
  if (last?.key === key) return last.grid;
  const grid = new Float32Array(2 * size * size);
  const coordinate = (index: number): number => halfWidth * ((2 * index) / (size - 1) - 1);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      grid.set([coordinate(column), coordinate(row)], 2 * (row * size + column));
  last = {key, grid};
  return grid;
}
