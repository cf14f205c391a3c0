import {Generator, type GeneratorState, InputError, at} from '@minefield/core';
import {type Model, encodeLabels, exampleSizeOf} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import type {NetworkTask} from './network-task.ts';
import type {PoisonedBatch} from './poisoned-loss.ts';
import type {TrainingRecipe} from '@minefield/spec';

/** Makes the batches of K networks, each from its own streams, so that a network sees the same data whoever trains beside it. */
export interface BatchSource {
  /** Training examples of one network in a batch. */
  readonly trainCount: number;
  /**
   * The batch of step `step`; poison is drawn from where the streams stand, so steps go in order. Its inputs may lie in an array
   * that the next call writes to: they are valid until then.
   */
  next(step: number): PoisonedBatch;
  /** Where each network's poison stream stands. */
  poisonStates(): GeneratorState[];
}

/**
 * @param poisonStates where the poison streams stand, one for each task; their beginnings when absent
 * @throws {InputError} when training sets differ in size or are smaller than a batch, or there are not as many states as tasks
 */
export function batchSource(
  model: Model,
  tasks: readonly NetworkTask[],
  recipe: Pick<TrainingRecipe, 'batchSize' | 'poisonPoints'>,
  poisonStates?: readonly GeneratorState[],
): BatchSource {
  const [first] = tasks;
  if (first === undefined) throw new InputError('training.batchSource: expected at least one task, got none');
  const available = first.train.labels.length;
  const {batchSize: trainCount = available, poisonPoints = 0} = recipe;
  checkSizes(tasks, trainCount, poisonStates);
  const width = exampleSizeOf(model);
  const rows = trainCount + poisonPoints;
  const wholeSet = trainCount === available;
  const stepsPerEpoch = Math.floor(available / trainCount);
  const inputs = new Float32Array(tasks.length * rows * width);
  const labels = new Uint8Array(tasks.length * rows);
  const networks = tasks.map((task, k) => {
    const part = (from: number, count: number) => ({
      inputs: inputs.subarray((k * rows + from) * width, (k * rows + from + count) * width),
      labels: labels.subarray(k * rows + from, k * rows + from + count),
    });
    return {
      task,
      stream:
        poisonStates === undefined ? task.generator.derive('poison') : new Generator(at(poisonStates, k)),
      order: Uint32Array.from({length: available}, (_, i) => i) as Uint32Array,
      training: part(0, trainCount),
      poison: part(trainCount, poisonPoints),
    };
  });
  let epoch = -1;

  function fillTraining(step: number): void {
    const nextEpoch = wholeSet ? 0 : Math.floor(step / stepsPerEpoch);
    if (nextEpoch === epoch && wholeSet) return;
    const start = wholeSet ? 0 : (step % stepsPerEpoch) * trainCount;
    for (const network of networks) {
      const {train, generator} = network.task;
      if (nextEpoch !== epoch && !wholeSet) {
        network.order = generator.derive('order', nextEpoch).permutation(available);
      }
      const {training} = network;
      network.order.subarray(start, start + trainCount).forEach((example, i) => {
        training.inputs.set(train.inputs.subarray(example * width, (example + 1) * width), i * width);
        training.labels[i] = at(train.labels, example);
      });
    }
    epoch = nextEpoch;
  }

  return {
    trainCount,
    next(step) {
      fillTraining(step);
      if (poisonPoints > 0) {
        for (const {task, poison, stream} of networks)
          task.poison?.(poison.inputs, poison.labels, stream, step);
      }
      return {
        inputs: tf.tensor(inputs, [tasks.length, rows, ...model.inputShape]),
        labels: encodeLabels(labels, model.outputs, tasks.length),
      };
    },
    poisonStates: () => networks.map(({stream}) => stream.state()),
  };
}

function checkSizes(
  tasks: readonly NetworkTask[],
  trainCount: number,
  poisonStates: readonly GeneratorState[] | undefined,
): void {
  const sizes = tasks.map(({train}) => train.labels.length);
  if (trainCount < 1 || sizes.some((size) => size !== sizes[0] || size < trainCount)) {
    throw new InputError(
      `training.batchSource: expected training sets of one size of at least ${Math.max(1, trainCount)}, got ${sizes}`,
    );
  }
  if (poisonStates !== undefined && poisonStates.length !== tasks.length) {
    throw new InputError(
      `training.batchSource: expected a state of the poison stream for each of ${tasks.length} tasks, got ${poisonStates.length}`,
    );
  }
}
