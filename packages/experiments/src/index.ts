export {algorithmVersions} from './algorithms.ts';
export {experiments} from './catalog.ts';
export type {Claim, ClaimsDocument, Verdict} from './claims/claim.ts';
export {median, spearman} from './claims/statistics.ts';
export {verifyAll, verifyClaims} from './claims/verify.ts';
export type {ExecuteOptions, Executor} from './executor.ts';
export {expandSpec} from './expand.ts';
export {checkNumerics} from './check-numerics.ts';
export {inlineExecutor} from './inline-executor.ts';
export {PORTABLE, jobName} from './job.ts';
export type {AnalysisJob, AnalysisSettings, Job, RunJob, RunSpec, SearchSettings} from './job.ts';
export {parseSpec} from './parse-spec.ts';
export {processPool} from './process-pool.ts';
export type {Progress} from './progress.ts';
export {runExperiment} from './run-experiment.ts';
export type {RunExperimentOptions} from './run-experiment.ts';
export type {FailedJob, RunEvent, RunSummary} from './run-events.ts';
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
export type {AnalysisInput, AnalyzeTask, JobResult, Task, TrainTask} from './task.ts';
export {minefieldProfiles} from './minefield.ts';
export {toyProfiles} from './toy.ts';
