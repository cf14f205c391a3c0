import type {BackendCandidate, BackendDescription, BackendOptions, StartedBackend} from './backend.ts';
import {chooseBackend, describeCandidates} from './choose-backend.ts';
import {cpuBackend} from './cpu-backend.ts';
import {dawnBackend} from './dawn.ts';
import {registerGradients} from './gradients.node.ts';
import type {Importer} from './load-optional.ts';
import {tensorflowBackend} from './tensorflow-backend.ts';
import {wasmBackend} from './wasm-backend.ts';

const importModule: Importer = (specifier) => import(specifier);

const candidates: readonly BackendCandidate[] = [
  tensorflowBackend,
  dawnBackend(importModule),
  wasmBackend,
  cpuBackend,
];

/**
 * Starts a TensorFlow.js backend in Node, and registers the gradients of all operations.
 *
 * @throws {BackendUnavailableError} when the named backend cannot start; the backend that was active stays
 * @example const {name, reason} = await startBackend({name: 'wasm', deterministic: true})
 */
export async function startBackend(options: BackendOptions = {}): Promise<StartedBackend> {
  await registerGradients();
  return chooseBackend(candidates, options);
}

/** What this machine can run. Starts each backend in turn, then returns to the one that was active. */
export function describeBackends(options: BackendOptions = {}): Promise<BackendDescription[]> {
  return describeCandidates(candidates, options);
}
