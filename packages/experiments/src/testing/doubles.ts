/** Stores and executors that do something more. */
import type {Store} from '@minefield/results/node';
import type {Executor} from '../execute/executor.ts';
import type {Task} from '../jobs/task.ts';

/** A store that does something before it reads a file. */
export function readingAfter(store: Store, before: () => Promise<void>): Store {
  return {...store, readCheckpoint: (...address) => before().then(() => store.readCheckpoint(...address))};
}

/** Fails so many times, as where a file is not shown yet. */
export function failing(times: number): () => Promise<void> {
  let left = times;
  return () => (left-- > 0 ? Promise.reject(new Error('there is no such file')) : Promise.resolve());
}

/** Counts the tasks of one kind that an executor is given. */
export function counting(inner: Executor): Executor & {readonly tasks: Task[]} {
  const tasks: Task[] = [];
  return {
    ...inner,
    tasks,
    execute: (task, options) => {
      tasks.push(task);
      return inner.execute(task, options);
    },
  };
}
