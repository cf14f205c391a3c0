import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {checkOptions} from '@minefield/core';
import {buildFolder, inBuild, tensorflowFolder} from './build-folder.ts';
import {TensorflowBuildError} from './build-error.ts';
import type {BuildStep} from './build-step.ts';
import {makeBuild} from './make-build.ts';
import {type Probe, probe} from './probe.ts';
import {type PinnedFile, filesFor} from './release.ts';

export interface BuildTensorflowOptions {
  /** Whether TensorFlow is that for GPUs of NVIDIA, which computes on the CPU where there is none. Default false. */
  readonly gpu?: boolean | undefined;
  /** A Python 3.8 or later that has pip. Default `python3`. */
  readonly python?: string | undefined;
  /** A C++ compiler that takes the flags of GCC. Default: `CXX` of the environment, or else `g++`. */
  readonly compiler?: string | undefined;
  /** Told what is done now, and how much of a file has come. */
  readonly onStep?: ((step: BuildStep) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TensorflowBuild extends Probe {
  readonly folder: string;
  /** `kept` where it was there already. */
  readonly origin: 'built' | 'kept';
}

/** Temporary folders carry the number of the process that works in them. */
const TEMPORARY = /^\.making-(\d+)-/;

/**
 * What a build fetches on this machine.
 *
 * @throws {TensorflowBuildError} where TensorFlow publishes nothing for it
 */
export function tensorflowFiles(gpu: boolean = false): readonly PinnedFile[] {
  const files = filesFor(process.platform, process.arch, gpu);
  if (files !== null) return files;
  throw new TensorflowBuildError(
    `Linux on x64${gpu ? '' : ' or arm64'}, for which TensorFlow's library is published`,
    `${process.platform} on ${process.arch}`,
    'use another backend',
  );
}

/**
 * Makes the native backend: fetches TensorFlow's library and the sources of its addon with pip and npm, checks their
 * hashes, compiles the addon, tries it, and moves all of it into the user's cache folder, where `startBackend` finds it. One
 * that is there and works is kept. A build appears whole or not at all; what one leaves that was killed, the next removes.
 *
 * @throws {TensorflowBuildError} where Python, pip, npm, the compiler, the network or the disk fails
 * @throws the signal's own reason where it is aborted
 */
export async function buildTensorflow(options: BuildTensorflowOptions = {}): Promise<TensorflowBuild> {
  checkOptions('backend.buildTensorflow', options, {
    gpu: true,
    python: true,
    compiler: true,
    onStep: true,
    signal: true,
  });
  const {gpu = false, python = 'python3', compiler = process.env['CXX'] || 'g++', signal} = options;
  const {onStep = () => undefined} = options;
  const files = tensorflowFiles(gpu);
  const root = tensorflowFolder();
  const folder = buildFolder(gpu, root);
  if (existsSync(folder)) {
    onStep({step: 'try'});
    const kept = await probe(join(folder, inBuild.addon), signal).catch(() => null);
    signal?.throwIfAborted();
    if (kept !== null) return {folder, ...kept, origin: 'kept'};
  }
  await makeRoot(root);
  const temporary = await mkdtemp(join(root, `.making-${process.pid}-`));
  try {
    const made = join(temporary, 'made');
    await makeBuild(made, join(temporary, 'work'), files, {python, compiler, onStep, signal});
    onStep({step: 'try'});
    const facts = await probe(join(made, inBuild.addon), signal);
    await rm(folder, {recursive: true, force: true});
    await rename(made, folder);
    return {folder, ...facts, origin: 'built'};
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
}

/** The folder of builds, without what killed processes have left in it. */
async function makeRoot(root: string): Promise<void> {
  try {
    await mkdir(root, {recursive: true});
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TensorflowBuildError(
      `to write ${root}`,
      message,
      'set XDG_CACHE_HOME to a folder of yours',
      error,
    );
  }
  for (const name of await readdir(root)) {
    const [, pid] = TEMPORARY.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(root, name), {recursive: true, force: true});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
