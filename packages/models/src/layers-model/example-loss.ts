import {InputError, at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkLabels} from '../checks.ts';
import {gatherRows} from '../gather-rows.ts';
import {crossEntropy, encodeLabels} from '../log-odds.ts';
import type {LayersModelLike} from './layers-model.ts';
import {logitsOf, type OfInputs, type OutputKind, outputsOf} from './model-outputs.ts';

/**
 * A loss by name, or the losses `[n]` of n examples from the model's outputs `[n, ...]` and their targets (`[n]`, or rows
 * `[n, width]` where there are more numbers than examples).
 */
export type LayersModelLoss =
  'crossEntropy' | 'meanSquaredError' | ((outputs: tf.Tensor, targets: tf.Tensor) => tf.Tensor);

/** The loss of examples, given the targets of all. */
export interface ExampleLoss {
  /** No loss is negative, so that a partial sum above a limit decides. */
  readonly nonNegative: boolean;
  /** `[n]`. */
  losses(inputs: readonly tf.Tensor[], examples: Uint32Array): tf.Tensor;
}

/** A loss that does not know its targets yet. */
export interface ModelLoss {
  /** Logits `[1, n, columns]` and the number of classes, of a cross-entropy only. */
  readonly classification?: {readonly logits: OfInputs<tf.Tensor3D>; readonly classes: number};
  /** @throws {InputError} when a label is no class of the model */
  withTargets(targets: ArrayLike<number>): ExampleLoss;
}

/**
 * The loss of a model on `count` examples. All that can be checked without the targets is checked here.
 *
 * @param size how many numbers the targets will hold
 * @throws {InputError} when targets do not fit the examples or the model's outputs
 */
export function modelLoss(
  model: LayersModelLike,
  count: number,
  size: number,
  loss: LayersModelLoss,
  kind?: OutputKind,
): ModelLoss {
  const [, ...shape] = checkOutputs(model);
  if (loss === 'crossEntropy') return classification(model, count, size, shape, kind);
  const outputs = outputsOf(model);
  const width = size / count;
  if (!Number.isInteger(width) || width === 0 || (loss === 'meanSquaredError' && width !== product(shape))) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected targets for ${count} outputs [${shape}], got ${size} numbers`,
    );
  }
  const perExample = loss === 'meanSquaredError' ? squaredErrors : loss;
  const withTargets = (values: ArrayLike<number>): ExampleLoss => {
    const targets = Float32Array.from(values);
    return {
      nonNegative: loss === 'meanSquaredError',
      losses: (inputs, examples) => {
        const rows = gatherRows(targets, examples, width);
        const losses = perExample(
          outputs(inputs),
          tf.tensor(rows, width === 1 ? [examples.length] : [examples.length, width]),
        );
        if (losses.size === examples.length) return losses;
        throw new InputError(
          `models.objectiveFromLayersModel: expected a loss for each of ${examples.length} examples, got [${losses.shape}]`,
        );
      },
    };
  };
  return {withTargets};
}

function classification(
  model: LayersModelLike,
  count: number,
  size: number,
  shape: readonly (number | null)[],
  kind?: OutputKind,
): ModelLoss {
  const [columns] = shape;
  if (shape.length !== 1 || typeof columns !== 'number') {
    throw new InputError(
      `models.objectiveFromLayersModel: expected outputs [n, classes] for a cross-entropy, got [n, ${shape}]; ` +
        'give a loss of your own',
    );
  }
  if (size !== count && size !== count * columns) {
    throw new InputError(
      `models.objectiveFromLayersModel: expected labels [${count}] or one-hot rows [${count}, ${columns}], got ${size} numbers`,
    );
  }
  const logits = logitsOf(model, kind);
  const classes = Math.max(2, columns);
  const withTargets = (values: ArrayLike<number>): ExampleLoss => {
    if (size === count) checkLabels('models.objectiveFromLayersModel', values, classes);
    const labels = size === count ? values : labelsOfRows(values, columns);
    return {
      nonNegative: true,
      losses: (inputs, examples) => {
        const encoded = encodeLabels(
          Array.from(examples, (example) => at(labels, example)),
          columns,
        );
        return crossEntropy(logits(inputs), encoded);
      },
    };
  };
  return {classification: {logits, classes}, withTargets};
}

function checkOutputs({outputs, name}: LayersModelLike): readonly (number | null)[] {
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return only.shape;
  throw new InputError(
    `models.objectiveFromLayersModel: expected one output, got ${outputs.length} of "${name}"; ` +
      'make a model of the output that the loss is of',
  );
}

function labelsOfRows(rows: ArrayLike<number>, classes: number): Uint32Array {
  return Uint32Array.from({length: rows.length / classes}, (_, example) => {
    const row = Array.from({length: classes}, (__, c) => at(rows, example * classes + c));
    if (row.every((value) => value === 0 || value === 1) && row.filter((value) => value === 1).length === 1) {
      return row.indexOf(1);
    }
    throw new InputError(
      `models.objectiveFromLayersModel: expected one-hot rows, got [${row}] at example ${example}; ` +
        'give a loss of your own for soft labels',
    );
  });
}

/** Mean squared difference over the outputs of each example, `[n]`. */
function squaredErrors(outputs: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  const rows = [at(outputs.shape, 0), -1];
  return tf.mean(tf.square(tf.sub(tf.reshape(outputs, rows), tf.reshape(targets, rows))), 1);
}

function product(lengths: readonly (number | null)[]): number {
  return lengths.reduce<number>((size, length) => size * (length ?? Number.NaN), 1);
}
