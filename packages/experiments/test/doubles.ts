/** Stores and executors that do something more. */
import type {Store} from '@minefield/results/node';
import type {Executor} from '../src/executor.ts';
import type {Task} from '../src/task.ts';

/** A store that does something before it reads a file. */
export function readingAfter(store: Store, before: () => Promise<void>): Store {
  return {...store, readCheckpoint: (...address) => before().then(() => store.readCheckpoint(...address))};
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
