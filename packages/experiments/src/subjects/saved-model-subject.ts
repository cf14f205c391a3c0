import {type Objective, InputError} from '@minefield/core';
import type {Subject} from '@minefield/landscape';
import {
  type LabeledExamples,
  type LoadedLayersModel,
  classifierFromLayersModel,
  layersModelLayout,
  loadSavedLayersModel,
  objectiveFromLayersModel,
  readTrainableWeights,
} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import * as library from '@tensorflow/tfjs-layers';
import {startNumerics} from '../execute/numerics.ts';
import {firstExamples} from '../materials/experiment-data.ts';
import {checksOn} from '../measurements/single-examples.ts';
import {yieldingToEventLoop} from '../measurements/yield-to-event-loop.ts';
import {compareWithReference} from './compare-with-reference.ts';
import type {ExampleForm} from './decode-examples.ts';
import {examplesNamed} from './examples-of.ts';
import type {LayersModelOptions} from './layers-model-options.ts';
import {notesOn} from './notes-on.ts';
import {readLayersModel} from './read-layers-model.ts';

/** Of pictures, so many examples stand for all, unless the caller says how many. */
const PICTURES = 256;

/** Numbers that layers make in one call: a quarter of a gigabyte, and about as much again for a gradient. */
const NUMBERS_PER_CALL = 2 ** 26;

/** What {@link layersModelSubject} does. */
export async function savedModelSubject(file: string, options: LayersModelOptions): Promise<Subject> {
  const {saved, weights} = await readLayersModel(file);
  await startNumerics(options.backend);
  const {model, numbersPerExample, restingNumbers} = await loadSavedLayersModel(library, saved, weights);
  const form = formOf(model);
  const {name, examples, inputShape, reference} = await examplesNamed(options.data, form);
  const all = examples.labels.length;
  const count = Math.min(all, options.examples ?? (inputShape.length > 1 ? PICTURES : all));
  const perCall = Math.max(1, Math.min(512, Math.floor(NUMBERS_PER_CALL / numbersPerExample)));
  const objectiveOn = ({inputs, labels}: LabeledExamples): Objective =>
    objectiveFromLayersModel(
      model,
      {inputs: tf.tensor(inputs, [labels.length, ...inputShape]), labels},
      {examples: perCall},
    );
  const objective = objectiveOn(firstExamples(examples, count));
  const anchor = await readTrainableWeights(model);
  await requireEvaluation(objective, anchor);
  const agreement =
    reference &&
    (await compareWithReference({
      logits: () => classifierFromLayersModel(model, {examples: perCall}).logits(examples.inputs),
      loss: () => objectiveOn(examples).loss(anchor),
      count: all,
      reference,
      file: name,
    }));
  return {
    name: `${model.name} on ${count} ${count === 1 ? 'example' : 'examples'} of ${name}`,
    objective: yieldingToEventLoop(objective),
    anchor,
    examples: count,
    ...checksOn(count),
    notes: [
      ...(restingNumbers > 0
        ? [`${restingNumbers} weights do not train, such as moving statistics: they stay as they are`]
        : []),
      ...notesOn({
        agreement,
        compared: true,
        measured: count,
        of: all,
        anchor,
        layout: layersModelLayout(model),
      }),
    ],
  };
}

/** @throws {InputError} when a model takes or gives something else than a file of labelled examples holds */
function formOf({name, inputs, outputs}: LoadedLayersModel['model']): ExampleForm {
  const [input, ...otherInputs] = inputs;
  const [output, ...otherOutputs] = outputs;
  const [, columns, ...rest] = output?.shape ?? [];
  if (input && otherInputs.length + otherOutputs.length + rest.length === 0 && typeof columns === 'number') {
    return {name, inputShape: input.shape.slice(1), outputs: columns};
  }
  const shapes = (tensors: LoadedLayersModel['model']['inputs']): string =>
    tensors.map(({shape}) => `[${shape.map((length) => length ?? 'n').join(', ')}]`).join(', ') || 'none';
  throw new InputError(
    `experiments.savedModelSubject: expected one input and one output [n, classes], got inputs ${shapes(inputs)} and ` +
      `outputs ${shapes(outputs)} of ${name}; measure it where it is, with --evaluator, or from a program, with ` +
      'objectiveFromLayersModel of @minefield/models',
  );
}

/** @throws {InputError} when TensorFlow.js makes the model and cannot evaluate it */
async function requireEvaluation(objective: Objective, anchor: Float32Array): Promise<void> {
  try {
    await objective.loss(anchor, {examples: Uint32Array.of(0)});
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      'experiments.savedModelSubject: expected a model that TensorFlow.js evaluates, got this from it: ' +
        `${String(error).split('\n')[0]?.slice(0, 300)}; correct the model`,
    );
  }
}
