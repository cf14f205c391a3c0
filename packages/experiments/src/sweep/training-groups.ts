import {groupRuns} from '../jobs/group-runs.ts';
import type {RunJob} from '../jobs/job.ts';
import type {WorkFolder} from '../resume/work-folder.ts';
import type {SweepLedger} from './ledger.ts';
import type {RunExperimentOptions} from './sweep-options.ts';

/**
 * Which of the missing runs train side by side. Where an executor is shared, groups hang on the spec alone, so that every sweep of
 * it asks for the same tasks; otherwise runs go together that are equally far.
 */
export async function trainingGroups(
  missing: readonly RunJob[],
  ledger: SweepLedger,
  work: WorkFolder,
  {executor, networks = 8}: RunExperimentOptions,
): Promise<RunJob[][]> {
  if (executor.shared === true) {
    const wanted = new Set(missing);
    const all = ledger.all.filter((job) => job.kind === 'run');
    return groupRuns(all, 1, networks)
      .map((group) => group.filter((job) => wanted.has(job)))
      .filter(({length}) => length > 0);
  }
  const steps = new Map<string, number>();
  for (const {identity} of missing) steps.set(identity, await work.stepOf(identity));
  return groupRuns(missing, executor.workers, networks, steps);
}
