import {type BackendName, startBackend} from '@minefield/backend/node';
import {PORTABLE} from '../jobs/job.ts';
import {NUMERIC_PACKAGES} from './numeric-packages.ts';
import type {Provenance} from '@minefield/results';
import {collectProvenance, packageVersions} from '@minefield/results/node';

/** What this process computes with, and what its records say of where they were made. */
export interface Numerics {
  readonly name: string;
  readonly provenance: Omit<Provenance, 'createdAt' | 'wallSeconds'>;
}

let current: {readonly name: string; readonly started: Promise<Numerics>} | undefined;

/**
 * Starts the backend that a job's `numerics` names, once in a process.
 *
 * @param name `portable`, or a backend: tensorflow, webgpu, wasm or cpu
 * @throws {BackendUnavailableError} when it cannot start here
 */
export function startNumerics(name: string): Promise<Numerics> {
  if (current?.name !== name) current = {name, started: start(name)};
  return current.started;
}

async function start(name: string): Promise<Numerics> {
  const backend = await startBackend(
    name === PORTABLE ? {name: 'wasm', deterministic: true} : {name: name as BackendName},
  );
  const provenance = await collectProvenance({
    startedAt: new Date(),
    wallSeconds: 0,
    backend: {name: backend.name, kernels: backend.kernels, device: backend.device},
    packages: await packageVersions(NUMERIC_PACKAGES, import.meta.url),
    // The code's commit; an installed package has none.
    directory: import.meta.dirname,
  });
  return {name, provenance};
}
