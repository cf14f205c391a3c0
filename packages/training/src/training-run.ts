import {type CancelSignal, at} from '@minefield/core';
import {type Model, type NormalizedModel, isNormalized} from '@minefield/models';
import {type Optimizer, clipRows, optimizerStep, slotCount} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {type BatchSource, batchSource} from './batch-source.ts';
import {rateAt} from './learning-rate.ts';
import {measureNetworks, trainingStatistics} from './measure-networks.ts';
import {NetworkState} from './network-state.ts';
import type {NetworkTask} from './network-task.ts';
import {optimizerOf, rowNorms, rowsOfNorm} from './optimizer.ts';
import {readRows, stackRows} from './parameter-rows.ts';
import {type PoisonWeights, type PoisonedBatch, poisonWeights, poisonedGradient} from './poisoned-loss.ts';
import type {TrainingRecipe} from '@minefield/spec';
import type {TrainingResult, TrainingSnapshot} from './training-result.ts';

/** K networks in training; owns their tensors. */
export class TrainingRun {
  step: number;
  readonly #model: Model | NormalizedModel;
  /** The model as it is differentiated. */
  readonly #training: Model;
  readonly #recipe: TrainingRecipe;
  readonly #optimizer: Optimizer;
  readonly #networks: readonly NetworkState[];
  readonly #source: BatchSource;
  readonly #weights: PoisonWeights;
  /** The factor of each parameter in the gradient of the penalty, `[P]`; one for all where it is of every parameter. */
  readonly #decay: tf.Tensor1D | number;
  #theta: tf.Tensor2D;
  #slots: readonly tf.Tensor2D[];

  constructor(
    model: Model | NormalizedModel,
    tasks: readonly NetworkTask[],
    recipe: TrainingRecipe,
    resume?: TrainingSnapshot,
  ) {
    const {dimension} = model.layout;
    const snapshots = resume?.networks;
    this.#model = model;
    this.#training = isNormalized(model) ? model.training : model;
    this.#recipe = recipe;
    this.#optimizer = optimizerOf(recipe.optimizer);
    this.step = resume?.step ?? 0;
    this.#networks = tasks.map((task, k) => new NetworkState(task, snapshots && at(snapshots, k)));
    this.#source = batchSource(
      this.#training,
      tasks,
      recipe,
      snapshots?.map(({poison}) => poison),
    );
    this.#weights = poisonWeights(
      tasks.map(({poisonFactor}) => poisonFactor),
      this.#source.trainCount,
      recipe.poisonPoints ?? 0,
    );
    this.#decay = decayOf(recipe, model);
    const thetas = snapshots?.map(({theta}) => theta) ?? tasks.map(({initial}) => initial);
    this.#theta = stackRows(thetas, dimension);
    this.#slots = Array.from({length: slotCount(this.#optimizer)}, (_, slot) =>
      snapshots === undefined
        ? tf.zeros<tf.Rank.R2>([tasks.length, dimension])
        : stackRows(
            snapshots.map(({slots}) => at(slots, slot)),
            dimension,
          ),
    );
  }

  allEnded(): boolean {
    return this.#networks.every(({ended}) => ended !== undefined);
  }

  /** One optimizer step; evaluates afterwards when `evaluation` is due. */
  async advance(evaluation: boolean): Promise<void> {
    const batch = this.#source.next(this.step);
    const learningRate = rateAt(this.#recipe, this.step);
    let norms: tf.Tensor2D | undefined;
    try {
      norms = this.#move(batch, learningRate, evaluation);
      this.step += 1;
      if (norms !== undefined) await this.#evaluate(batch, learningRate, norms);
    } finally {
      tf.dispose([batch.inputs, batch.labels]);
      norms?.dispose();
    }
  }

  /** Moves the parameters. @returns norms of the gradients before clipping, `[K, 1]`, where they are wanted */
  #move(batch: PoisonedBatch, learningRate: number, normsWanted: boolean): tf.Tensor2D | undefined {
    const {clipNorm, sharpnessAware} = this.#recipe;
    return tf.tidy(() => {
      const gradientAt = (theta: tf.Tensor2D): tf.Tensor2D =>
        poisonedGradient(this.#training, theta, batch, this.#weights);
      let gradient = gradientAt(this.#theta);
      if (sharpnessAware !== undefined) {
        gradient = gradientAt(tf.add(this.#theta, rowsOfNorm(gradient, sharpnessAware)));
      }
      if (this.#decay !== 0) gradient = tf.add(gradient, tf.mul(this.#theta, this.#decay));
      let norms: tf.Tensor2D | undefined;
      if (clipNorm !== undefined) ({clipped: gradient, norms} = clipRows(gradient, clipNorm));
      else if (normsWanted) norms = rowNorms(gradient);
      const next = optimizerStep(
        this.#optimizer,
        this.#theta,
        this.#slots,
        gradient,
        learningRate,
        this.step,
      );
      tf.dispose([this.#theta, ...this.#slots]);
      this.#theta = tf.keep(next.theta);
      this.#slots = next.slots.map((slot) => tf.keep(slot));
      return normsWanted ? norms : undefined;
    });
  }

  async #evaluate(batch: PoisonedBatch, learningRate: number, norms: tf.Tensor2D): Promise<void> {
    const gradientNorms = await norms.data();
    const tasks = this.#networks.map(({task}) => task);
    const measured = await measureNetworks(this.#model, this.#theta, tasks, batch, this.#recipe);
    for (const [k, {theta, onTrain, onTest, poisonLoss}] of measured.entries()) {
      const entry = {
        step: this.step,
        trainLoss: onTrain.loss,
        trainAccuracy: onTrain.accuracy,
        poisonLoss,
        testLoss: onTest.loss,
        testAccuracy: onTest.accuracy,
        learningRate,
        gradientNorm: at(gradientNorms, k),
      };
      at(this.#networks, k).record(entry, theta, this.#recipe.target);
    }
  }

  /** Where the networks are now, or have ended, `[K]` of `[P]`. */
  async latest(): Promise<Float32Array[]> {
    const rows = await readRows(this.#theta);
    return rows.map((row, k) => at(this.#networks, k).ended?.theta.slice() ?? row);
  }

  async snapshot(): Promise<TrainingSnapshot> {
    const thetas = await readRows(this.#theta);
    const slots = await Promise.all(this.#slots.map(readRows));
    const poison = this.#source.poisonStates();
    const networks = this.#networks.map((network, k) =>
      network.snapshot(
        at(thetas, k),
        slots.map((rows) => at(rows, k)),
        at(poison, k),
      ),
    );
    return {step: this.step, networks};
  }

  /** Statistics are estimated once more, so that a snapshot need not hold any. */
  async results(signal?: CancelSignal): Promise<TrainingResult[]> {
    const results: TrainingResult[] = [];
    for (const network of this.#networks) {
      const result = network.result(this.step);
      if (!isNormalized(this.#model)) {
        results.push(result);
        continue;
      }
      const {theta} = result;
      const statistics = await trainingStatistics(this.#model, theta, network.task, this.#recipe, signal);
      results.push({...result, statistics});
    }
    return results;
  }

  dispose(): void {
    tf.dispose([this.#theta, ...this.#slots, this.#weights.signs, this.#weights.weights]);
    if (typeof this.#decay !== 'number') this.#decay.dispose();
  }
}

function decayOf(
  {weightDecay = 0, weightDecayOf}: TrainingRecipe,
  {layout}: Model | NormalizedModel,
): tf.Tensor1D | number {
  if (weightDecay === 0 || weightDecayOf === undefined) return weightDecay;
  const factors = new Float32Array(layout.dimension);
  for (const {role, offset, size} of layout.slices) {
    if (role === 'kernel') factors.fill(weightDecay, offset, offset + size);
  }
  return tf.tensor1d(factors);
}
