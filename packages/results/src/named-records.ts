import type {AnalysisRecord, ExperimentRecord, ResultRecord, RunRecord} from './record.ts';

/**
 * The records that an experiment names, of many. Those of earlier specs are left out, those of other experiments, which may have
 * the same jobs, and analyses whose run is not there, for nothing tells what they measured.
 */
export function namedRecords(
  {experiment, jobs}: ExperimentRecord,
  records: Iterable<ResultRecord>,
): (RunRecord | AnalysisRecord)[] {
  const named = new Set(jobs.map(({identity}) => identity));
  const own = [...records].filter(
    (record): record is RunRecord | AnalysisRecord =>
      record.kind !== 'experiment' && record.experiment === experiment && named.has(record.identity),
  );
  const runs = new Set(own.filter(({kind}) => kind === 'run').map(({identity}) => identity));
  return own.filter((record) => record.kind === 'run' || runs.has(record.run));
}
