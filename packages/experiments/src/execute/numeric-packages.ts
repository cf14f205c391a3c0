import {createRequire} from 'node:module';
import {packageVersions} from '@minefield/results/node';

/** Packages that numbers depend on: a record names their versions. */
export const NUMERIC_PACKAGES: readonly string[] = [
  '@minefield/backend',
  '@minefield/core',
  '@minefield/datasets',
  '@minefield/landscape',
  '@minefield/models',
  '@minefield/results',
  '@minefield/svhn',
  '@minefield/training',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
];

/** Their versions, and that of this package: what machines must have in common to share a sweep. */
export async function numericVersions(): Promise<Readonly<Record<string, string>>> {
  const own = createRequire(import.meta.url)('../../package.json') as {name: string; version: string};
  return {[own.name]: own.version, ...(await packageVersions(NUMERIC_PACKAGES, import.meta.url))};
}
