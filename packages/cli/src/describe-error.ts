import {isForeseen} from '@minefield/experiments';
import {DownloadError} from '@minefield/svhn';
import {UsageError} from './usage-error.ts';

/** `package.function: ` before a library's message, which helps a programmer and not a reader of the terminal. */
const ORIGIN = /^[a-z][\w-]*(\.[A-Za-z]\w*)+: /;

/** One sentence about what went wrong, naming the file or flag and the remedy; a stack trace where nobody foresaw it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return unforeseen(String(error));
  if (error instanceof UsageError || error instanceof DownloadError || isForeseen(error)) {
    return withoutOrigin(error.message);
  }
  return unforeseen(error.stack ?? error.message);
}

function unforeseen(lines: string): string {
  return `most likely a bug of Minefield; please report it with these lines:\n${lines}`;
}

/** The message of a library without the name of its function; anything else as it is. */
export function withoutOrigin(message: string): string {
  return message.replace(ORIGIN, '');
}
