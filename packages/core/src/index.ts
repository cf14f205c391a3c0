export {at} from './at.ts';
export {cacheFolder} from './cache-folder.ts';
export {checkOptions, checkWord} from './check-options.ts';
export type {OptionKeys} from './check-options.ts';
export type {CheckpointTensor} from './checkpoint-tensor.ts';
export {datasetFingerprint} from './dataset.ts';
export type {Dataset} from './dataset.ts';
export {exportParameters} from './export-parameters.ts';
export {fingerprint} from './fingerprint.ts';
export {geometricMean} from './geometric-mean.ts';
export {Generator, createGenerator} from './generator.ts';
export type {GeneratorState, StreamLabel} from './generator.ts';
export {importParameters} from './import-parameters.ts';
export type {ImportedParameters} from './import-parameters.ts';
export {InputError} from './input-error.ts';
export {InternalError} from './internal-error.ts';
export {logGamma, logMeanExp, logSumExp, logUnitBallVolume} from './log-space.ts';
export {median} from './median.ts';
export {nearestWord} from './nearest-word.ts';
export type {CancelSignal, Classifier, EvaluationOptions, Objective} from './objective.ts';
export {filtersOf, parameterLayout, sliceView} from './parameter-layout.ts';
export type {
  Filter,
  ParameterLayout,
  ParameterRole,
  ParameterSlice,
  ParameterSpec,
} from './parameter-layout.ts';
export {pausingObjective} from './pausing-objective.ts';
export {philoxInto} from './philox.ts';
export {cosTurns, portableExp, portableHypot, portableLog, sinTurns} from './portable-math.ts';
export {printable} from './printable.ts';
export {pytorchBatchNorm, pytorchConv2d, pytorchLinear} from './pytorch-rules.ts';
export type {PytorchLayerOptions, PytorchLinearOptions} from './pytorch-rules.ts';
export type {ParameterRule, StateRule, TensorRule} from './tensor-mapping.ts';
