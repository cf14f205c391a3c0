export {Generator, createGenerator, philoxInto} from './generator.ts';
export type {GeneratorState, StreamLabel} from './generator.ts';
export {fingerprint} from './fingerprint.ts';
export {logGamma, logMeanExp, logSumExp, logUnitBallVolume} from './log-space.ts';
export {filtersOf, parameterLayout, sliceView} from './parameter-layout.ts';
export type {Filter, ParameterLayout, ParameterRole, ParameterSlice, ParameterSpec} from './parameter-layout.ts';
export type {CancelSignal, Classifier, EvaluationOptions, Objective} from './objective.ts';
