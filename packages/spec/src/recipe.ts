/** How a network is trained. */
import * as z from 'zod';
import type {DeepReadonly} from './deep-readonly.ts';
import {
  LONGEST_LIST,
  MOST_EXAMPLES,
  MOST_STEPS,
  examples,
  fraction,
  nonNegative,
  positive,
  steps,
  upTo,
} from './fields.ts';

const optimizerSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('adam'),
    beta1: fraction.exactOptional(),
    beta2: fraction.exactOptional(),
    epsilon: positive.exactOptional(),
  }),
  z.strictObject({name: z.literal('sgd'), momentum: fraction.exactOptional()}),
  z.strictObject({
    name: z.literal('rmsprop'),
    decay: fraction.exactOptional(),
    epsilon: positive.exactOptional(),
  }),
]);

const scheduleSchema = z.discriminatedUnion('name', [
  z.strictObject({name: z.literal('constant')}),
  /** Half a cosine from the full rate at the first step to 0 after the last. */
  z.strictObject({name: z.literal('cosine')}),
  /** The rate is multiplied by `factor` at each of the fractions `at` of all steps. */
  z.strictObject({name: z.literal('step'), factor: positive, at: z.array(fraction).max(LONGEST_LIST)}),
]);

/** When a network is trained enough. */
const targetSchema = z.strictObject({
  /** Training accuracy at least this. */
  trainAccuracy: fraction,
  /** Training loss at most this. Default: any. */
  trainLoss: nonNegative.exactOptional(),
});

export const recipeSchema = z.strictObject({
  /** Optimizer steps. */
  steps,
  optimizer: optimizerSchema,
  learningRate: positive,
  schedule: scheduleSchema,
  /** Steps over which the rate rises linearly from 0. Default 0. */
  warmupSteps: upTo(MOST_STEPS, 0).exactOptional(),
  /** Largest Euclidean norm of a network's gradient; longer ones are scaled down to it. Default: none. */
  clipNorm: positive.exactOptional(),
  /**
   * ρ of sharpness-aware minimization (Foret et al. 2021): the gradient is taken at θ + ρ g/‖g‖, where g is that at θ. Default: none.
   */
  sharpnessAware: positive.exactOptional(),
  /** Factor λ of the penalty (λ/2)‖θ‖², added to the gradient. Default 0. */
  weightDecay: nonNegative.exactOptional(),
  /** `kernels`: the penalty is of the weights alone, without biases, scales and shifts. Default: of every parameter. */
  weightDecayOf: z.literal('kernels').exactOptional(),
  /** Training examples in a step, drawn without replacement epoch by epoch (a ragged rest is left out). Default: all. */
  batchSize: examples.exactOptional(),
  /** Poison examples in a step. Default 0: clean training. */
  poisonPoints: upTo(MOST_EXAMPLES, 0).exactOptional(),
  /** Steps between two points of the learning curves. */
  evaluateEvery: steps,
  /**
   * Training examples, the first of the set, over which the statistics of batch normalization are estimated before each
   * evaluation and at the end. Default: all.
   */
  statisticsExamples: examples.exactOptional(),
  /** A network stops at the first evaluation that meets all of this. */
  target: targetSchema.exactOptional(),
});

export type TrainingRecipe = DeepReadonly<z.infer<typeof recipeSchema>>;
export type OptimizerSpec = TrainingRecipe['optimizer'];
export type ScheduleSpec = TrainingRecipe['schedule'];
export type TrainingTarget = NonNullable<TrainingRecipe['target']>;
