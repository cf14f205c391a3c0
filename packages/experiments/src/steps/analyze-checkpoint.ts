import type {Objective} from '@minefield/core';
import {type Model, objectiveFromModel} from '@minefield/models';
import type {AnalysisName, AnalysisOf, AnalysisRecord} from '@minefield/results';
import {decodeNetwork} from '../checkpoint.ts';
import {type ExperimentData, dataOf, firstExamples} from '../data.ts';
import type {AnalysisJob, AnalysisSettings, RunSpec} from '../job.ts';
import {evaluatedNetwork, networkOf} from '../model.ts';
import type {AnalysisInput, AnalyzeTask, JobResult} from '../task.ts';
import {measureBasin} from './basin.ts';
import {measureBoundary} from './boundary.ts';
import {measureConnectivity} from './connectivity.ts';
import {measureCurvature} from './curvature.ts';
import {measureLine} from './line.ts';
import {measureLlc} from './llc.ts';
import {measureMargin} from './margin.ts';
import {mapMinefield} from './minefield.ts';
import {measurePreconditioned} from './preconditioned.ts';
import {measurePredictions} from './predictions.ts';
import {searchFromPath} from './search.ts';
import {measureSpectrum} from './spectrum.ts';
import type {StepContext, Witness} from './step-context.ts';
import {measureSurface} from './surface.ts';
import {measureTrajectory} from './trajectory.ts';

/** A trained network, its statistics fixed, and its data: what every analysis looks at. */
export interface Minimum {
  readonly model: Model;
  readonly theta: Float32Array;
  readonly data: ExperimentData;
  /** Clean training loss. */
  readonly objective: Objective;
  /** Directions of an analysis are drawn from streams of the run's seed. */
  readonly seed: number;
  /** How it was trained. */
  readonly run: RunSpec;
  /** β of that training. */
  readonly poisonFactor: number;
  /** Other records that this analysis reads, with their files. */
  readonly inputs: readonly AnalysisInput[];
}

/** What an analysis gives: the data of its record, and a file of parameters where it found some. */
export interface Measured<Name extends AnalysisName> {
  readonly data: AnalysisOf<Name>['data'];
  readonly checkpoint?: (identity: string) => Uint8Array;
}

/** One analysis: a minimum and settings in, the data of its record out. */
export type Measurement<Name extends AnalysisName> = (
  minimum: Minimum,
  settings: AnalysisSettings<Name>,
  context: StepContext,
) => Promise<AnalysisOf<Name>['data']>;

type Step<Name extends AnalysisName> = (
  ...parameters: Parameters<Measurement<Name>>
) => Promise<Measured<Name>>;

const steps: {readonly [Name in AnalysisName]: Step<Name>} = {
  boundary: dataOnly(measureBoundary),
  line: dataOnly(measureLine),
  surface: dataOnly(measureSurface),
  basin: dataOnly(measureBasin),
  preconditioned: dataOnly(measurePreconditioned),
  curvature: dataOnly(measureCurvature),
  spectrum: dataOnly(measureSpectrum),
  llc: dataOnly(measureLlc),
  margin: dataOnly(measureMargin),
  predictions: dataOnly(measurePredictions),
  trajectory: dataOnly(measureTrajectory),
  connectivity: dataOnly(measureConnectivity),
  search: searchFromPath,
  minefield: dataOnly(mapMinefield),
};

function dataOnly<Name extends AnalysisName>(measure: Measurement<Name>): Step<Name> {
  return async (...parameters) => ({data: await measure(...parameters)});
}

/** Does one analysis of one checkpoint. */
export async function analyzeCheckpoint(
  {job, checkpoint, checkpointHash, inputs = []}: AnalyzeTask,
  witness: Witness,
  context: StepContext,
): Promise<JobResult> {
  const startedAt = new Date();
  const start = performance.now();
  const {run, settings} = job.spec;
  const network = networkOf(run.model, run.dataset);
  const {theta, statistics} = decodeNetwork(checkpoint, network);
  const model = evaluatedNetwork(network, statistics);
  const all = dataOf(job, run.dataset);
  const examples = 'examples' in settings ? settings.examples : undefined;
  const data = examples === undefined ? all : {...all, train: firstExamples(all.train, examples)};
  const minimum: Minimum = {
    model,
    theta,
    data,
    objective: objectiveFromModel(model, data.train),
    seed: job.seed,
    run,
    poisonFactor: job.poisonFactor,
    inputs,
  };
  const step = steps[job.analysis] as Step<AnalysisName>;
  const basis = [checkpointHash, ...inputs.map((input) => input.sha256)].join(' ');
  const parts = context.partsOf?.(job.identity, basis);
  const measured = await step(minimum, settings, {...context, ...(parts && {parts})});
  const provenance = witness(startedAt, (performance.now() - start) / 1000);
  return {
    kind: 'analysis',
    record: analysisRecord(job, checkpointHash, measured.data, provenance),
    checkpoint: measured.checkpoint?.(job.identity) ?? null,
  };
}

function analysisRecord(
  job: AnalysisJob,
  checkpoint: string,
  data: AnalysisRecord['data'],
  provenance: AnalysisRecord['provenance'],
): AnalysisRecord {
  const {identity, experiment, seed, poisonFactor, numerics, algorithmVersions, analysis, inputs} = job;
  return {
    schemaVersion: 1,
    kind: 'analysis',
    analysis,
    identity,
    experiment,
    run: inputs[0] ?? '',
    checkpoint,
    seed,
    poisonFactor,
    numerics,
    algorithmVersions,
    settings: JSON.parse(JSON.stringify(job.spec.settings)) as AnalysisRecord['settings'],
    data,
    provenance,
  } as AnalysisRecord;
}
