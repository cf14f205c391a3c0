import {at} from '../at.ts';
import type {KernelModule} from '../kernel-module.ts';
import {layerProducts, productsScratch} from './layer-products.ts';
import type {LogisticExamples} from './mlp-logistic.ts';
import {type MlpShape, offsets, sum} from './mlp-shape.ts';

/** Among the operations of `assembly/elementwise.ts`. */
const MULTIPLY = 2;

/** How many numbers each part of the scratch has: of all levels, of the examples, of the widest level, of anything. */
type HessianRoom = readonly [
  ...[values: number, slopes: number, moves: number, bends: number],
  ...[one: number, other: number, spare: number, products: number],
];

export function hessianRoom(module: KernelModule, {rows, widths, layers}: MlpShape): HessianRoom {
  const levels = rows * sum(widths.slice(1));
  const level = rows * Math.max(...widths);
  const spare = Math.max(level, ...layers.map(({fanIn, width}) => fanIn * width));
  return [levels, levels, levels, rows, level, level, spare, productsScratch(module, layers, rows)];
}

/** What is done with one network after the other, everything in bytes of the heap. */
export interface HessianWork {
  /** Takes the values of all levels at a network's parameters, and the derivatives of the loss by them. */
  start(theta: number, examples: LogisticExamples): void;
  /** Writes the product of a vector with the Hessian there. */
  multiply(theta: number, examples: LogisticExamples, vector: number, product: number): void;
}

export function hessianWork(
  module: KernelModule,
  {rows, widths, layers}: MlpShape,
  scratch: number,
  room: HessianRoom,
): HessianWork {
  const [ofValues, ofSlopes, ofMoves, bends, one, other, spare, free] = offsets(scratch, room);
  const {forward, back, outer} = layerProducts(module, rows, free);
  const counts = widths.map((width) => rows * width);
  /** Level by level. The inputs, which come first, stand where they are, and are not differentiated by. */
  const levelsFrom = (first: number): number[] => [0, ...offsets(first, counts.slice(1))];
  const values = levelsFrom(ofValues);
  /** Derivatives of the loss by the values. */
  const slopes = levelsFrom(ofSlopes);
  /** Derivatives of the values along a vector. */
  const moves = levelsFrom(ofMoves);
  const last = layers.length;

  return {
    start(theta, {inputs, targets, weights}) {
      for (const [level, layer] of layers.entries()) {
        const [x, y] = [level === 0 ? inputs : at(values, level), at(values, level + 1)];
        const low = level + 1 === last ? -Infinity : 0;
        forward(layer, x, theta + layer.kernelAt, theta + layer.biasAt, low, y);
      }
      module.logisticDerivatives(rows, at(values, last), targets, weights, at(slopes, last), bends);
      for (let level = last - 1; level > 0; level--) {
        const layer = at(layers, level);
        const slope = at(slopes, level);
        back(layer, at(slopes, level + 1), theta + layer.kernelAt, slope);
        module.addWhere(at(counts, level), slope, 0, at(values, level), slope);
      }
    },

    multiply(theta, {inputs}, vector, product) {
      for (const [level, layer] of layers.entries()) {
        const {kernelAt, biasAt} = layer;
        const [x, move] = [level === 0 ? inputs : at(values, level), at(moves, level + 1)];
        const mask = level + 1 === last ? 0 : at(values, level + 1);
        forward(layer, x, vector + kernelAt, vector + biasAt, -Infinity, move);
        if (level > 0) {
          forward(layer, at(moves, level), theta + kernelAt, 0, -Infinity, spare);
          module.addWhere(at(counts, level + 1), move, spare, mask, move);
        } else if (mask !== 0) {
          module.addWhere(at(counts, level + 1), move, 0, mask, move);
        }
      }
      // Derivatives of a level's slopes along the vector, and those of the level before.
      let [turn, next] = [one, other];
      module.combine(MULTIPLY, 1, 1, 1, rows, at(moves, last), 0, 0, 0, 4, bends, 0, 0, 0, 4, turn);
      for (let level = last - 1; level >= 0; level--) {
        const layer = at(layers, level);
        const {kernelAt, biasAt, fanIn, width} = layer;
        const slope = at(slopes, level + 1);
        module.sum(1, rows, width, turn, 1, product + biasAt);
        outer(layer, level === 0 ? inputs : at(values, level), turn, product + kernelAt);
        if (level === 0) return;
        outer(layer, at(moves, level), slope, spare);
        module.addWhere(fanIn * width, product + kernelAt, spare, 0, product + kernelAt);
        back(layer, turn, theta + kernelAt, next);
        back(layer, slope, vector + kernelAt, spare);
        module.addWhere(at(counts, level), next, spare, at(values, level), next);
        [turn, next] = [next, turn];
      }
    },
  };
}
