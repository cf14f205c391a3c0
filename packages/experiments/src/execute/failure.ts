import {BackendUnavailableError} from '@minefield/backend';
import {InputError} from '@minefield/core';
import {InvalidRecordError} from '@minefield/results';
import {StoreError} from '@minefield/results/node';
import {SafetensorsError} from '@minefield/safetensors';
import {InvalidSpecError} from '@minefield/spec';

/** A task whose worker process died every time that the task was begun. */
export class WorkerDiedError extends Error {
  override readonly name: string = 'WorkerDiedError';
}

/** What whoever runs an experiment can put right, or wait for: the message says how. */
const FORESEEN = [
  InputError,
  InvalidSpecError,
  InvalidRecordError,
  StoreError,
  SafetensorsError,
  BackendUnavailableError,
  WorkerDiedError,
] as const;

/** Whether an error was foreseen, so that its message says all; anything else is most likely a bug, and wants its stack. */
export function isForeseen(error: unknown): boolean {
  return FORESEEN.some((kind) => error instanceof kind);
}

/** A failure that was described elsewhere, in another process or on another machine: its text is all there is to say of it. */
export function failedElsewhere(text: string, cause?: unknown): Error {
  const [first = text] = text.split('\n', 1);
  const failure = new Error(first, {cause});
  failure.stack = text;
  return failure;
}

/** All that there is to say of an error: its message where it was foreseen, its stack where not. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isForeseen(error) ? error.message : (error.stack ?? error.message);
}
