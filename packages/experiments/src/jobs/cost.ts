import {
  type AnalysisName,
  type AnalysisSettings,
  type DatasetSpec,
  type ModelSpec,
  type RunSpec,
  isOfPictures,
  pictureFormOf,
} from '@minefield/spec';
import {at} from '@minefield/core';
import type {AnalysisJob, Job} from './job.ts';

/**
 * About how many seconds of one core a job takes. Only ratios matter: they weigh the jobs in the progress, so that the
 * time left is right before every kind of job has been seen.
 */
export function estimatedCost(job: Job): number {
  if (job.kind === 'analysis') return costOfAnalysis(job);
  const {dataset, model, recipe} = job.spec;
  const examples = recipe.batchSize ?? dataset.train;
  return (
    recipe.steps *
    (examples + (recipe.poisonPoints ?? 0)) *
    products(model, dataset) *
    3 *
    SECONDS_PER_PRODUCT
  );
}

/** Per weight and example, forward. */
const SECONDS_PER_PRODUCT = 1.5e-10;

/** Multiplications of one example's way through a network. */
function products(model: ModelSpec, dataset: DatasetSpec): number {
  const area = (): number => (pictureFormOf(dataset).inputShape[0] / 32) ** 2;
  switch (model.name) {
    case 'mlp': {
      const widths = [2, ...model.hidden, 1];
      return widths.slice(1).reduce((sum, width, i) => sum + width * at(widths, i), 0);
    }
    case 'conv-net':
      return 3.1e6 * area() * ((model.widths?.[0] ?? 16) / 16) ** 2;
    case 'res-net':
      return 4e7 * area() * ((model.depth ?? 20) / 20);
  }
}

function costOfAnalysis<Name extends AnalysisName>({analysis, spec}: AnalysisJob<Name>): number {
  const {settings, run} = spec;
  const examples =
    ('examples' in settings ? (settings.examples as number | undefined) : undefined) ?? run.dataset.train;
  const looks: Looks<Name> = looksOf[analysis];
  return looks(settings, run) * examples * products(run.model, run.dataset) * SECONDS_PER_PRODUCT;
}

/** How many times an analysis looks at the training set. */
type Looks<Name extends AnalysisName> = (settings: AnalysisSettings<Name>, run: RunSpec) => number;

/** A product of the Hessian with a vector, in looks. */
const PRODUCT = 8;

/** Points at which eigenvalues are sought: the minimum and those next to it. */
const AT_POINTS = 9;

/** Drawing a weight takes as long as so many examples' ways through it. */
const DRAWN = 70;

const looksOf: {readonly [Name in AnalysisName]: Looks<Name>} = {
  boundary: ({size}, {dataset}) => size ** 2 / dataset.train,
  line: ({points}) => points * 10,
  surface: ({size}) => size ** 2,
  perturbation: ({directions, points, boundary}, {dataset}) =>
    directions * points * (10 + boundary.size ** 2 / dataset.train),
  basin: (settings) => radii(settings) + settings.profiles.directions * settings.profiles.points,
  preconditioned: radii,
  curvature: largestEigenvalues,
  // Both ends, at the minimum and at the points next to it; the traces and the density.
  spectrum: ({samples, steps, extremeSteps = steps}) =>
    (extremeSteps * AT_POINTS + samples * (5 + steps)) * PRODUCT,
  llc: ({chains, burnIn, draws}) => chains * (burnIn + draws) * 4,
  margin: (settings) =>
    'angles' in settings ? settings.angles * 40 : (settings.maximumSteps + settings.refinements) * 3,
  predictions: ({testExamples}, {dataset}) => testExamples / dataset.train,
  // The run is trained again for its path.
  trajectory: ({size}, {recipe}) => size ** 2 + recipe.steps * 3,
  connectivity: ({steps}) => steps * 3,
  matched: (settings, {recipe}) =>
    recipe.steps * 3 + 4 * (radii(settings.radii) + largestEigenvalues(settings.curvature)),
  alternatives: ({recipe, radii: rays, curvature, ...settings}, {dataset: {train}}) => {
    const {trainExamples = train, measuredExamples = trainExamples, reference = 0} = settings;
    const measured = Math.min(measuredExamples, trainExamples) + reference;
    const trained = recipe.steps * 3 * (recipe.batchSize ?? trainExamples);
    return (trained + measured * (radii(rays) + largestEigenvalues(curvature))) / train;
  },
  units: (settings) => 4 * (radii(settings.radii) + largestEigenvalues(settings.curvature)),
  guess: ({fitted, draws, recipe, trained}, {dataset}) =>
    fitted.reduce(
      (sum, examples) => sum + (draws * (DRAWN + examples)) / dataset.train,
      fitted.length * recipe.steps * trained,
    ),
  linear: ({features}, {dataset, model}) =>
    features.reduce((sum, map) => sum + productsOfFit('count' in map ? map.count : 0, dataset), 0) /
    (dataset.train * products(model, dataset)),
  search: ({starts, recipe}) => starts.length * recipe.steps * 6,
  minefield: ({iterations}) => iterations * 20,
};

/** In two coordinates at each point. Few searches take all their iterations: a sixth lies between those of small and of large networks. */
function largestEigenvalues({iterations}: AnalysisSettings<'curvature'>): number {
  return (2 * AT_POINTS * iterations * PRODUCT) / 6;
}

function radii({
  directions,
  cutoffs,
  tolerance,
}: Pick<AnalysisSettings<'basin'>, 'directions' | 'cutoffs' | 'tolerance'>): number {
  return directions * cutoffs.length * (20 + Math.log2(1 / tolerance));
}

/**
 * Multiplications of a linear classifier's fit and judgement. Random features are drawn again whenever they are looked at: for
 * the system of equations, and on both sides where examples are told apart, those that it was fitted to first.
 */
function productsOfFit(randomFeatures: number, dataset: DatasetSpec): number {
  const {train, test} = dataset;
  const inputs = isOfPictures(dataset) ? pictureFormOf(dataset).inputShape.reduce((a, b) => a * b, 1) : 2;
  const judged = [train, test, ...('fresh' in dataset ? [dataset.fresh] : [])];
  const examples = judged.reduce((sum, count) => sum + count, train);
  const multiplications =
    randomFeatures === 0
      ? train * examples * inputs
      : randomFeatures * (train ** 2 + (examples + judged.length * train) * inputs);
  return multiplications + train ** 3 / 3;
}
