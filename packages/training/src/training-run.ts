import type {CancelSignal, GeneratorState} from '@minefield/core';
import {
  type Model,
  type NormalizedModel,
  estimateStatistics,
  isNormalized,
  poisonCrossEntropy,
} from '@minefield/models';
import {type Optimizer, optimizerStep, slotCount} from '@minefield/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {type BatchSource, batchSource} from './batch-source.ts';
import {type Evaluation, evaluate} from './evaluate.ts';
import {type LearningCurves, appendToCurves, emptyCurves} from './learning-curves.ts';
import type {NetworkTask} from './network-task.ts';
import {clipRows, optimizerOf, rowNorms} from './optimizer.ts';
import {type PoisonWeights, type PoisonedBatch, poisonWeights, poisonedGradient} from './poisoned-loss.ts';
import {type TrainingRecipe, learningRateAt} from './recipe.ts';

/** How a network's training ended. */
export type TrainingOutcome = 'completed' | 'target-reached' | 'diverged';

export interface TrainingResult {
  readonly outcome: TrainingOutcome;
  /** Parameters at the end, `[P]`; those of the last evaluation that was finite for a network that diverged. */
  readonly theta: Float32Array;
  /** Optimizer steps done. */
  readonly steps: number;
  readonly curves: LearningCurves;
  /** Statistics of batch normalisation at `theta`, `[S]`, where the network has it. */
  readonly statistics?: Float32Array;
}

/** Everything needed to go on from a step and end with the same bits as without a break. */
export interface TrainingSnapshot {
  /** Steps done. */
  readonly step: number;
  readonly networks: readonly NetworkSnapshot[];
}

export interface NetworkSnapshot {
  readonly theta: Float32Array;
  readonly slots: readonly Float32Array[];
  readonly poison: GeneratorState;
  readonly curves: LearningCurves;
  /** Parameters of the last evaluation that was finite, or the first: what a network that diverges later ends with. */
  readonly lastFinite: Float32Array;
  /** Set once the network has ended before the others. */
  readonly ended?: TrainingResult;
}

/** The state of K networks in training; owns its tensors. */
export class TrainingRun {
  step: number;
  readonly #model: Model | NormalizedModel;
  /** The model as it is differentiated. */
  readonly #training: Model;
  readonly #tasks: readonly NetworkTask[];
  readonly #recipe: TrainingRecipe;
  readonly #source: BatchSource;
  readonly #weights: PoisonWeights;
  readonly #curves: LearningCurves[];
  readonly #ended: (TrainingResult | undefined)[];
  readonly #lastFinite: Float32Array[];
  #theta: tf.Tensor2D;
  #slots: readonly tf.Tensor2D[];
  readonly #optimizer: Optimizer;

  constructor(
    model: Model | NormalizedModel,
    tasks: readonly NetworkTask[],
    recipe: TrainingRecipe,
    resume?: TrainingSnapshot,
  ) {
    const {dimension} = model.layout;
    this.#model = model;
    this.#training = isNormalized(model) ? model.training : model;
    this.#tasks = tasks;
    this.#recipe = recipe;
    this.#optimizer = optimizerOf(recipe.optimizer);
    this.step = resume?.step ?? 0;
    this.#source = batchSource(
      this.#training,
      tasks,
      recipe,
      resume?.networks.map(({poison}) => poison),
    );
    this.#weights = poisonWeights(
      tasks.map(({poisonFactor}) => poisonFactor),
      this.#source.trainCount,
      recipe.poisonPoints,
    );
    this.#curves = tasks.map((_, k) => resume?.networks[k]?.curves ?? emptyCurves());
    this.#ended = tasks.map((_, k) => resume?.networks[k]?.ended);
    const thetas = tasks.map(({initial}, k) => resume?.networks[k]?.theta ?? initial);
    this.#lastFinite = tasks.map(({initial}, k) => resume?.networks[k]?.lastFinite ?? initial);
    this.#theta = stackRows(thetas, dimension);
    this.#slots = Array.from({length: slotCount(this.#optimizer)}, (_, slot) =>
      stackRows(
        tasks.map((_task, k) => resume?.networks[k]?.slots[slot] ?? new Float32Array(dimension)),
        dimension,
      ),
    );
  }

  allEnded(): boolean {
    return this.#ended.every((result) => result !== undefined);
  }

  /** One optimizer step; evaluates afterwards when `evaluation` is due. */
  async advance(evaluation: boolean): Promise<void> {
    const {clipNorm, weightDecay = 0} = this.#recipe;
    const batch = this.#source.next(this.step);
    const learningRate = learningRateAt(this.#recipe, this.step);
    const norms = tf.tidy(() => {
      let gradient = poisonedGradient(this.#training, this.#theta, batch, this.#weights);
      if (weightDecay > 0) gradient = tf.add(gradient, tf.mul(this.#theta, weightDecay));
      const lengths = clipNorm !== undefined || evaluation ? rowNorms(gradient) : undefined;
      if (clipNorm !== undefined && lengths !== undefined) gradient = clipRows(gradient, lengths, clipNorm);
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
      return evaluation ? lengths : undefined;
    });
    this.step += 1;
    try {
      if (norms !== undefined) await this.#evaluate(batch, learningRate, await norms.data());
    } finally {
      tf.dispose([batch.inputs, batch.labels, ...(norms === undefined ? [] : [norms])]);
    }
  }

  async #evaluate(batch: PoisonedBatch, learningRate: number, norms: ArrayLike<number>): Promise<void> {
    const theta = this.#theta;
    const rows = await this.#rows(theta);
    const model = await this.#evaluated(rows);
    const onTrain = await evaluate(
      model,
      theta,
      this.#tasks.map((task) => task.train),
    );
    const onTest = await evaluate(
      model,
      theta,
      this.#tasks.map((task) => task.test),
    );
    const onPoison = await this.#poisonLosses(model, batch);
    this.#tasks.forEach((_, k) => {
      const [trained, tested, row] = [onTrain[k], onTest[k], rows[k]];
      if (this.#ended[k] !== undefined || trained === undefined || tested === undefined || row === undefined)
        return;
      const entry = {
        step: this.step,
        trainLoss: trained.loss,
        trainAccuracy: trained.accuracy,
        poisonLoss: onPoison[k] ?? 0,
        testLoss: tested.loss,
        testAccuracy: tested.accuracy,
        learningRate,
        gradientNorm: norms[k] ?? 0,
      };
      if (!Object.values(entry).every(Number.isFinite) || !row.every(Number.isFinite)) {
        this.#end(k, 'diverged', this.#lastFinite[k] ?? row);
        return;
      }
      this.#lastFinite[k] = row;
      this.#curves[k] = appendToCurves(this.#curves[k] ?? emptyCurves(), entry);
      if (this.#reachesTarget(trained)) this.#end(k, 'target-reached', row);
    });
  }

  /** The model as it is evaluated at `thetas`: with fixed statistics where it has any. */
  async #evaluated(thetas: readonly Float32Array[]): Promise<Model> {
    const model = this.#model;
    if (!isNormalized(model)) return model;
    const {dimension} = model.statistics;
    const statistics = new Float32Array(thetas.length * dimension);
    for (const [k, theta] of thetas.entries()) {
      statistics.set(await this.#statistics(model, k, theta), k * dimension);
    }
    return model.frozen(statistics);
  }

  #statistics(
    model: NormalizedModel,
    k: number,
    theta: Float32Array,
    signal?: CancelSignal,
  ): Promise<Float32Array> {
    const inputs = this.#tasks[k]?.train.inputs ?? new Float32Array();
    const size = model.inputShape.reduce((product, length) => product * length, 1);
    const examples = inputs.subarray(0, (this.#recipe.statisticsExamples ?? Infinity) * size);
    return estimateStatistics(model, theta, examples, {signal});
  }

  #reachesTarget({accuracy, loss}: Evaluation): boolean {
    const {target} = this.#recipe;
    return target !== undefined && accuracy >= target.trainAccuracy && loss <= (target.trainLoss ?? Infinity);
  }

  #end(k: number, outcome: TrainingOutcome, theta: Float32Array): void {
    this.#ended[k] = {outcome, theta, steps: this.step, curves: this.#curves[k] ?? emptyCurves()};
  }

  /** Mean −log(1 − p_y) of each network on the poison part of a batch. */
  async #poisonLosses(model: Model, {inputs, labels}: PoisonedBatch): Promise<number[]> {
    const {poisonPoints} = this.#recipe;
    const networks = this.#tasks.length;
    if (poisonPoints === 0) return new Array<number>(networks).fill(0);
    const losses = tf.tidy(() => {
      const all = poisonCrossEntropy(model.logits(this.#theta, inputs, 'values'), labels);
      return tf.slice(all, [0, this.#source.trainCount], [networks, poisonPoints]);
    });
    const values = await losses.data();
    losses.dispose();
    return Array.from({length: networks}, (_, k) => {
      let sum = 0;
      for (let i = 0; i < poisonPoints; i++) sum += values[k * poisonPoints + i] ?? 0;
      return sum / poisonPoints;
    });
  }

  async #rows(matrix: tf.Tensor2D): Promise<Float32Array[]> {
    const [networks, length] = matrix.shape;
    const values = (await matrix.data()) as Float32Array;
    return Array.from({length: networks}, (_, k) => values.slice(k * length, (k + 1) * length));
  }

  /** Where the networks are now, or have ended, `[K]` of `[P]`. */
  async latest(): Promise<Float32Array[]> {
    const rows = await this.#rows(this.#theta);
    return rows.map((row, k) => this.#ended[k]?.theta.slice() ?? row);
  }

  async snapshot(): Promise<TrainingSnapshot> {
    const thetas = await this.#rows(this.#theta);
    const slots = await Promise.all(this.#slots.map((slot) => this.#rows(slot)));
    const poison = this.#source.poisonStates();
    const networks = thetas.map((theta, k): NetworkSnapshot => {
      const ended = this.#ended[k];
      const stream = poison[k] ?? {key: [0, 0], position: 0};
      return {
        theta,
        slots: slots.map((rows) => rows[k] ?? new Float32Array(theta.length)),
        poison: stream,
        curves: this.#curves[k] ?? emptyCurves(),
        lastFinite: this.#lastFinite[k] ?? theta,
        ...(ended === undefined ? {} : {ended}),
      };
    });
    return {step: this.step, networks};
  }

  /** Statistics are estimated once more, so that a snapshot need not hold any. */
  async results(signal?: CancelSignal): Promise<TrainingResult[]> {
    const results: TrainingResult[] = [];
    for (const k of this.#tasks.keys()) {
      const result = this.#ended[k] ?? {
        outcome: 'completed' as const,
        theta: this.#lastFinite[k] ?? new Float32Array(this.#model.layout.dimension),
        steps: this.step,
        curves: this.#curves[k] ?? emptyCurves(),
      };
      results.push(
        isNormalized(this.#model)
          ? {...result, statistics: await this.#statistics(this.#model, k, result.theta, signal)}
          : result,
      );
    }
    return results;
  }

  dispose(): void {
    tf.dispose([this.#theta, ...this.#slots, this.#weights.signs, this.#weights.weights]);
  }
}

function stackRows(rows: readonly Float32Array[], length: number): tf.Tensor2D {
  const values = new Float32Array(rows.length * length);
  rows.forEach((row, k) => values.set(row, k * length));
  return tf.tensor2d(values, [rows.length, length]);
}
