import type {ResultRecord} from './record.ts';

/** What must be equal, byte for byte, when the same job runs again: everything but when, where and with what. */
export function withoutProvenance(record: ResultRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'provenance'));
}
