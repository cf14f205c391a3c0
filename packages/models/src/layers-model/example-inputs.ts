import {InputError, at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {typeName} from '../checks.ts';
import {gatherRows} from '../gather-rows.ts';
import type {LayersModelLike, LayersModelShape} from './layers-model.ts';

/**
 * Inputs of n examples: a tensor `[n, ...]`, one for each input of the model, or the row-major numbers of the only input.
 * Tensors stay the caller's, and must live as long as the objective is used.
 */
export type LayersModelInputs = tf.Tensor | readonly tf.Tensor[] | Float32Array;

export interface ExampleInputs {
  readonly count: number;
  /** New tensors, one for each input of the model. */
  batch(examples: Uint32Array): tf.Tensor[];
}

/** @throws {InputError} when there are no examples, or inputs have other shapes than the model's */
export function exampleInputs(model: LayersModelLike, xs: LayersModelInputs): ExampleInputs {
  const shapes = model.inputs.map(({shape}) => shape);
  if (xs instanceof Float32Array) return inputsOfArray(shapes, xs);
  const tensors = tensorsOf(xs);
  const count = tensors[0]?.shape[0];
  const fits =
    tensors.length === shapes.length &&
    tensors.every(({shape}, i) => shape[0] === count && hasShape(shape, at(shapes, i)));
  if (!fits || !count) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected inputs ${described(shapes)} of at least one example, ` +
        `got ${described(tensors.map(({shape}) => shape))}`,
    );
  }
  return {count, batch: (examples) => tensors.map((tensor) => rowsOf(tensor, examples))};
}

function tensorsOf(xs: tf.Tensor | readonly tf.Tensor[]): readonly tf.Tensor[] {
  const tensors = xs instanceof tf.Tensor ? [xs] : xs;
  if (Array.isArray(tensors) && tensors.every((tensor) => tensor instanceof tf.Tensor)) return tensors;
  throw new InputError(
    'models.objectiveFromLayersModel: expected a tensor, one for each input of the model, or a Float32Array, ' +
      `got a value of type ${typeName(xs)}; make an array of numbers a Float32Array with Float32Array.from`,
  );
}

function inputsOfArray(shapes: readonly LayersModelShape[], values: Float32Array): ExampleInputs {
  const [[, ...shape] = []] = shapes;
  const lengths = shape.filter((length) => length !== null);
  if (shapes.length !== 1 || lengths.length !== shape.length) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected tensors for inputs ${described(shapes)}, got an array; ` +
        'it has no shape of its own',
    );
  }
  const size = lengths.reduce((product, length) => product * length, 1);
  const count = values.length / size;
  if (!Number.isInteger(count) || count === 0) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected inputs [n, ${lengths}] of at least one example, got ${values.length} numbers`,
    );
  }
  return {
    count,
    batch: (examples) => [tf.tensor(gatherRows(values, examples, size), [examples.length, ...lengths])],
  };
}

function rowsOf(tensor: tf.Tensor, rows: Uint32Array): tf.Tensor {
  const first = at(rows, 0);
  if (rows.every((row, i) => row === first + i)) {
    return tf.slice(
      tensor,
      [first, ...tensor.shape.slice(1).map(() => 0)],
      [rows.length, ...tensor.shape.slice(1)],
    );
  }
  return tf.tidy(() => tf.gather(tensor, tf.tensor1d(Int32Array.from(rows), 'int32')));
}

function hasShape(actual: LayersModelShape, expected: LayersModelShape): boolean {
  return (
    actual.length === expected.length &&
    expected.every((length, axis) => length === null || length === actual[axis])
  );
}

function described(shapes: readonly LayersModelShape[]): string {
  return shapes.map((shape) => `[${shape.map((length) => length ?? 'n').join(', ')}]`).join(', ');
}
