/** What a pool and its worker processes say to one another. */
import {InputError} from '@minefield/core';
import type {JobResult, Task} from '../jobs/task.ts';
import type {DataFiles} from '../materials/data-files.ts';
import type {JobNote, WorkPlace} from './executor.ts';
import {failedElsewhere, failureText, isForeseen} from './failure.ts';

/** What a worker says while it works. */
export type WorkerWord = {readonly progress: number} | {readonly note: JobNote};

/** A task ends with results or with a failure that {@link packFailure} made. */
export type WorkerMessage = WorkerWord | {readonly results: JobResult[]} | {readonly failure: string};

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
export function packFailure(error: unknown): string {
  return `${isForeseen(error) ? REFUSED : ''}${failureText(error)}`;
}

/** The error that {@link packFailure} packed. */
export function unpackFailure(text: string): Error {
  return text.startsWith(REFUSED) ? new InputError(text.slice(REFUSED.length)) : failedElsewhere(text);
}
