import type {AnalysisRecord, RunRecord} from '../record.ts';
import type {RowOf, TableColumn} from './table.ts';

/** What tells one network from another: the first columns of every table. */
export const networkColumns = {
  experiment: {type: 'text', says: 'name of the experiment'},
  run: {type: 'text', says: 'identity of the run that trained the network', range: '64 hexadecimal digits'},
  seed: {type: 'integer', says: 'seed of the run', range: '≥ 0'},
  poison_factor: {type: 'number', says: 'β of the poisoned loss; 0 is clean training', range: '≥ 0'},
} as const satisfies Readonly<Record<string, TableColumn>>;

export function networkOf(record: RunRecord | AnalysisRecord): RowOf<typeof networkColumns> {
  return {
    experiment: record.experiment,
    run: record.kind === 'run' ? record.identity : record.run,
    seed: record.seed,
    poison_factor: record.poisonFactor,
  };
}
