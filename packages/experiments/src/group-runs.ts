import {canonicalJson} from '@minefield/results/node';
import type {RunJob} from './job.ts';

/**
 * Groups runs that can train side by side: those that differ in nothing but seed and poison factor. Groups are of about
 * equal size, and there are as many as keep every worker busy; the bits of a network depend on neither.
 *
 * @param networks most networks in a group
 */
export function groupRuns(jobs: readonly RunJob[], workers: number, networks: number): RunJob[][] {
  const alike = Map.groupBy(jobs, ({spec}) => canonicalJson(spec));
  return [...alike.values()].flatMap((runs) => {
    const rounds = Math.max(1, Math.ceil(runs.length / (networks * workers)));
    const groups = Math.min(runs.length, rounds * workers);
    return Array.from({length: groups}, (_, g) =>
      runs.slice(Math.floor((g * runs.length) / groups), Math.floor(((g + 1) * runs.length) / groups)),
    );
  });
}
