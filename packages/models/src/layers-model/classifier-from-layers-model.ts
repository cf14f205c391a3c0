import {type Classifier, InputError, checkOptions} from '@minefield/core';
import {classifierOf} from '../classifier-of.ts';
import {checkCounts} from '../checks.ts';
import type {LayersModelLike} from './layers-model.ts';
import {logitsOf, type OutputKind} from './model-outputs.ts';

const CALLER = 'classifierFromLayersModel';

export interface LayersModelClassifierOptions {
  /** What the outputs are. Default: as the activation of the last layer says. */
  readonly outputs?: OutputKind | undefined;
  /** Inputs evaluated in one call of the model. Default 512. */
  readonly examples?: number | undefined;
}

/**
 * The decision function of a TensorFlow.js Layers model over its inputs, for margins: the model as it is at each call, in
 * inference mode.
 *
 * @throws {InputError} when the model has not one input of known size and one output `[n, classes]`, or its outputs do not say
 * what they are, or an option is below 1 or one that nobody reads
 * @example const {distances} = await deepFoolMargins(classifierFromLayersModel(model), images);
 */
export function classifierFromLayersModel(
  model: LayersModelLike,
  options: LayersModelClassifierOptions = {},
): Classifier {
  checkOptions(`models.${CALLER}`, options, {outputs: true, examples: true});
  const {examples: chunk = 512, outputs: kind} = options;
  checkCounts(CALLER, {examples: chunk});
  const [input, ...others] = model.inputs;
  const inputShape = (input?.shape ?? []).slice(1).filter((length) => length !== null);
  const [, columns, ...rest] = model.outputs.length === 1 ? (model.outputs[0]?.shape ?? []) : [];
  const known = others.length === 0 && inputShape.length + 1 === input?.shape.length;
  if (!known || typeof columns !== 'number' || rest.length > 0) {
    const shapes = (tensors: LayersModelLike['inputs']): string =>
      tensors.map(({shape}) => `[${shape.map((length) => length ?? 'n').join(', ')}]`).join(', ');
    throw new InputError(
      'models.classifierFromLayersModel: expected one input of known size and one output [n, classes], ' +
        `got inputs ${shapes(model.inputs)} and outputs ${shapes(model.outputs)} of "${model.name}"; make a model of these`,
    );
  }
  const logits = logitsOf(model, kind, CALLER);
  return classifierOf({
    caller: CALLER,
    inputShape,
    outputs: columns,
    logits: (inputs) => logits([inputs]),
    chunk,
  });
}
