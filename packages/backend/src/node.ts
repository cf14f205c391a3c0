export {BackendUnavailableError} from './backend.ts';
export type {
  BackendDescription,
  BackendName,
  BackendOptions,
  RunningBackend,
  StartedBackend,
} from './backend.ts';
export {describeBackends, startBackend} from './start-backend.node.ts';
export {TensorflowBuildError} from './tensorflow/build-error.ts';
export {findBuild, tensorflowFolder} from './tensorflow/build-folder.ts';
export {buildTensorflow, tensorflowFiles} from './tensorflow/build-tensorflow.ts';
export type {BuildTensorflowOptions, TensorflowBuild} from './tensorflow/build-tensorflow.ts';
export type {BuildStep} from './tensorflow/build-step.ts';
export type {PinnedFile} from './tensorflow/release.ts';
