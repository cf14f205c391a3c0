export {dataSources, filesAtHand, openDataSources, resolveSpec, sourceOf} from './materials/data-sources.ts';
export type {DataFile, DataFiles} from './materials/data-files.ts';
export type {DataSource, DataSources} from './materials/data-source.ts';
export type {ExperimentData} from './materials/experiment-data.ts';

export {algorithmVersions} from './jobs/algorithms.ts';
export {expandSpec} from './jobs/expand.ts';
export {PORTABLE, jobName, kindOf, othersRead, plainJobName, runRead} from './jobs/job.ts';
export {parseJobFilter} from './jobs/select-jobs.ts';
export {saidOtherwise} from './jobs/said-otherwise.ts';
export {jobsOf} from './jobs/task.ts';
export type {ExpandOptions} from './jobs/expand.ts';
export type {AnalysisJob, Job, RunJob} from './jobs/job.ts';
export type {JobFilter} from './jobs/select-jobs.ts';
export type {AnalysisInput, AnalyzeTask, JobResult, Task, TrainTask} from './jobs/task.ts';

export {learningCoefficientOf, scanOf, spectrumOf, volumeOf} from '@minefield/landscape';
export type {
  CoordinatesName,
  LearningCoefficientDocument,
  LearningCoefficientOfOptions,
  MeasureOptions,
  ScanDirection,
  ScanDocument,
  ScanOfOptions,
  SpectrumDocument,
  SpectrumOfOptions,
  Subject,
  VolumeDocument,
  VolumeOfOptions,
} from '@minefield/landscape';

export {workFolder} from './resume/work-folder.ts';

export {failedElsewhere, failureText, isForeseen} from './execute/failure.ts';
export {checkNumerics} from './execute/check-numerics.ts';
export {fastestBackends} from './execute/fastest-backends.ts';
export {inlineExecutor} from './execute/inline-executor.ts';
export {numericVersions} from './execute/numeric-packages.ts';

export {processPool, siblingOf} from './execute/process-pool.ts';
export type {BackendTime} from './execute/time-backends.ts';
export type {ExecuteOptions, Executor, JobNote, WorkPlace} from './execute/executor.ts';
export type {ProcessPoolOptions} from './execute/process-pool.ts';

export {analyticSubject} from './subjects/analytic-subject.ts';
export {checkpointSubject} from './subjects/checkpoint-subject.ts';
export {evaluatorSubject} from './subjects/evaluator-subject.ts';
export {layersModelSubject} from './subjects/layers-model-subject.ts';
export {onnxSubject} from './subjects/onnx-subject.ts';
export type {AnalyticSpec} from './subjects/analytic-subject.ts';
export type {CheckpointOptions} from './subjects/checkpoint-options.ts';
export type {EvaluatorOptions} from './subjects/evaluator-subject.ts';
export type {LayersModelOptions} from './subjects/layers-model-options.ts';
export type {OnnxOptions} from './subjects/onnx-subject.ts';

export {readExperimentRecord} from './sweep/inventory.ts';
export {planExperiment} from './sweep/plan.ts';
export {runExperiment} from './sweep/run-experiment.ts';
export {sweepStatus} from './sweep/sweep-status.ts';
export type {Plan, PlannedJob} from './sweep/plan.ts';
export type {Progress} from './sweep/progress.ts';
export type {FailedJob, RunEvent, RunSummary} from './sweep/run-events.ts';
export type {RunExperimentOptions} from './sweep/sweep-options.ts';
export type {SweepStatus} from './sweep/sweep-status.ts';
