import {createGenerator} from '@minefield/core';
import {
  encodeCheckpoint,
  initialize,
  isNormalized,
  type Model,
  type NormalizedModel,
} from '@minefield/models';
import type {FinalMetrics, Provenance, RunRecord} from '@minefield/results';
import {type NetworkTask, type TrainingResult, evaluate} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';
import type {DataSources} from '../materials/data-source.ts';
import {dataOf, sourceOf} from '../materials/data-sources.ts';
import type {ExperimentData} from '../materials/experiment-data.ts';
import type {RunJob} from '../jobs/job.ts';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import {TRAINING_PART} from '../resume/part.ts';
import {trainResumably} from '../resume/train-resumably.ts';
import type {JobResult} from '../jobs/task.ts';
import type {ProvenanceStamp, StepContext} from './step-context.ts';

/** Trains the networks of some jobs side by side. Data, first weights and poison of a network all come from its seed. */
export async function trainRuns(
  jobs: readonly RunJob[],
  sources: DataSources,
  stamp: ProvenanceStamp,
  context: StepContext,
): Promise<JobResult[]> {
  const [first] = jobs;
  if (first === undefined) return [];
  const startedAt = new Date();
  const start = performance.now();
  const model = networkOf(first.spec.model, first.spec.dataset);
  const networks = jobs.map((job) => {
    const data = dataOf(sources, job, job.spec.dataset);
    return {job, data, task: networkTask(job, model, data)};
  });
  const tasks = networks.map(({task}) => task);
  const {signal, onProgress, partsOf, snapshotSeconds = 5} = context;
  const results = await trainResumably(model, tasks, first.spec.recipe, {
    parts: jobs.map(({identity}) => partsOf?.(identity)(TRAINING_PART)),
    snapshotSeconds,
    signal,
    ...(onProgress && {onProgress}),
  });
  const outcomes = [];
  for (const [k, result] of results.entries()) {
    const network = networks[k];
    if (network !== undefined)
      outcomes.push({...network, result, final: await finalMetrics(model, result, network.data)});
  }
  // The networks shared the time: each record names its share.
  const provenance = stamp(startedAt, (performance.now() - start) / 1000 / jobs.length);
  return outcomes.map(({job, data, result, final}): JobResult => {
    const metadata = {
      identity: job.identity,
      model: model.name,
      seed: String(job.seed),
      poisonFactor: String(job.poisonFactor),
    };
    return {
      kind: 'run',
      record: runRecord({
        job,
        label: sourceOf(sources, job.spec.dataset).label,
        model,
        data,
        result,
        final,
        provenance,
      }),
      checkpoint:
        final === null
          ? null
          : encodeCheckpoint(
              result.theta,
              model.layout,
              metadata,
              isNormalized(model) && result.statistics
                ? {layout: model.statistics, values: result.statistics}
                : undefined,
            ),
    };
  });
}

/** The network of a run before its first step. */
export function networkTask(
  {seed, poisonFactor, spec}: Pick<RunJob, 'seed' | 'poisonFactor' | 'spec'>,
  model: Pick<Model, 'layout'>,
  data: ExperimentData,
): NetworkTask {
  return {
    initial: initialize(model.layout, spec.initialization, {
      generator: createGenerator(seed, 'initialization'),
    }),
    poisonFactor,
    train: data.train,
    test: data.test,
    poison: data.poison,
    generator: createGenerator(seed, 'training'),
  };
}

/** null for a run that diverged. */
export async function finalMetrics(
  network: Model | NormalizedModel,
  {outcome, theta, curves, statistics}: TrainingResult,
  {fresh}: ExperimentData,
): Promise<FinalMetrics | null> {
  const [trainLoss, trainAccuracy] = [curves.trainLoss.at(-1), curves.trainAccuracy.at(-1)];
  const [testLoss, testAccuracy] = [curves.testLoss.at(-1), curves.testAccuracy.at(-1)];
  if (outcome === 'diverged') return null;
  if (
    trainLoss === undefined ||
    trainAccuracy === undefined ||
    testLoss === undefined ||
    testAccuracy === undefined
  ) {
    throw new Error('experiments.trainRuns: expected an evaluation at the end of training, got none');
  }
  const onTest = {trainLoss, trainAccuracy, testLoss, testAccuracy};
  if (fresh === null) {
    return {...onTest, freshAccuracy: null, freshPoints: 0, generalizationGap: trainAccuracy - testAccuracy};
  }
  const model = evaluatedNetwork(network, statistics);
  const point = tf.tensor2d(theta, [1, model.layout.dimension]);
  try {
    const [onFresh] = await evaluate(model, point, [fresh]);
    const freshAccuracy = onFresh?.accuracy ?? testAccuracy;
    return {
      ...onTest,
      freshAccuracy,
      freshPoints: fresh.labels.length,
      generalizationGap: trainAccuracy - freshAccuracy,
    };
  } finally {
    point.dispose();
  }
}

interface TrainedRun {
  readonly job: RunJob;
  /** Of the data, for readers. */
  readonly label: string | null;
  readonly model: Model | NormalizedModel;
  readonly data: ExperimentData;
  readonly result: TrainingResult;
  /** null where the run diverged. */
  readonly final: FinalMetrics | null;
  readonly provenance: Provenance;
}

function runRecord({job, label, model, data, result, final, provenance}: TrainedRun): RunRecord {
  const {outcome, steps, curves} = result;
  const {identity, experiment, seed, poisonFactor, numerics, algorithmVersions, spec} = job;
  const kernels = model.layout.slices.filter(({role}) => role === 'kernel');
  return {
    schemaVersion: 1,
    kind: 'run',
    identity,
    experiment,
    seed,
    poisonFactor,
    numerics,
    algorithmVersions,
    spec: structuredClone(spec),
    dataset: {
      name: spec.dataset.name,
      fingerprint: job.dataset,
      label,
      train: data.train.labels.length,
      test: data.test.labels.length,
      poison: 'poison' in spec.dataset ? spec.dataset.poison : (spec.recipe.poisonPoints ?? 0),
    },
    model: {
      name: model.name,
      parameters: model.layout.dimension,
      weights: kernels.reduce((sum, {size}) => sum + size, 0),
    },
    data: {outcome, steps, curves, final, checkpoint: null},
    provenance,
  };
}
