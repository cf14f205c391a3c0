import {join} from 'node:path';
import {runTool} from './run-tool.ts';

export interface CompileAddonOptions {
  /** A C++ compiler that takes the flags of GCC. */
  readonly compiler: string;
  /** Folder with `binding/` of `@tensorflow/tfjs-node`. */
  readonly sources: string;
  /** Folders of headers: of Node's interface for addons, and of TensorFlow. */
  readonly headers: readonly string[];
  /** Folder of the two libraries. */
  readonly libraries: string;
  readonly signal: AbortSignal | undefined;
}

export const COMPILER_REMEDY =
  'install a C++ compiler (apt-get install g++, say), or name one that takes the flags of GCC (compiler, or CXX)';

/**
 * Compiles the addon of `@tensorflow/tfjs-node`. Its own recipe links `libtensorflow.so`, which is published no more; the
 * same functions are in the library for C++ of TensorFlow's wheels. The addon finds it in `tensorflow/` beside itself, so
 * that a build can be moved as a whole.
 *
 * @throws {TensorflowBuildError} where the compiler is missing or fails
 */
export async function compileAddon(
  output: string,
  {compiler, sources, headers, libraries, signal}: CompileAddonOptions,
): Promise<void> {
  const files = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(sources, 'binding', name));
  const flags = ['-shared', '-fPIC', '-O2', '-std=c++17', '-DNAPI_VERSION=8'];
  const includes = headers.map((folder) => `-I${folder}`);
  const links = [
    `-L${libraries}`,
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    '-Wl,-rpath,$ORIGIN/tensorflow',
  ];
  const args = [...flags, ...includes, ...files, '-o', output, ...links];
  await runTool(compiler, args, {remedy: COMPILER_REMEDY, signal});
}
