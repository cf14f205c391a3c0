import {PORTABLE} from '../jobs/job.ts';

/**
 * Makes sure that a backend starts on this machine before workers are asked to use it.
 *
 * @throws {BackendUnavailableError} saying why it does not, and what to do
 */
export async function checkNumerics(name: string): Promise<void> {
  if (name === PORTABLE) return;
  const {startNumerics} = await import('./numerics.ts');
  await startNumerics(name);
}
