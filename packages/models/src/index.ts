export {ACTIVATIONS} from './activations.ts';
export type {Activation} from './activations.ts';
export {classifierFromModel} from './classifier-from-model.ts';
export {checkFloats, checkLabels} from './checks.ts';
export {examplesPerCall} from './examples-per-call.ts';
export {type Fans, fans, initialize} from './initialize.ts';
export type {InitializeOptions} from './initialize.ts';
export type {FeatureMap, Initialization} from '@minefield/spec';
export {crossEntropy, encodeLabels, isCorrect, poisonCrossEntropy, trueLabelLogOdds} from './log-odds.ts';
export type {EncodedLabels} from './log-odds.ts';
export {classifierFromLayersModel} from './layers-model/classifier-from-layers-model.ts';
export type {LayersModelClassifierOptions} from './layers-model/classifier-from-layers-model.ts';
export {layersModelLayout} from './layers-model/layers-model-layout.ts';
export {readTrainableWeights, writeTrainableWeights} from './layers-model/layers-model-weights.ts';
export {objectiveFromLayersModel} from './layers-model/objective-from-layers-model.ts';
export type {LayersModelInputs} from './layers-model/example-inputs.ts';
export type {LayersModelLoss} from './layers-model/example-loss.ts';
export type {
  LayersModelLayer,
  LayersModelLike,
  LayersModelShape,
  LayersModelWeight,
} from './layers-model/layers-model.ts';
export type {OutputKind} from './layers-model/model-outputs.ts';
export {fitLinearClassifier} from './linear/fit-linear-classifier.ts';
export type {LinearClassifier, LinearClassifierOptions} from './linear/fit-linear-classifier.ts';
export {loadSavedLayersModel} from './layers-model/saved/load-saved-layers-model.ts';
export type {LayersLibrary, LoadedLayersModel} from './layers-model/saved/load-saved-layers-model.ts';
export {parseSavedLayersModel} from './layers-model/saved/saved-layers-model.ts';
export type {SavedLayersModel} from './layers-model/saved/saved-layers-model.ts';
export type {
  LayersModelExamples,
  LayersModelObjectiveOptions,
} from './layers-model/objective-from-layers-model.ts';
export {logProbabilities} from './log-probabilities.ts';
export {mlp} from './mlp.ts';
export type {MlpOptions} from './mlp.ts';
export {classCount, exampleSizeOf} from './model.ts';
export type {LogitsPurpose, Model, RectifiedLayers} from './model.ts';
export {activationIn, modelFromName} from './model-from-name.ts';
export {nearestKinks} from './nearest-kinks.ts';
export type {NearestKink, NearestKinksOptions} from './nearest-kinks.ts';
export {convNet} from './normalized/conv-net.ts';
export type {ConvNetOptions} from './normalized/conv-net.ts';
export {estimateStatistics} from './normalized/estimate-statistics.ts';
export type {StatisticsOptions} from './normalized/estimate-statistics.ts';
export {isNormalized} from './normalized/normalized-model.ts';
export type {NormalizedModel, StatisticsLayout, StatisticsSlice} from './normalized/normalized-model.ts';
export {pytorchNormalizedRules, statisticsFromState} from './normalized/pytorch-normalized-rules.ts';
export {resNet} from './normalized/res-net.ts';
export type {ResNetOptions} from './normalized/res-net.ts';
export {mlpRules} from './mlp-rules.ts';
export {requireBackend} from './require-backend.ts';
export {balanceNeurons, rescaleNeurons} from './rescale-neurons.ts';
export {objectiveFromModel} from './objective-from-model.ts';
export type {LabeledExamples, ObjectiveOptions} from './objective-from-model.ts';
export {decodeCheckpoint, decodeNetwork, encodeCheckpoint, networkFrom, thetaOf} from './checkpoint.ts';
export {decodeStack, encodeStack} from './checkpoint-stack.ts';
