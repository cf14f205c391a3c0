import {recordSet} from '@minefield/results';
import type {Experiment} from '../src/lib/load-results.ts';

/** Records of an experiment, as pages see them. */
export function experimentOf(name: string, records: Parameters<typeof recordSet>[0]): Experiment {
  return {record: {experiment: name}, records: recordSet(records)} as unknown as Experiment;
}
