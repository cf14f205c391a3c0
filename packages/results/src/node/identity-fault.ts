/**
 * Records held against their identities wherever they are read. What a record says of how it was made is all in its hash, so
 * one that was changed afterwards, or made up, is found out. What came of it is in no hash: neither a changed accuracy is
 * found out, nor a record that was given the identity and the name that follow from what it was changed to.
 */
import {InvalidRecordError} from '../invalid-record-error.ts';
import type {AnalysisRecord, ResultRecord, RunRecord} from '../record.ts';
import {analysisIdentity, runIdentity} from './job-identity.ts';

/** @returns what is wrong where the identity of a run is not that of what it says */
export function runIdentityFault(run: RunRecord, source: string): InvalidRecordError | undefined {
  return faultOf(run, runIdentity(run), 'spec, data', source);
}

/**
 * How to hold analyses against their identities.
 *
 * @param records runs, each with the identity of what it says, and searches; others are of no account
 * @returns a function that says what is wrong where the identity of an analysis is not that of what it and its run say. One
 *   whose run is not there cannot be held, nor can a map of which a search is not there.
 */
export function analysisIdentityFaults(
  records: Iterable<ResultRecord>,
): (record: AnalysisRecord, source: string) => InvalidRecordError | undefined {
  const runs = new Map<string, RunRecord>();
  const searches = new Map<string, string>();
  for (const record of records) {
    if (record.kind === 'run') runs.set(record.identity, record);
    else if (record.kind === 'analysis' && record.analysis === 'search' && record.data.checkpoint !== null) {
      searches.set(record.data.checkpoint.sha256, record.identity);
    }
  }
  return (record, source) => {
    const run = runs.get(record.run);
    const expected = run && analysisIdentity(record, run, searches);
    return expected === undefined ? undefined : faultOf(record, expected, 'settings, run', source);
  };
}

function faultOf(
  {identity}: RunRecord | AnalysisRecord,
  expected: string,
  parts: string,
  source: string,
): InvalidRecordError | undefined {
  if (identity === expected) return undefined;
  const message = `expected ${expected}, which follows from its ${parts}, seed, poison factor, numerics and versions, got ${identity}`;
  return new InvalidRecordError(source, [{path: 'identity', message}]);
}
