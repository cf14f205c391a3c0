import {type Executor, type ProcessPoolOptions, processPool, siblingOf} from '@minefield/experiments';

/** A pool of worker processes that keep unfinished work where a queue's tasks say: in its Redis, or in a shared folder. */
export function queueWorkerPool(options: Omit<ProcessPoolOptions, 'entry'>): Executor {
  return processPool({...options, entry: siblingOf(import.meta.url, 'worker')});
}
