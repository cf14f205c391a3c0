import {decodeNetwork, objectiveFromModel} from '@minefield/models';
import type {AnalysisRecord} from '@minefield/results';
import type {AnalysisName} from '@minefield/spec';
import {type AnalysisJob, runRead} from '../jobs/job.ts';
import type {AnalyzeTask, JobResult} from '../jobs/task.ts';
import type {DataSources} from '../materials/data-source.ts';
import {dataOf} from '../materials/data-sources.ts';
import {firstExamples} from '../materials/experiment-data.ts';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import type {Measured, Measurer, Minimum} from './measurement.ts';
import {measurers} from './measurers.ts';
import type {ProvenanceStamp, StepContext} from './step-context.ts';

/** Does one analysis of one checkpoint. */
export async function analyzeCheckpoint(
  task: AnalyzeTask,
  sources: DataSources,
  stamp: ProvenanceStamp,
  context: StepContext,
): Promise<JobResult> {
  const {job, checkpointHash, inputs = []} = task;
  const startedAt = new Date();
  const start = performance.now();
  const basis = [checkpointHash, ...inputs.map((input) => input.sha256)].join(' ');
  const parts = context.partsOf?.(job.identity, basis);
  const measured = await measure(job, minimumOf(task, sources), {...context, ...(parts && {parts})});
  return {
    kind: 'analysis',
    record: {
      ...headOf(job, checkpointHash),
      data: measured.data,
      provenance: stamp(startedAt, (performance.now() - start) / 1000),
    } as AnalysisRecord,
    checkpoint: measured.checkpoint?.(job.identity) ?? null,
  };
}

function measure<Name extends AnalysisName>(
  {analysis, spec}: AnalysisJob<Name>,
  minimum: Minimum,
  context: StepContext,
): Promise<Measured<Name>> {
  const measurer: Measurer<Name> = measurers[analysis];
  return measurer(minimum, spec.settings, context);
}

function minimumOf({job, checkpoint, inputs = []}: AnalyzeTask, sources: DataSources): Minimum {
  const {run, settings} = job.spec;
  const network = networkOf(run.model, run.dataset);
  const {theta, statistics} = decodeNetwork(checkpoint, network);
  const model = evaluatedNetwork(network, statistics);
  const all = dataOf(sources, job, run.dataset);
  const examples = 'examples' in settings ? settings.examples : undefined;
  const data = examples === undefined ? all : {...all, train: firstExamples(all.train, examples)};
  return {
    model,
    theta,
    data,
    objective: objectiveFromModel(model, data.train),
    seed: job.seed,
    run,
    poisonFactor: job.poisonFactor,
    inputs,
  };
}

/** What a record says before its data. */
function headOf(job: AnalysisJob, checkpoint: string) {
  const {identity, experiment, seed, poisonFactor, numerics, algorithmVersions, analysis, spec} = job;
  return {
    schemaVersion: 1,
    kind: 'analysis',
    analysis,
    identity,
    experiment,
    run: runRead(job),
    checkpoint,
    seed,
    poisonFactor,
    numerics,
    algorithmVersions,
    settings: structuredClone(spec.settings),
  } as const;
}
