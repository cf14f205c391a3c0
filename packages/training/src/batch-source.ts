import {Generator, type GeneratorState, InputError} from '@minefield/core';
import {type Model, encodeLabels} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import type {NetworkTask} from './network-task.ts';
import type {PoisonedBatch} from './poisoned-loss.ts';

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
 * @param poisonStates where the poison streams stand; their beginnings when absent
 * @throws {InputError} when training sets differ in size or are smaller than a batch
 */
export function batchSource(
  model: Model,
  tasks: readonly NetworkTask[],
  recipe: {readonly batchSize?: number; readonly poisonPoints: number},
  poisonStates?: readonly GeneratorState[],
): BatchSource {
  const available = tasks[0]?.train.labels.length ?? 0;
  const trainCount = recipe.batchSize ?? available;
  const poisonCount = recipe.poisonPoints;
  if (
    tasks.some(({train}) => train.labels.length !== available) ||
    trainCount < 1 ||
    trainCount > available
  ) {
    throw new InputError(
      `training.batchSource: expected training sets of one size of at least ${Math.max(1, trainCount)}, ` +
        `got ${tasks.map(({train}) => train.labels.length)}`,
    );
  }
  const width = model.inputShape.reduce((product, length) => product * length, 1);
  const rows = trainCount + poisonCount;
  const stepsPerEpoch = Math.floor(available / trainCount);
  const inputs = new Float32Array(tasks.length * rows * width);
  const labels = new Uint8Array(tasks.length * rows);
  const streams = tasks.map(({generator}, k) => {
    const state = poisonStates?.[k];
    return state === undefined ? generator.derive('poison') : new Generator(state);
  });
  const wholeSet = trainCount === available;
  let orders: Uint32Array[] = [];
  let epoch = -1;

  function fillTrain(step: number): void {
    const nextEpoch = wholeSet ? 0 : Math.floor(step / stepsPerEpoch);
    if (nextEpoch === epoch && wholeSet) return;
    if (nextEpoch !== epoch) {
      epoch = nextEpoch;
      orders = tasks.map(({generator}) =>
        wholeSet
          ? Uint32Array.from({length: available}, (_, i) => i)
          : generator.derive('order', epoch).permutation(available),
      );
    }
    const start = wholeSet ? 0 : (step % stepsPerEpoch) * trainCount;
    tasks.forEach(({train}, k) => {
      for (let i = 0; i < trainCount; i++) {
        const example = orders[k]?.[start + i] ?? 0;
        inputs.set(train.inputs.subarray(example * width, (example + 1) * width), (k * rows + i) * width);
        labels[k * rows + i] = train.labels[example] ?? 0;
      }
    });
  }

  function fillPoison(step: number): void {
    if (poisonCount === 0) return;
    tasks.forEach(({poison}, k) => {
      const first = k * rows + trainCount;
      const stream = streams[k];
      if (stream === undefined) return;
      poison(
        inputs.subarray(first * width, (k + 1) * rows * width),
        labels.subarray(first, (k + 1) * rows),
        stream,
        step,
      );
    });
  }

  return {
    trainCount,
    next(step) {
      fillTrain(step);
      fillPoison(step);
      return {
        inputs: tf.tensor(inputs, [tasks.length, rows, ...model.inputShape]),
        labels: encodeLabels(labels, model.outputs, tasks.length),
      };
    },
    poisonStates: () => streams.map((stream) => stream.state()),
  };
}
