import type {BasinCutoff} from '../record.ts';
import type {RowOf, TableColumn} from './table.ts';

export const measurementColumn = {
  measurement: {
    type: 'text',
    says: 'identity of the analysis that measured it',
    range: '64 hexadecimal digits',
  },
} as const;

/** Where a basin is taken to end. */
export const cutoffColumns = {
  cutoff_kind: {
    type: 'text',
    says: 'whether the cutoff is a loss, or an excess over the loss of the network',
    range: 'loss, excess',
  },
  cutoff: {type: 'number', says: 'the cutoff', unit: 'nats per example', range: '> 0'},
  threshold: {
    type: 'number',
    says: 'training loss at which a ray leaves the basin',
    unit: 'nats per example',
    range: '> 0',
  },
} as const satisfies Readonly<Record<string, TableColumn>>;

export function cutoffOf(
  cutoff: Pick<BasinCutoff, 'kind' | 'value' | 'threshold'>,
): RowOf<typeof cutoffColumns> {
  return {cutoff_kind: cutoff.kind, cutoff: cutoff.value, threshold: cutoff.threshold};
}
