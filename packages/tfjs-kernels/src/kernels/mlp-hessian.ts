/**
 * A kernel of our own, `MlpLogisticHessian`: products of vectors with the Hessians of Σ weight · softplus(−target · logit) by the
 * parameters of K perceptrons, D vectors for each.
 *
 * Inputs as those of `MlpLogisticGradient`, and `vectors` `[K, D, P]`; attribute `widths`, which ends in 1. Gives `[K, D, P]`.
 *
 * Values go forwards and slopes back once for a network, then for each vector the derivatives of both along it (Pearlmutter
 * 1994): the work of some six evaluations of the loss a vector, and of two a network. A kink of a ReLU counts as flat, as it
 * does for the gradient. Sums are taken in the order of the operations that TensorFlow.js would differentiate: with plain SIMD
 * a product has the bits of the derivative of the loss's slope along the vector.
 */
import {at} from '../at.ts';
import {type Kernel, input} from '../kernel.ts';
import type {KernelModule} from '../kernel-module.ts';
import {memoryOf, offsetOf, withScratch} from '../wasm-backend.ts';
import {layerProducts, productsScratch} from './layer-products.ts';
import {type LogisticExamples, logisticExamples} from './mlp-logistic.ts';
import {type MlpShape, bytes, mlpShape, offsets, sum} from './mlp-shape.ts';

/** Among the operations of `assembly/elementwise.ts`. */
const MULTIPLY = 2;

export const mlpLogisticHessian: Kernel = {
  name: 'MlpLogisticHessian',
  run(call) {
    const {backend, module, inputs, makeOutput} = call;
    const shape = mlpShape(call);
    const {networks, rows, parameters} = shape;
    const given = input(inputs, 'vectors');
    const [count = 0] = given.shape.slice(1);
    if (given.dtype !== 'float32' || String(given.shape) !== `${networks},${count},${parameters}`) {
      throw new RangeError(
        `tfjs-kernels.MlpLogisticHessian: expected float32 vectors [${networks}, D, ${parameters}], ` +
          `got ${given.dtype} [${given.shape}]`,
      );
    }
    const examplesOf = logisticExamples('MlpLogisticHessian', call, shape);
    const result = makeOutput([networks, count, parameters]);
    const thetas = offsetOf(backend, input(inputs, 'thetas'));
    const [vectors, products] = [offsetOf(backend, given), offsetOf(backend, result)];
    const counts = roomFor(module, shape);
    if (rows === 0) {
      new Float32Array(memoryOf(backend).buffer, products, networks * count * parameters).fill(0);
      return result;
    }
    withScratch(backend, bytes(sum(counts)), (scratch) => {
      for (let k = 0; k < networks; k++) {
        const multiplyBy = hessianAt(module, shape, thetas + bytes(k * parameters), examplesOf(k), scratch);
        for (let d = k * count; d < (k + 1) * count; d++)
          multiplyBy(vectors + bytes(d * parameters), products + bytes(d * parameters));
      }
    });
    return result;
  },
};

/** Numbers of the parts of the scratch. */
function roomFor(module: KernelModule, {rows, widths, layers}: MlpShape) {
  const levels = sum(widths.slice(1)) * rows;
  const block = rows * Math.max(...widths);
  const spare = Math.max(block, ...layers.map(({fanIn, width}) => fanIn * width));
  return [levels, levels, levels, rows, block, block, spare, productsScratch(module, layers, rows)] as const;
}

/** Takes values and slopes at a network's parameters. @returns what multiplies a vector, from one place to another */
function hessianAt(
  module: KernelModule,
  shape: MlpShape,
  theta: number,
  {inputs, targets, weights}: LogisticExamples,
  scratch: number,
): (vector: number, product: number) => void {
  const {rows, widths, layers} = shape;
  const last = layers.length;
  const [allValues, allSlopes, allMoves, bends, one, other, spare, free] = offsets(
    scratch,
    roomFor(module, shape),
  );
  const {forward, back, outer} = layerProducts(module, rows, free);
  /** Of each level after the inputs, which stay where they are. */
  const levelsFrom = (start: number, first: number): number[] => [
    first,
    ...offsets(
      start,
      widths.slice(1).map((width) => rows * width),
    ),
  ];
  const values = levelsFrom(allValues, inputs);
  /** Derivatives of the loss by the values. */
  const slopes = levelsFrom(allSlopes, 0);
  /** Derivatives of the values along a vector; inputs stand still. */
  const moves = levelsFrom(allMoves, 0);
  const countOf = (level: number): number => rows * at(widths, level);

  for (const [level, layer] of layers.entries()) {
    const low = level + 1 < last ? 0 : -Infinity;
    forward(
      layer,
      at(values, level),
      theta + layer.kernelAt,
      theta + layer.biasAt,
      low,
      at(values, level + 1),
    );
  }
  module.logisticDerivatives(rows, at(values, last), targets, weights, at(slopes, last), bends);
  for (let level = last - 1; level > 0; level--) {
    const layer = at(layers, level);
    const slope = at(slopes, level);
    back(layer, at(slopes, level + 1), theta + layer.kernelAt, slope);
    module.addWhere(countOf(level), slope, 0, at(values, level), slope);
  }

  return (vector, product) => {
    for (const [level, layer] of layers.entries()) {
      const {kernelAt, biasAt} = layer;
      const move = at(moves, level + 1);
      forward(layer, at(values, level), vector + kernelAt, vector + biasAt, -Infinity, move);
      if (level > 0) forward(layer, at(moves, level), theta + kernelAt, 0, -Infinity, spare);
      const mask = level + 1 < last ? at(values, level + 1) : 0;
      module.addWhere(countOf(level + 1), move, level > 0 ? spare : 0, mask, move);
    }
    let [turn, next] = [one, other];
    module.combine(MULTIPLY, 1, 1, 1, rows, at(moves, last), 0, 0, 0, 4, bends, 0, 0, 0, 4, turn);
    for (let level = last - 1; level >= 0; level--) {
      const layer = at(layers, level);
      const {kernelAt, biasAt, fanIn, width} = layer;
      const slope = at(slopes, level + 1);
      module.sum(1, rows, width, turn, 1, product + biasAt);
      outer(layer, at(values, level), turn, product + kernelAt);
      if (level === 0) return;
      outer(layer, at(moves, level), slope, spare);
      module.addWhere(fanIn * width, product + kernelAt, spare, 0, product + kernelAt);
      back(layer, turn, theta + kernelAt, next);
      back(layer, slope, vector + kernelAt, spare);
      module.addWhere(countOf(level), next, spare, at(values, level), next);
      [turn, next] = [next, turn];
    }
  };
}
