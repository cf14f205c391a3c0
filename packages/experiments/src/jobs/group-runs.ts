import {canonicalJson} from '@minefield/results/node';
import {takesPictures} from '@minefield/spec';
import type {RunJob} from './job.ts';

/**
 * Groups runs that can train side by side: those that differ in nothing but seed and poison factor, and that have come
 * equally far. Groups are of about equal size, and there are as many as keep every worker busy; the bits of a network
 * depend on neither. Networks for pictures train alone: side by side they are no faster, and take the memory of all.
 *
 * @param networks most networks in a group
 * @param steps how far the training of a run had come that was broken off, by identity; 0 where absent
 */
export function groupRuns(
  jobs: readonly RunJob[],
  workers: number,
  networks: number,
  steps: ReadonlyMap<string, number> = new Map(),
): RunJob[][] {
  const alike = Map.groupBy(jobs, ({identity, spec}) => `${steps.get(identity) ?? 0} ${canonicalJson(spec)}`);
  return [...alike.values()].flatMap((runs) => {
    const [first] = runs;
    const most = first !== undefined && !takesPictures(first.spec.model) ? networks : 1;
    const rounds = Math.max(1, Math.ceil(runs.length / (most * workers)));
    const groups = Math.min(runs.length, rounds * workers);
    return Array.from({length: groups}, (_, g) =>
      runs.slice(Math.floor((g * runs.length) / groups), Math.floor(((g + 1) * runs.length) / groups)),
    );
  });
}
