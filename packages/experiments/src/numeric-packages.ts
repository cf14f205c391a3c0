/** Packages that numbers depend on: a record names their versions, and a queue compares them. */
export const NUMERIC_PACKAGES: readonly string[] = [
  '@minefield/backend',
  '@minefield/core',
  '@minefield/datasets',
  '@minefield/landscape',
  '@minefield/models',
  '@minefield/results',
  '@minefield/training',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
];
