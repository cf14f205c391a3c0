import {jobName, planExperiment} from '@minefield/experiments';
import {duration} from '../terminal/duration.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {RunFlags} from './run-flags.ts';
import type {Sweep} from './sweep.ts';

/** Prints what would be done. */
export async function dryRun(io: Terminal, sweep: Sweep, flags: RunFlags): Promise<void> {
  const {spec} = sweep;
  const plan = await planExperiment(spec, sweep);
  if (flags.json) {
    const missing = plan.missing.map(({job, seconds}) => ({
      job: jobName(job),
      identity: job.identity,
      seconds,
    }));
    io.print(JSON.stringify({experiment: spec.experiment, profile: spec.profile, ...plan, missing}, null, 2));
    return;
  }
  for (const {job, seconds} of plan.missing) io.print(`${duration(seconds).padStart(12)}  ${jobName(job)}`);
  const {jobs, reused, missing, seconds} = plan;
  io.print(
    `${spec.experiment} (${spec.profile}): ${missing.length} of ${jobs} jobs to do, about ${duration(seconds)} ` +
      `of one core; ${reused} are there`,
  );
}
