import {isOfPictures, pictureFormOf} from './dataset.ts';
import type {Issue} from './describe-issues.ts';
import type {ExperimentSpec} from './experiment-spec.ts';
import type {ModelSpec} from './model.ts';
import type {TrainingRecipe} from './recipe.ts';

/** Jobs are listed in memory, and begun only when all are: 140,000 of them with every analysis, a second and 100 MB. */
const MOST_RUNS = 10_000;
/** With the gradient and two moments of Adam, 1.6 GB in float32. */
const MOST_PARAMETERS = 100_000_000;
/** 1 GiB in float32, and about a minute to draw where they are drawn. */
const MOST_VALUES = 2 ** 28;
/** Of all seeds together, which every worker of a queue draws once: ten seconds for points. */
const MOST_DRAWN = 20_000_000;
/** Points of a learning curve, some 10 MB of a record. */
const MOST_EVALUATIONS = 100_000;

/** Products of counts that are too large though each count is not. */
export function tooLarge({dataset, model, recipe, analyses, seeds, poisonFactors}: ExperimentSpec): Issue[] {
  const parts = [
    dataset.train,
    dataset.test,
    'fresh' in dataset ? dataset.fresh : 0,
    'poison' in dataset ? dataset.poison : 0,
  ];
  const examples = parts.reduce((sum, part) => sum + part, 0);
  const {inputShape} = pictureFormOf(dataset);
  const values = examples * inputShape.reduce((product, side) => product * side, 1);
  // What a file holds is read whole, and is as large as the file.
  const drawn = isOfPictures(dataset) && dataset.name !== 'svhn';
  return [
    ...above(MOST_RUNS, seeds.length * poisonFactors.length, 'seeds', 'runs, seeds times poison factors'),
    ...above(MOST_DRAWN, seeds.length * examples, 'seeds', 'examples of all seeds'),
    ...(drawn ? above(MOST_VALUES, values, 'dataset', 'values in all pictures') : []),
    ...above(MOST_PARAMETERS, parametersOf(model), 'model', 'parameters, about'),
    ...tooManyEvaluations(recipe, 'recipe'),
    ...(analyses.search === undefined
      ? []
      : tooManyEvaluations(analyses.search.recipe, 'analyses.search.recipe')),
    ...(analyses.guess === undefined
      ? []
      : tooManyEvaluations(analyses.guess.recipe, 'analyses.guess.recipe')),
    ...(analyses.alternatives?.networks ?? []).flatMap((network, i) =>
      tooManyEvaluations(network.recipe, `analyses.alternatives.networks.${i}.recipe`),
    ),
    ...(analyses.matched === undefined
      ? []
      : tooManyEvaluations({...recipe, evaluateEvery: analyses.matched.evaluateEvery}, 'analyses.matched')),
  ];
}

function tooManyEvaluations({steps, evaluateEvery}: TrainingRecipe, path: string): Issue[] {
  return above(
    MOST_EVALUATIONS,
    Math.ceil(steps / evaluateEvery),
    path,
    'evaluations, steps by evaluateEvery',
  );
}

function above(most: number, value: number, path: string, what: string): Issue[] {
  return value <= most ? [] : [{path, message: `expected at most ${most} ${what}, got ${value}`}];
}

/** To within a few percent for large networks: kernels alone, without biases and the last layer. */
function parametersOf(model: ModelSpec): number {
  if (model.name === 'mlp') return kernels([2, ...model.hidden], 1);
  const {widths = []} = model;
  if (model.name === 'conv-net') return kernels([3, ...widths], 9);
  // A third of the layers are of each stage's width.
  const {depth = 20} = model;
  return widths.reduce((sum, width) => sum + (9 * width * width * depth) / widths.length, 0);
}

function kernels(widths: readonly number[], area: number): number {
  return widths.reduce((sum, width, i) => sum + area * width * (widths[i + 1] ?? 0), 0);
}
