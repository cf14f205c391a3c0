import {findBuild} from '../tensorflow/build-folder.ts';

/** The backends that numbers are tested on: native TensorFlow where it was built, and those that are everywhere. */
export const testedBackends: readonly ('tensorflow' | 'wasm' | 'cpu')[] = [
  ...(findBuild() === null ? [] : (['tensorflow'] as const)),
  'wasm',
  'cpu',
];
