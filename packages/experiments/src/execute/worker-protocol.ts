/** What a pool and its worker processes say to one another. */
import {InputError} from '@minefield/core';
import type {Task} from '../jobs/task.ts';
import type {DataFiles} from '../materials/data-files.ts';
import type {JobNote, WorkPlace} from './executor.ts';

/** Message that a worker sends while it works. */
export type WorkerMessage = {readonly progress: number} | {readonly note: JobNote};

/** What a worker is given. */
export interface WorkerPayload {
  readonly task: Task;
  readonly numerics: string;
  readonly place: WorkPlace | undefined;
  readonly files: DataFiles;
}

/** Stands before the stack of an error that is nobody's input; errors lose their class on the way between processes. */
const UNFORESEEN = 'unforeseen: ';

/** An error in the form in which it crosses processes: refused input by its message alone, anything else with its stack. */
export function describeFailure(error: unknown): Error {
  if (error instanceof InputError) return new Error(error.message);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Error(`${UNFORESEEN}${text}`, {cause: error});
}

/** The error that {@link describeFailure} described. */
export function failureFrom(error: unknown): Error {
  const message = messageOf(error);
  if (!message.startsWith(UNFORESEEN)) return new InputError(message, {cause: error});
  return new Error(message.slice(UNFORESEEN.length), {cause: error});
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
