import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {inBuild} from './build-folder.ts';
import type {BuildStep} from './build-step.ts';
import {COMPILER_REMEDY, compileAddon} from './compile-addon.ts';
import {NPM_REMEDY, fetchFile, pipRemedy} from './fetch-file.ts';
import type {PinnedFile} from './release.ts';
import {runTool} from './run-tool.ts';
import {unpack} from './unpack.ts';

export interface BuildTools {
  readonly python: string;
  readonly compiler: string;
  readonly onStep: (step: BuildStep) => void;
  readonly signal: AbortSignal | undefined;
}

/** The paths that are taken out of all files: what a build consists of, and what the compiler alone needs. */
const KEPT = [`${inBuild.kernels}/`, ...libraries('libtensorflow_cc', 'libtensorflow_framework'), 'nvidia/'];
const COMPILED = [
  'package/binding/',
  'package/include/',
  ...['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'].map(
    (folder) => `tensorflow/include/${folder}`,
  ),
];

function libraries(...names: readonly string[]): string[] {
  return names.map((name) => `${inBuild.libraries}/${name}.so.2`);
}

/**
 * Makes a build in a folder.
 *
 * @param folder absolute, and not there yet
 * @param work absolute; for what the build does not keep
 * @throws {TensorflowBuildError} where a tool, the network or the disk fails
 */
export async function makeBuild(
  folder: string,
  work: string,
  files: readonly PinnedFile[],
  tools: BuildTools,
): Promise<void> {
  const {python, compiler, onStep, signal} = tools;
  await checkTools(tools);
  for (const file of files) {
    const fetched = join(work, 'fetched');
    const onReceived = (received: number): void => onStep({step: 'fetch', file, received});
    onReceived(0);
    const archive = await fetchFile(file, fetched, {python, signal, onReceived});
    await unpack(archive, folder, KEPT, {python, signal});
    await unpack(archive, work, COMPILED, {python, signal});
    await rm(fetched, {recursive: true});
  }
  onStep({step: 'compile'});
  await compileAddon(join(folder, inBuild.addon), {
    compiler,
    sources: join(work, 'package'),
    headers: [join(work, 'package', 'include'), join(work, 'tensorflow', 'include')],
    libraries: join(folder, inBuild.libraries),
    signal,
  });
}

/** Before anything large is fetched. */
async function checkTools({python, compiler, signal}: BuildTools): Promise<void> {
  const asked = [
    {command: python, args: ['-m', 'pip', '--version'], remedy: pipRemedy(python)},
    {command: 'npm', args: ['--version'], remedy: NPM_REMEDY},
    {command: compiler, args: ['--version'], remedy: COMPILER_REMEDY},
  ];
  for (const {command, args, remedy} of asked) await runTool(command, args, {remedy, signal});
}
