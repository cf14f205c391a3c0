export {decodeSafetensors} from './decode-safetensors.ts';
export type {DecodedSafetensors, DecodedTensor, SafetensorsLimits} from './decode-safetensors.ts';
export {encodeSafetensors} from './encode-safetensors.ts';
export type {NamedTensor} from './encode-safetensors.ts';
export {SafetensorsError} from './safetensors-error.ts';
export type {SafetensorsType} from './safetensors-header.ts';
