/** What explorers are told of an experiment, from its records. */
import type {RunRecord} from '@minefield/results';
import type {DatasetSpec} from '@minefield/spec';
import type {ExplorerExperiment, ExplorerRun} from '../explorers/data/experiment.ts';
import {drawableHidden} from '../explorers/data/perceptron.ts';
import {halfWidthAround, pointsOf} from '../explorers/data/points.ts';
import {downloadPath, checkpointOf} from './downloads.ts';
import type {Experiment} from './load-results.ts';
import {isOnThePlane} from './plane-experiments.ts';
import {runPage} from './runs.ts';

/** null for experiments on pictures, and for those without runs of a perceptron that explorers can draw. */
export async function explorerExperiment(
  experiment: Experiment,
  results: string,
): Promise<ExplorerExperiment | null> {
  const {record, records} = experiment;
  const {model, dataset, initialization, analyses} = record.spec;
  const runs = records.runs();
  const [first] = runs;
  const hidden = drawableHidden(model);
  if (!isOnThePlane(experiment) || hidden === null || first === undefined) return null;
  const [basin] = records.analyses('basin');
  return {
    experiment: record.experiment,
    dataset,
    halfWidth: analyses.boundary?.halfWidth ?? widthAround(dataset, first.seed),
    hidden,
    initialization,
    basin:
      analyses.basin === undefined
        ? null
        : {maximumRadius: analyses.basin.maximumRadius, tolerance: analyses.basin.tolerance},
    dimension: basin?.data.dimension ?? null,
    levels: records.poisonFactors(),
    seeds: records.seeds(),
    cutoffs: basin?.data.cutoffs.map(({kind, value}) => ({kind, value})) ?? [],
    runs: await Promise.all(runs.map((run) => explorerRun(experiment, run, results))),
  };
}

/** Half the side of a square with room around the points of a seed. */
function widthAround(dataset: DatasetSpec, seed: number): number {
  const {train, test} = pointsOf(dataset, seed);
  return halfWidthAround(train.inputs, test.inputs);
}

async function explorerRun(experiment: Experiment, run: RunRecord, results: string): Promise<ExplorerRun> {
  const {records} = experiment;
  const {final} = run.data;
  const checkpoint = await checkpointOf(run, results);
  const cutoffs = records.analysis('basin', run)?.data.cutoffs ?? [];
  return {
    seed: run.seed,
    poisonFactor: run.poisonFactor,
    page: runPage(run, experiment),
    checkpoint: checkpoint === null ? null : downloadPath(checkpoint),
    trainLoss: final?.trainLoss ?? null,
    trainAccuracy: final?.trainAccuracy ?? null,
    testAccuracy: final?.testAccuracy ?? null,
    gap: final?.generalizationGap ?? null,
    meanMargin: records.analysis('margin', run)?.data.mean ?? null,
    largestEigenvalue: records.analysis('curvature', run)?.data.largestEigenvalue.relative ?? null,
    meanRadius: cutoffs.map(({meanRadius}) => meanRadius),
    stableLogVolume: cutoffs.map(({relative}) => relative?.stableLogVolume ?? null),
    logVolume: cutoffs.map(({relative}) => relative?.logVolume ?? null),
  };
}
