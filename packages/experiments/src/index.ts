export {agreementOf} from './agreement.ts';
export type {AgreementDocument} from './agreement.ts';
export {algorithmVersions} from './algorithms.ts';
export {experiments} from './catalog.ts';
export type {Claim, ClaimsDocument, Verdict} from './claims/claim.ts';
export {median, spearman} from './claims/statistics.ts';
export {CLAIMED_EXPERIMENTS, verifyAll, verifyClaims} from './claims/verify.ts';
export type {ExecuteOptions, Executor, JobNote, WorkPlace} from './executor.ts';
export {expandSpec} from './expand.ts';
export {headOf} from './inventory.ts';
export {checkNumerics} from './check-numerics.ts';
export {inlineExecutor} from './inline-executor.ts';
export {PORTABLE, jobName} from './job.ts';
export type {AnalysisJob, AnalysisSettings, Job, RunJob, RunSpec, SearchSettings} from './job.ts';
export {analyticSubject} from './measure/analytic-subject.ts';
export type {AnalyticSpec} from './measure/analytic-subject.ts';
export {checkpointSubject} from './measure/checkpoint-subject.ts';
export type {CheckpointOptions} from './measure/checkpoint-subject.ts';
export {learningCoefficientOf} from './measure/learning-coefficient.ts';
export type {
  LearningCoefficientDocument,
  LearningCoefficientOfOptions,
} from './measure/learning-coefficient.ts';
export type {CoordinatesName} from './measure/operators.ts';
export {scanOf} from './measure/scan.ts';
export type {ScanDirection, ScanDocument, ScanOfOptions} from './measure/scan.ts';
export {spectrumOf} from './measure/spectrum.ts';
export type {SpectrumDocument, SpectrumOfOptions} from './measure/spectrum.ts';
export type {MeasureOptions, Subject} from './measure/subject.ts';
export {volumeOf} from './measure/volume.ts';
export type {VolumeDocument, VolumeOfOptions} from './measure/volume.ts';
export {parseSpec} from './parse-spec.ts';
export {planExperiment} from './plan.ts';
export type {Plan, PlannedJob} from './plan.ts';
export {processPool} from './process-pool.ts';
export type {Progress} from './progress.ts';
export {runExperiment} from './run-experiment.ts';
export type {RunExperimentOptions} from './run-experiment.ts';
export type {FailedJob, RunEvent, RunSummary} from './run-events.ts';
export {parseJobFilter} from './select-jobs.ts';
export type {JobFilter} from './select-jobs.ts';
export type {
  AnalysesSpec,
  AnalysisName,
  BasinSpec,
  BoundarySpec,
  CurvatureSpec,
  DatasetSpec,
  ExperimentSpec,
  LineSpec,
  MarginSpec,
  MinefieldSpec,
  ModelSpec,
  RegularSpiralsSpec,
  RunFilter,
  SearchSpec,
  SurfaceSpec,
  TwoSpiralsSpec,
} from './spec.ts';
export {experimentSpecSchema} from './spec-schema.ts';
export {sweepStatus} from './sweep-status.ts';
export type {SweepStatus} from './sweep-status.ts';
export type {AnalysisInput, AnalyzeTask, JobResult, Task, TrainTask} from './task.ts';
export {minefieldProfiles} from './minefield.ts';
export {toyProfiles} from './toy.ts';
export {openSvhn, settledSpec} from './svhn-source.ts';
export type {SvhnSource} from './svhn-source.ts';
