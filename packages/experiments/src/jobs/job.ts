/** The unit of work: plain JSON that any worker can do, now or later, here or elsewhere, with the same outcome. */
import {at} from '@minefield/core';
import {type Identifying, jobIdentity} from '@minefield/results/node';
import type {AnalysisName, AnalysisSettings, RunSpec} from '@minefield/spec';
import {algorithmVersions} from './algorithms.ts';

/** `numerics` of WASM with plain SIMD: its bits agree on all machines, so its records need name no backend. */
export const PORTABLE = 'portable';

interface JobCommon extends Identifying {
  /** SHA-256 of what it depends on; see `jobIdentity` of `@minefield/results`. */
  readonly identity: string;
  /** Folder of the records; not part of the identity, as no number depends on it. */
  readonly experiment: string;
}

export interface RunJob extends JobCommon {
  readonly kind: 'run';
  readonly spec: RunSpec;
}

export interface AnalysisJob<Name extends AnalysisName = AnalysisName> extends JobCommon {
  readonly kind: 'analysis';
  readonly analysis: Name;
  readonly spec: {readonly run: RunSpec; readonly settings: AnalysisSettings<Name>};
}

export type Job = RunJob | AnalysisJob;

export interface JobPlace {
  readonly experiment: string;
  readonly seed: number;
  readonly poisonFactor: number;
  readonly dataset: string;
  readonly numerics: string;
}

export function runJob(place: JobPlace, spec: RunSpec): RunJob {
  return identified<RunJob>({
    kind: 'run',
    ...place,
    spec,
    algorithmVersions: {training: algorithmVersions.training},
    inputs: [],
  });
}

/** @param reads other jobs whose records and checkpoints this one needs */
export function analysisJob<Name extends AnalysisName>(
  run: RunJob,
  analysis: Name,
  settings: AnalysisSettings<Name>,
  reads: readonly Job[] = [],
): AnalysisJob<Name> {
  const {experiment, seed, poisonFactor, dataset, numerics} = run;
  return identified<AnalysisJob<Name>>({
    kind: 'analysis',
    analysis,
    experiment,
    seed,
    poisonFactor,
    dataset,
    numerics,
    spec: {run: run.spec, settings},
    algorithmVersions: {[analysis]: algorithmVersions[analysis]},
    inputs: [run.identity, ...reads.map(({identity}) => identity)],
  });
}

function identified<J extends Job>(parts: Omit<J, 'identity'> & Identifying): J {
  return {identity: jobIdentity(parts), ...parts} as unknown as J;
}

/** `run`, or the name of the analysis. */
export function kindOf(
  job: {readonly kind: 'run'} | {readonly kind: 'analysis'; readonly analysis: string},
): string {
  return job.kind === 'run' ? 'run' : job.analysis;
}

/** What a job is called in messages, such as `basin of seed 3, poison factor 0.8`. */
export function jobName(job: Job): string {
  if (isOf(job, 'search')) {
    const {starts, poisonFactor} = job.spec.settings;
    return `search of seed ${job.seed}, poison factor ${poisonFactor}, from steps ${starts.at(0)} to ${starts.at(-1)}`;
  }
  if (isOf(job, 'alternatives')) return `${job.spec.settings.name}, ${plainJobName(job)}`;
  return plainJobName(job);
}

/** The same of a job of which only kind and place are known. */
export function plainJobName(
  job: Pick<JobCommon, 'seed' | 'poisonFactor'> & Parameters<typeof kindOf>[0],
): string {
  const kind = job.kind === 'run' ? 'training' : job.analysis;
  return `${kind} of seed ${job.seed}, poison factor ${job.poisonFactor}`;
}

/** Whether a job is one of an analysis. */
function isOf<Name extends AnalysisName>(job: Job, name: Name): job is AnalysisJob<Name> {
  return job.kind === 'analysis' && job.analysis === name;
}

/** Identities of the jobs that an analysis reads besides its run. */
export function othersRead({inputs}: AnalysisJob): readonly string[] {
  return inputs.slice(1);
}

/** Identity of the run that an analysis measures. */
export function runRead({inputs}: AnalysisJob): string {
  return at(inputs, 0);
}
