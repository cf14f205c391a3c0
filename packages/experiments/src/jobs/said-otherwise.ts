import type {AnalysisRecord, RunRecord} from '@minefield/results';
import {canonicalJson} from '@minefield/results/node';
import {type Job, runRead} from './job.ts';

/**
 * What a record says otherwise than the job of its identity, such as `spec`; undefined where it says the same. The identity
 * is the hash of what is compared here, so that one says otherwise which was changed afterwards, or made up. Outcomes, such
 * as accuracies, are in no hash.
 */
export function saidOtherwise(record: RunRecord | AnalysisRecord, job: Job): string | undefined {
  const wanted = partsOfJob(job);
  const said: Readonly<Record<string, unknown>> = partsOfRecord(record);
  return Object.keys(wanted).find((name) => {
    const value = said[name];
    return value === undefined || canonicalJson(value) !== canonicalJson(wanted[name]);
  });
}

function partsOfJob(job: Job): Readonly<Record<string, unknown>> {
  const {kind, seed, poisonFactor, numerics, algorithmVersions} = job;
  const common = {kind, seed, poisonFactor, numerics, algorithmVersions};
  return job.kind === 'run'
    ? {...common, spec: job.spec, dataset: job.dataset}
    : {...common, analysis: job.analysis, settings: job.spec.settings, run: runRead(job)};
}

function partsOfRecord(record: RunRecord | AnalysisRecord): Readonly<Record<string, unknown>> {
  const {kind, seed, poisonFactor, numerics, algorithmVersions} = record;
  const common = {kind, seed, poisonFactor, numerics, algorithmVersions};
  return record.kind === 'run'
    ? {...common, spec: record.spec, dataset: record.dataset.fingerprint}
    : {...common, analysis: record.analysis, settings: record.settings, run: record.run};
}
