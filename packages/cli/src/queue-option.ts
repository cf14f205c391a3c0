import {Option} from 'commander';
import {UsageError} from './usage-error.ts';

const VARIABLE = 'MINEFIELD_QUEUE';

/** `--queue`, the same for every command that speaks to one. */
export function queueOption(purpose: string): Option {
  return new Option(
    '--queue [url]',
    `${purpose}: redis://host:6379, or rediss://user:password@host:6379 with TLS; without a URL, that in ${VARIABLE}, ` +
      'where no list of processes shows it',
  );
}

/** @throws {UsageError} when neither the option nor the environment names a queue */
export function queueUrl(value: string | true | undefined): string {
  const url = typeof value === 'string' ? value : process.env[VARIABLE];
  if (url !== undefined && url !== '') return url;
  throw new UsageError(`--queue names no Redis; write --queue redis://host:6379, or set ${VARIABLE}`);
}
