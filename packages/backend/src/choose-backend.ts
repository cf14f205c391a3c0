import * as tf from '@tensorflow/tfjs-core';
import {isRunning} from './activate.ts';
import {
  type BackendCandidate,
  type BackendDescription,
  type BackendOptions,
  BackendUnavailableError,
  type StartedBackend,
} from './backend.ts';
import {checkBackendOptions} from './check-backend-options.ts';

/**
 * Starts the named candidate, or else the first that starts, and says why it was that one. Whatever it throws, the backend
 * that was active stays.
 *
 * @throws {BackendUnavailableError} when the named one, or none, can start, or there is none of the name
 * @throws {RangeError} when an option is one that nobody reads
 */
export async function chooseBackend(
  candidates: readonly BackendCandidate[],
  options: BackendOptions,
): Promise<StartedBackend> {
  checkBackendOptions('startBackend', options);
  const previous = activeBackend();
  try {
    return await firstThatStarts(candidates, options);
  } catch (error) {
    await restore(previous);
    throw error;
  }
}

async function firstThatStarts(
  candidates: readonly BackendCandidate[],
  options: BackendOptions,
): Promise<StartedBackend> {
  const passed: string[] = [];
  for (const candidate of candidates) {
    const {name} = candidate;
    if (options.name !== undefined && options.name !== name) continue;
    try {
      const running = await candidate.start(options);
      return {name, ...running, reason: reasonFor(name, options, passed)};
    } catch (error) {
      if (!(error instanceof BackendUnavailableError) || options.name !== undefined) throw error;
      passed.push(`${name}: ${error.reason}`);
    }
  }
  if (options.name === undefined) {
    const remedy = 'npm install @tensorflow/tfjs-backend-wasm, which runs everywhere';
    throw new BackendUnavailableError(null, `none (${passed.join('; ')})`, remedy);
  }
  const names = candidates.map(({name}) => name).join(', ');
  throw new BackendUnavailableError(options.name, 'no backend of this name', `use one of ${names}`);
}

/**
 * Starts every candidate in turn, reports, and puts back the backend that was active, kernels included. Where none was,
 * the first that starts stays.
 */
export async function describeCandidates(
  candidates: readonly BackendCandidate[],
  options: BackendOptions,
): Promise<BackendDescription[]> {
  checkBackendOptions('describeBackends', options);
  const previous = activeBackend();
  const descriptions: BackendDescription[] = [];
  try {
    for (const candidate of candidates) {
      const {name} = candidate;
      const release = candidate.hold?.();
      try {
        const running = await candidate.start(options);
        descriptions.push({name, available: true, ...running, reason: 'starts', remedy: null});
      } catch (error) {
        if (!(error instanceof BackendUnavailableError)) throw error;
        const {reason, remedy} = error;
        descriptions.push({name, available: false, kernels: null, device: null, reason, remedy});
      } finally {
        if (previous !== undefined) await release?.();
      }
    }
  } finally {
    await restore(previous ?? descriptions.find(({available}) => available)?.name);
  }
  return descriptions;
}

function reasonFor(name: string, options: BackendOptions, passed: readonly string[]): string {
  if (options.name !== undefined) return 'asked for by name';
  return passed.length === 0
    ? 'the first choice'
    : `the first that starts of tensorflow, webgpu, wasm and cpu (${passed.join('; ')})`;
}

function activeBackend(): string | undefined {
  const name: string | null | undefined = tf.engine().backendName;
  return name !== null && name !== undefined && isRunning(name) ? name : undefined;
}

async function restore(name: string | undefined): Promise<void> {
  if (name !== undefined && tf.engine().backendName !== name) await tf.setBackend(name);
}
