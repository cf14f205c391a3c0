import {BackendUnavailableError} from '@minefield/backend/node';
import {InputError} from '@minefield/core';
import {InvalidRecordError} from '@minefield/results';
import {StoreError} from '@minefield/results/node';
import {SafetensorsError} from '@minefield/safetensors';
import {InvalidSpecError} from '@minefield/spec';
import {DownloadError} from '@minefield/svhn';
import {UsageError} from './usage-error.ts';

/** What the person at the terminal can put right, or wait for: the message says how. */
const FORESEEN = [
  UsageError,
  InputError,
  InvalidSpecError,
  InvalidRecordError,
  StoreError,
  SafetensorsError,
  DownloadError,
  BackendUnavailableError,
] as const;

/** `package.function: ` before a library's message, which helps a programmer and not a reader of the terminal. */
const ORIGIN = /^[a-z][\w-]*(\.[A-Za-z]\w*)+: /;

/** One sentence about what went wrong, naming the file or flag and the remedy; a stack trace where nobody foresaw it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return unforeseen(String(error));
  if (FORESEEN.some((kind) => error instanceof kind)) return withoutOrigin(error.message);
  return unforeseen(error.stack ?? error.message);
}

function unforeseen(lines: string): string {
  return `most likely a bug of Minefield; please report it with these lines:\n${lines}`;
}

/** The message of a library without the name of its function; anything else as it is. */
export function withoutOrigin(message: string): string {
  return message.replace(ORIGIN, '');
}
