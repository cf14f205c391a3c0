import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {cacheFolder} from '@minefield/core';
import {RECIPE, TENSORFLOW_VERSION} from './release.ts';

/** Where builds are kept: `minefield/tensorflow` in the folder that the platform has for caches. */
export function tensorflowFolder(): string {
  return join(cacheFolder(process.platform, process.env, homedir()), 'minefield', 'tensorflow');
}

/** The folder of a build, made or not. */
export function buildFolder(forGpu: boolean, root: string = tensorflowFolder()): string {
  return join(root, `${TENSORFLOW_VERSION}-${forGpu ? 'gpu' : 'cpu'}-${RECIPE}`);
}

/** Paths in a build. */
export const inBuild = {
  addon: 'tfjs_binding.node',
  /** Of the two libraries. */
  libraries: 'tensorflow',
  /** The JavaScript of `@tensorflow/tfjs-node`. */
  kernels: 'package/dist',
} as const;

/** Folder of the build that a start takes: that for GPUs, where there is one. Builds appear whole or not at all. */
export function findBuild(root: string = tensorflowFolder()): string | null {
  return (
    [true, false].map((forGpu) => buildFolder(forGpu, root)).find((folder) => existsSync(folder)) ?? null
  );
}
