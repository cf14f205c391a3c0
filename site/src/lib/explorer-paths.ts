/** What explorers are told of paths between minima, and of the minefield around a path of training, from the records. */
import type {ExplorerConnections} from '../explorers/data/connection.ts';
import type {ExplorerMines} from '../explorers/data/mines.ts';
import {drawableHidden} from '../explorers/data/perceptron.ts';
import {checkpointOf, downloadPath} from './downloads.ts';
import type {Experiment} from './load-results.ts';
import {mapOf} from './minefield-maps.ts';

/** The paths that were measured between minima of an experiment; none for most. */
export function explorerConnections({records}: Experiment): ExplorerConnections {
  const connections = records
    .analyses('connectivity')
    .map(({seed, poisonFactor, settings: {learningRate}, data}) => {
      const {otherPoisonFactor, positions, line, bend, steps} = data;
      return {seed, poisonFactor, otherPoisonFactor, positions, line, bend, steps, learningRate};
    });
  return {connections};
}

/** null where no minefield was sought, or explorers cannot draw its networks */
export async function explorerMines(experiment: Experiment, results: string): Promise<ExplorerMines | null> {
  const {records} = experiment;
  const map = mapOf(experiment);
  const run = records.runs().find(({identity}) => identity === map?.run);
  const [search] = records.analyses('search', {run: map?.run ?? ''});
  if (map === undefined || run === undefined || search === undefined) return null;
  const {dataset, model, initialization, recipe} = run.spec;
  const hidden = drawableHidden(model);
  // The walk is among points that it draws again.
  if (hidden === null || dataset.name !== 'regular-spirals') return null;
  const checkpoint = await checkpointOf(run, results);
  const {start, trainLoss, trainAccuracy, testAccuracy, distance, x, y} = map.data.minima;
  const {poisonFactor, recipe: searching} = search.settings;
  return {
    seed: map.seed,
    dataset,
    hidden,
    initialization,
    recipe,
    search: {poisonFactor, recipe: searching},
    checkpoint: checkpoint === null ? null : downloadPath(checkpoint),
    stepsPerEpoch: map.data.stepsPerEpoch,
    path: map.data.path,
    minima: {start, trainLoss, trainAccuracy, testAccuracy, distance, x, y},
  };
}
