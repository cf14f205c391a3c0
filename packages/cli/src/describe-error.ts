import {StoreError} from '@minefield/results/node';
import {UsageError} from './usage-error.ts';

/** `package.function: ` before a library's message, which helps a programmer and not a reader of the terminal. */
const ORIGIN = /^[a-z][\w-]*(\.[A-Za-z]\w*)+: /;

/** One sentence about what went wrong, naming the file or flag and the remedy; a stack trace where nobody foresaw it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || error instanceof StoreError) return error.message;
  if (ORIGIN.test(error.message)) return error.message.replace(ORIGIN, '');
  return error.stack ?? error.message;
}
