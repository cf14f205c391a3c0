import {executeTask} from './execute-task.ts';
import type {Executor} from './executor.ts';
import {startNumerics} from './numerics.ts';

/** Does tasks in this process, one after the other: for tests, debuggers and machines without room for workers. */
export function inlineExecutor(numerics: string): Executor {
  return {
    workers: 1,
    async execute(task, options = {}) {
      return executeTask(task, await startNumerics(numerics), options);
    },
    close: () => Promise.resolve(),
  };
}
