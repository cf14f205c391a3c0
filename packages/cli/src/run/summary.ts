import {CLAIMED_EXPERIMENTS} from '@minefield/claims';
import {type RunSummary, jobName} from '@minefield/experiments';
import {exitCodes} from '../exit-codes.ts';
import {duration} from '../terminal/duration.ts';

export function exitCode({interrupted, failed}: RunSummary): number {
  if (interrupted) return exitCodes.interrupted;
  return failed.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** What was done, and what to do next. */
export function sentence(summary: RunSummary, out: string): string {
  const {experiment, profile, jobs, reused, done, diverged, failed, interrupted, seconds} = summary;
  const parts = [
    `${done} done in ${duration(seconds)}`,
    ...(reused > 0 ? [`${reused} kept from before`] : []),
    ...(diverged > 0 ? [`${diverged} of the runs diverged`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
  ];
  const left = jobs - reused - done - failed.length - summary.nothingToMeasure;
  const next = interrupted
    ? `interrupted with ${left} left; run the same command to go on`
    : failed.length > 0
      ? 'run the same command to repeat what failed'
      : `check the claims with: minefield verify --results ${out}${CLAIMED_EXPERIMENTS.includes(experiment) ? '' : ` --experiment ${experiment}`}`;
  return `${experiment} (${profile}): ${jobs} jobs, ${parts.join(', ')}\n${next}`;
}

/** What `run --json` prints. */
export function document(summary: RunSummary, out: string): unknown {
  const failed = summary.failed.map(({job, error}) => ({job: jobName(job), identity: job.identity, error}));
  return {...summary, failed, results: out};
}
