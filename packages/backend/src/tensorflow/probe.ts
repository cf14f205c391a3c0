import {runTool} from './run-tool.ts';
import {missingSettings} from './native-settings.ts';

/** What an addon says of itself once it is loaded. */
export interface Probe {
  readonly version: string;
  readonly gpu: boolean;
}

const SCRIPT = `
const module = {exports: {}};
process.dlopen(module, process.argv[1]);
const {TF_Version, isUsingGpuDevice} = module.exports;
console.log(JSON.stringify({version: TF_Version, gpu: isUsingGpuDevice()}));
`;

/**
 * Loads an addon in a process of its own, which one that does not fit the machine may take with it.
 *
 * @throws {TensorflowBuildError} where it cannot be loaded
 */
export async function probe(addon: string, signal: AbortSignal | undefined): Promise<Probe> {
  const output = await runTool(process.execPath, ['-e', SCRIPT, addon], {
    remedy:
      'TensorFlow asks for Linux with glibc 2.27 or later, and on x64 for a processor with AVX; use wasm elsewhere',
    env: {...process.env, ...missingSettings(process.env)},
    signal,
  });
  return JSON.parse(output) as Probe;
}
