import {util} from '@tensorflow/tfjs-core';
import {at, mapEach} from './at.ts';

/** A walk over the items of a batch in order: runs of `length` items in which every operand moves by a fixed step. */
export interface BatchSteps<T extends readonly unknown[]> {
  readonly length: number;
  /** For each operand, by how many of its items it moves from one to the next: 0 or 1. */
  readonly moves: {readonly [K in keyof T]: number};
  /** For each run, the item of each operand with which it starts. */
  readonly runs: readonly {readonly [K in keyof T]: number}[];
}

/**
 * How operands of the given batch shapes go through the batch that they broadcast to.
 *
 * @param batch the common shape
 * @param shapes batch shapes of the operands, each broadcasting to `batch`
 */
export function batchSteps<const T extends readonly (readonly number[])[]>(
  batch: readonly number[],
  shapes: T,
): BatchSteps<T> {
  const size = util.sizeFromShape([...batch]);
  const sizes = shapes.map((shape) => util.sizeFromShape([...shape]));
  if (sizes.every((items) => items === size || items === 1)) {
    const moves = mapEach(shapes, (shape) => (util.sizeFromShape([...shape]) === 1 ? 0 : 1));
    return {length: size, moves, runs: [mapEach(shapes, () => 0)]};
  }
  const runs = Array.from({length: size}, (_, index) =>
    mapEach(shapes, (shape) => itemAt(index, batch, shape)),
  );
  return {length: 1, moves: mapEach(shapes, () => 0), runs};
}

/** The item of an operand that meets item `index` of the batch. */
function itemAt(index: number, batch: readonly number[], shape: readonly number[]): number {
  let item = 0;
  let step = 1;
  for (let axis = 1; axis <= shape.length; axis++) {
    const length = at(batch, -axis);
    const own = at(shape, -axis);
    if (own > 1) item += (index % length) * step;
    step *= own;
    index = Math.floor(index / length);
  }
  return item;
}
