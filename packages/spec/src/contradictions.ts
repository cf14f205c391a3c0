import {PLANE_ONLY, analysisNames} from './analysis.ts';
import {isOfPictures} from './dataset.ts';
import type {Issue} from './describe-issues.ts';
import type {ExperimentSpec} from './experiment-spec.ts';
import {tooLarge} from './too-large.ts';
import {isRectified, modelsFor, takesPictures} from './model.ts';

/** Parts of a spec that do not go together, though each is well formed. */
export function contradictions(spec: ExperimentSpec): Issue[] {
  return [
    ...modelAgainstData(spec),
    ...analysesAgainstModel(spec),
    ...poisonAgainstRecipe(spec),
    ...analysesAgainstData(spec),
    ...filtersAgainstSweep(spec),
    ...analysesAgainstEachOther(spec),
    ...tooLarge(spec),
  ];
}

function modelAgainstData({dataset, model}: ExperimentSpec): Issue[] {
  const pictures = isOfPictures(dataset);
  if (pictures === takesPictures(model)) return [];
  const names = modelsFor(pictures ? 'picture' : 'point').join(' or ');
  const fitting = `${names} for ${pictures ? 'pictures' : 'points of the plane'}`;
  return [{path: 'model.name', message: `expected ${fitting}, got ${model.name}`}];
}

/** Levels of poison of which a step has none would all be the clean one, in silence. */
function poisonAgainstRecipe({recipe, poisonFactors, analyses: {search}}: ExperimentSpec): Issue[] {
  const trainings = [
    {path: 'recipe', recipe, level: Math.max(...poisonFactors)},
    ...(search ? [{path: 'analyses.search.recipe', recipe: search.recipe, level: search.poisonFactor}] : []),
  ];
  return trainings.flatMap(({path, recipe: {poisonPoints}, level}): Issue[] => {
    if ((poisonPoints ?? 0) > 0 || level === 0) return [];
    const message = `expected how many poison examples a step has, for a poison factor of ${level}, got ${poisonPoints ?? 'none'}`;
    return [{path: `${path}.poisonPoints`, message}];
  });
}

function analysesAgainstModel({model, analyses}: ExperimentSpec): Issue[] {
  if (analyses.units === undefined || model.name !== 'mlp' || isRectified(model)) return [];
  const message = `expected no such analysis of a network with ${model.activation}: its units change with the scale of what they are given`;
  return [{path: 'analyses.units', message}];
}

function analysesAgainstData({dataset, analyses}: ExperimentSpec): Issue[] {
  const pictures = isOfPictures(dataset);
  const issues: Issue[] = [];
  for (const name of pictures ? PLANE_ONLY : []) {
    if (analyses[name] === undefined) continue;
    issues.push({path: `analyses.${name}`, message: 'expected no such analysis of pictures'});
  }
  const {margin, alternatives, predictions} = analyses;
  for (const [path, asked] of [
    ['analyses.margin', margin],
    ['analyses.alternatives.margin', alternatives?.margin],
  ] as const) {
    if (asked === undefined || 'angles' in asked !== pictures) continue;
    const fitting = pictures
      ? 'maximumSteps and refinements for pictures'
      : 'angles and maximum for points of the plane';
    issues.push({path, message: `expected ${fitting}`});
  }
  if (alternatives?.margin?.examples !== undefined) {
    issues.push({
      path: 'analyses.alternatives.margin.examples',
      message: 'expected none: distances are of all examples of the landscape, which measuredExamples says',
    });
  }
  if (predictions?.pictures === true && !pictures) {
    issues.push({
      path: 'analyses.predictions.pictures',
      message: 'expected no such option for points of the plane',
    });
  }
  if (predictions !== undefined && predictions.testExamples > dataset.test) {
    issues.push({
      path: 'analyses.predictions.testExamples',
      message: `expected at most the ${dataset.test} test examples that there are, got ${predictions.testExamples}`,
    });
  }
  const functionExamples = analyses.guess?.functionExamples ?? 0;
  if (functionExamples > dataset.test) {
    issues.push({
      path: 'analyses.guess.functionExamples',
      message: `expected at most the ${dataset.test} test examples that there are, got ${functionExamples}`,
    });
  }
  return issues;
}

/** An analysis of runs that the sweep has none of would make nothing, in silence. */
function filtersAgainstSweep(spec: ExperimentSpec): Issue[] {
  return analysisNames.flatMap((name) =>
    (['seeds', 'poisonFactors'] as const).flatMap((list): Issue[] => {
      const asked = spec.analyses[name]?.[list];
      if (asked === undefined || asked.some((value) => spec[list].includes(value))) return [];
      const message = `expected one of the sweep's ${list}, ${spec[list].join(', ')}, got ${asked.join(', ')}: nothing would be made`;
      return [{path: `analyses.${name}.${list}`, message}];
    }),
  );
}

function analysesAgainstEachOther({analyses, recipe, poisonFactors}: ExperimentSpec): Issue[] {
  const {line, search, minefield, connectivity, matched, alternatives} = analyses;
  const issues: Issue[] = [];
  if (line?.smallest !== undefined && line.smallest >= line.maximum) {
    issues.push({
      path: 'analyses.line.smallest',
      message: `expected less than analyses.line.maximum, ${line.maximum}, got ${line.smallest}`,
    });
  }
  if (matched !== undefined && (matched.poisonFactors ?? poisonFactors).includes(0)) {
    issues.push({path: 'analyses.matched.poisonFactors', message: 'expected poisoned levels alone, got 0'});
  }
  const names = (alternatives?.networks ?? []).map(({name}) => name);
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) === i) continue;
    issues.push({
      path: `analyses.alternatives.networks.${i}.name`,
      message: `expected a name of its own, got "${name}" again`,
    });
  }
  if (search !== undefined && search.every % recipe.evaluateEvery !== 0) {
    issues.push({
      path: 'analyses.search.every',
      message: `expected a multiple of recipe.evaluateEvery, ${recipe.evaluateEvery}, got ${search.every}`,
    });
  }
  if (connectivity !== undefined && !poisonFactors.includes(connectivity.to)) {
    issues.push({
      path: 'analyses.connectivity.to',
      message: `expected one of poisonFactors, got ${connectivity.to}`,
    });
  }
  if (minefield !== undefined && search === undefined) {
    issues.push({
      path: 'analyses.minefield',
      message: 'expected analyses.search beside it, which finds what it maps',
    });
  }
  return issues;
}
