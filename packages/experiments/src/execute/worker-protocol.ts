/** What a pool and its worker processes say to one another. */
import {InputError} from '@minefield/core';
import type {Task} from '../jobs/task.ts';
import type {DataFiles} from '../materials/data-files.ts';
import type {JobNote, WorkPlace} from './executor.ts';
import {failedElsewhere, failureText, isForeseen} from './failure.ts';

/** Message that a worker sends while it works. */
export type WorkerMessage = {readonly progress: number} | {readonly note: JobNote};

/** What a worker is given. */
export interface WorkerPayload {
  readonly task: Task;
  readonly numerics: string;
  readonly place: WorkPlace | undefined;
  readonly files: DataFiles;
}

/** Stands before the message of a foreseen error; errors lose their class on the way between processes. */
const REFUSED = 'refused: ';

/** An error in the form in which it crosses processes. */
export function packFailure(error: unknown): Error {
  return new Error(`${isForeseen(error) ? REFUSED : ''}${failureText(error)}`);
}

/** The error that {@link packFailure} packed; one that came otherwise is taken as it is. */
export function unpackFailure(error: unknown): Error {
  const text = messageOf(error);
  if (text.startsWith(REFUSED)) return new InputError(text.slice(REFUSED.length), {cause: error});
  return failedElsewhere(text, error);
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
