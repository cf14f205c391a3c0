import type {ExperimentSpec} from '@minefield/spec';
import type {RunSummary} from './run-events.ts';
import {SweepInProgress} from './sweep-in-progress.ts';
import type {RunExperimentOptions} from './sweep-options.ts';

/**
 * Makes every record of an experiment that is not there yet: trains what is to be trained, then measures each
 * checkpoint. Records do not depend on the number of workers, on how runs are grouped, or on interruptions in between.
 *
 * A job that fails is reported and the others go on. On cancellation, work in hand is dropped and what is finished stays.
 *
 * @throws {StoreError} when the store cannot be read or written; everything stops
 */
export async function runExperiment(
  spec: ExperimentSpec,
  options: RunExperimentOptions,
): Promise<RunSummary> {
  const sweep = new SweepInProgress(spec, options);
  await sweep.prepare();
  return sweep.work();
}
