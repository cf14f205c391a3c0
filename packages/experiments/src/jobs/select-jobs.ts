import {InputError} from '@minefield/core';
import {type Job, kindOf} from './job.ts';

/** Whether a job is asked for. */
export type JobFilter = (job: Job) => boolean;

type Condition = (job: Job) => boolean;

/**
 * Reads filters as the command line has them. One filter is a list of alternatives with commas between them: kinds of job
 * (`run`, or an analysis such as `basin`), or after `seed=` or `poison=` numbers and ranges such as `1..3`. A job is
 * asked for where every filter has an alternative that it meets.
 *
 * @example parseJobFilter(['basin,curvature', 'seed=1..3,7', 'poison=0'])
 * @throws {InputError} naming the alternative that cannot be read
 */
export function parseJobFilter(filters: readonly string[]): JobFilter {
  const conditions = filters.map((filter): Condition => {
    const [, key, list = ''] = /^(?:(\w+)=)?(.*)$/.exec(filter) ?? [];
    const alternatives = list.split(',').map((text) => conditionOf(key, text.trim()));
    return (job) => alternatives.some((meets) => meets(job));
  });
  return (job) => conditions.every((meets) => meets(job));
}

/** The jobs that a filter asks for, and those that they read, in the order of the sweep. */
export function selectJobs(jobs: readonly Job[], filter: JobFilter): Job[] {
  const byIdentity = new Map(jobs.map((job) => [job.identity, job]));
  const wanted = new Set<Job>();
  const want = (job: Job | undefined): void => {
    if (job === undefined || wanted.has(job)) return;
    wanted.add(job);
    for (const identity of job.inputs) want(byIdentity.get(identity));
  };
  for (const job of jobs) if (filter(job)) want(job);
  return jobs.filter((job) => wanted.has(job));
}

function conditionOf(key: string | undefined, text: string): Condition {
  if (key === undefined && /^[a-z][a-z-]*$/.test(text)) return (job) => kindOf(job) === text;
  const [, first, last = first] = /^([\d.e+-]+?)(?:\.\.([\d.e+-]+))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from <= to) || (key !== 'seed' && key !== 'poison')) {
    throw new InputError(
      `experiments.parseJobFilter: expected kinds such as run,basin, or seed= or poison= with numbers such as 1..3,7, ` +
        `got "${key === undefined ? '' : `${key}=`}${text}"; separate different filters`,
    );
  }
  return (job) => {
    const value = key === 'seed' ? job.seed : job.poisonFactor;
    return from <= value && value <= to;
  };
}
