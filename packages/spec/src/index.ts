export {PLANE_ONLY, analysesSchema, analysisNames, analysisSettings} from './analysis.ts';
export type {AnalysesSpec, AnalysisName, AnalysisSettings, AnalysisSpec} from './analysis.ts';
export {featureMapText} from './analyses/feature-map-text.ts';
export type {FeatureMap} from './analyses/linear.ts';
export {cutoffSchema} from './cutoff.ts';
export type {Cutoff} from './cutoff.ts';
export {datasetSchema, isOfPictures, pictureFormOf} from './dataset.ts';
export type {DatasetName, DatasetOf, DatasetSpec, ExampleKind, PictureForm} from './dataset.ts';
export type {DeepReadonly} from './deep-readonly.ts';
export {describeIssues, issueLines} from './describe-issues.ts';
export type {Issue} from './describe-issues.ts';
export {oneLine} from './one-line.ts';
export {experimentSpecSchema, runSpecSchema} from './experiment-spec.ts';
export type {ExperimentSpec, RunSpec} from './experiment-spec.ts';
export {initializationSchema} from './initialization.ts';
export type {Initialization} from './initialization.ts';
export {modelSchema, takesPictures} from './model.ts';
export type {ModelName, ModelOf, ModelSpec} from './model.ts';
export {InvalidSpecError, parseSpec} from './parse-spec.ts';
export {recipeSchema} from './recipe.ts';
export type {OptimizerSpec, ScheduleSpec, TrainingRecipe, TrainingTarget} from './recipe.ts';
export type {RunFilter} from './run-filter.ts';

export {experiments} from './catalog/catalog.ts';
export {
  functionsLongProfiles,
  functionsProfiles,
  guessesProfiles,
  lettingGoProfiles,
  linearProfiles,
  moreDataProfiles,
  optimizersProfiles,
  roadsProfiles,
  unitsProfiles,
} from './catalog/since.ts';
export {circlesProfiles, circlesWideProfiles} from './catalog/circles.ts';
export {houseNumbersProfiles} from './catalog/house-numbers.ts';
export {minefieldProfiles} from './catalog/minefield.ts';
export {morePicturesProfiles, pictureOptimizersProfiles} from './catalog/pictures-since.ts';
export {resNetProfiles, svhnResNetProfiles} from './catalog/res-net.ts';
export {
  smallPoisonLongProfiles,
  smallPoisonProfiles,
  smallPoisonShortProfiles,
} from './catalog/small-poison.ts';
export {svhnProfiles} from './catalog/svhn.ts';
export {toyProfiles} from './catalog/toy.ts';
