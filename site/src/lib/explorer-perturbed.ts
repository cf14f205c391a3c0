/** What the explorer of perturbed networks shows, from the records of both ends of the sweep. */
import {endsOf} from '@minefield/figures';
import type {AnalysisOf} from '@minefield/results';
import {
  type PerturbedDirection,
  type PerturbedNetwork,
  lettersOfLogits,
} from '../explorers/perturbed/perturbed-data.ts';
import type {Experiment} from './load-results.ts';

type Perturbation = AnalysisOf<'perturbation'>;

/** Directions that were recorded of a good and a bad minimum; 0 where there are not both, or their points are unknown. */
export function perturbedDirections(experiment: Experiment): number {
  const records = endsOf(experiment.records.analyses('perturbation'));
  if (records.length < 2 || pointsOf(experiment, records) === undefined) return 0;
  return Math.min(...records.map(({data}) => data.directions.length));
}

/** @param direction 0 for the first */
export function perturbedDirection(experiment: Experiment, direction: number): PerturbedDirection {
  const records = endsOf(experiment.records.analyses('perturbation'));
  const [first] = records;
  const points = pointsOf(experiment, records);
  if (first === undefined || points === undefined)
    throw new Error('expected records of a perturbation, with their points');
  const {distances, radius, size} = first.data;
  const {x, y, label} = points;
  return {
    radii: distances.map((distance) => Number((distance / radius).toPrecision(3))),
    halfWidth: first.settings.boundary.halfWidth,
    size,
    points: {x, y, label},
    networks: records.map((record) => networkOf(experiment, record, direction)),
  };
}

function networkOf({records}: Experiment, record: Perturbation, direction: number): PerturbedNetwork {
  const {radius, directions} = record.data;
  const along = directions[direction];
  const weights = records.run(record.run)?.model.weights;
  if (along === undefined || weights === undefined)
    throw new Error(`expected a run with a direction ${direction}`);
  return {
    poisonFactor: record.poisonFactor,
    // A filter-normalized direction is as long as the root of the weights that it moves.
    radius: radius * Math.sqrt(weights),
    steps: along.logits.map((logits, i) => ({
      loss: along.trainLoss[i] ?? null,
      trainAccuracy: along.trainAccuracy[i] ?? 0,
      testAccuracy: along.testAccuracy[i] ?? 0,
      curvature: along.curvature[i] ?? null,
      wrong: along.wrong[i] ?? [],
      logits: lettersOfLogits(logits),
    })),
  };
}

/** Both networks are of one seed, and so of one training set. */
function pointsOf({records}: Experiment, [first]: readonly Perturbation[]) {
  return first && records.analyses('boundary', {run: first.run})[0]?.data.train;
}
