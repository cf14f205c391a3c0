/** The unit of work: plain JSON that any worker can do, now or later, here or elsewhere, with the same outcome. */
import {identityOf} from '@minefield/results/node';
import {algorithmVersions} from './algorithms.ts';
import type {AnalysesSpec, AnalysisName, ExperimentSpec, SearchSpec} from './spec.ts';

/** `numerics` of WASM with plain SIMD: its bits agree on all machines, so its records need name no backend. */
export const PORTABLE = 'portable';

/** The part of an experiment's spec that one run depends on, besides its seed and poison factor. */
export type RunSpec = Pick<ExperimentSpec, 'dataset' | 'model' | 'initialization' | 'recipe'>;

/** The settings of one analysis, without the choice of runs; a search is cut into jobs of a group of starts each. */
export type AnalysisSettings<Name extends AnalysisName = AnalysisName> = {
  [Key in Name]: Key extends 'search' ? SearchSettings : WithoutFilter<NonNullable<AnalysesSpec[Key]>>;
}[Name];

/** Each member of a union by itself. */
type WithoutFilter<Spec> = Spec extends unknown ? Omit<Spec, 'seeds' | 'poisonFactors'> : never;

/** What one job of a search does. */
export interface SearchSettings extends Pick<SearchSpec, 'poisonFactor' | 'recipe'> {
  /** Steps of the run from whose parameters the searches begin, rising. */
  readonly starts: readonly number[];
}

interface JobCommon {
  /** SHA-256 of the canonical JSON of everything else here but `experiment`. */
  readonly identity: string;
  /** Folder of the records; not part of the identity, as no number depends on it. */
  readonly experiment: string;
  readonly seed: number;
  readonly poisonFactor: number;
  /** Fingerprint of the data that the seed draws. */
  readonly dataset: string;
  /** `portable`, or the name of the backend that the numbers are bound to. */
  readonly numerics: string;
  readonly algorithmVersions: Readonly<Record<string, number>>;
  /** Identities of the jobs whose checkpoints this one reads. */
  readonly inputs: readonly string[];
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
  return identified({
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

function identified<J extends Job>(parts: Omit<J, 'identity'>): J {
  const {experiment: _folder, ...identifying} = parts as Omit<Job, 'identity'>;
  return {identity: identityOf(identifying), ...parts} as J;
}

/** What a job is called in messages, such as `basin of seed 3, poison factor 0.8`. */
export function jobName(job: Job): string {
  if (job.kind === 'analysis' && 'starts' in job.spec.settings) {
    const {starts, poisonFactor} = job.spec.settings;
    return `search of seed ${job.seed}, poison factor ${poisonFactor}, from steps ${starts.at(0)} to ${starts.at(-1)}`;
  }
  return `${job.kind === 'run' ? 'training' : job.analysis} of seed ${job.seed}, poison factor ${job.poisonFactor}`;
}

/** Identities of the jobs that an analysis reads besides its run. */
export function othersRead({inputs}: AnalysisJob): readonly string[] {
  return inputs.slice(1);
}
