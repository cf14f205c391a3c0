/** Where the files of each run are, for the laboratory to fetch them once they are looked at. */
import type {LabRecords} from '../explorers/lab/data/lab-file.ts';
import {checkpointOf, downloadPath, fileOf} from './downloads.ts';
import type {Experiment} from './load-results.ts';
import {runAddress} from './runs.ts';

export async function labRecords(experiments: readonly Experiment[], results: string): Promise<LabRecords> {
  const entries = await Promise.all(
    experiments.flatMap((experiment) =>
      experiment.records.runs().map(async (run) => {
        const checkpoint = await checkpointOf(run, results);
        const measured = experiment.analyses.filter((record) => record.run === run.identity);
        const files = {
          run: downloadPath(fileOf(run, experiment)),
          ...Object.fromEntries(
            measured.map((record) => [record.analysis, downloadPath(fileOf(record, experiment))]),
          ),
          ...(checkpoint !== null && {checkpoint: downloadPath(checkpoint)}),
        };
        return [runAddress(run, experiment), files] as const;
      }),
    ),
  );
  return Object.fromEntries(entries);
}
