export {batchSource} from './batch-source.ts';
export type {BatchSource} from './batch-source.ts';
export {evaluate} from './evaluate.ts';
export type {Evaluation} from './evaluate.ts';
export type {LearningCurves} from './learning-curves.ts';
export {poisonFromExamples} from './network-task.ts';
export type {NetworkTask, PoisonSource} from './network-task.ts';
export {poisonWeights, poisonedGradient, poisonedLoss} from './poisoned-loss.ts';
export type {PoisonWeights, PoisonedBatch} from './poisoned-loss.ts';
export {learningRateAt} from './recipe.ts';
export type {OptimizerSpec, ScheduleSpec, TrainingRecipe} from './recipe.ts';
export {train} from './train.ts';
export type {
  NetworkSnapshot,
  TrainOptions,
  TrainingOutcome,
  TrainingResult,
  TrainingSnapshot,
} from './train.ts';
