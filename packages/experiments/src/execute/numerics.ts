import {type BackendName, type StartedBackend, startBackend} from '@minefield/backend/node';
import {PORTABLE} from '../jobs/job.ts';
import {NUMERIC_PACKAGES} from './numeric-packages.ts';
import type {Provenance} from '@minefield/results';
import {collectProvenance, packageVersions} from '@minefield/results/node';

/** What this process computes with, and what its records say of where they were made. */
export interface Numerics {
  readonly name: string;
  readonly provenance: Omit<Provenance, 'createdAt' | 'wallSeconds'>;
}

/** What was collected once stays so; by name. */
const collected = new Map<string, Promise<Numerics>>();

/**
 * Starts the backend that a job's `numerics` names. Whoever shares this process may have started another one since the last job,
 * so it is asked for each time, which costs little where it is active.
 *
 * @param name `portable`, or a backend: tensorflow, webgpu, wasm or cpu
 * @throws {BackendUnavailableError} when it cannot start here
 */
export async function startNumerics(name: string): Promise<Numerics> {
  const backend = await startBackend(
    name === PORTABLE ? {name: 'wasm', deterministic: true} : {name: name as BackendName},
  );
  const numerics = collected.get(name) ?? numericsOf(name, backend);
  collected.set(name, numerics);
  return numerics;
}

async function numericsOf(name: string, backend: StartedBackend): Promise<Numerics> {
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
