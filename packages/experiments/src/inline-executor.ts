import type {Executor} from './executor.ts';

/**
 * Does tasks in this process, one after the other: for tests, debuggers and machines without room for workers.
 * TensorFlow.js is loaded with the first task, so that whoever only plans or verifies never waits for it.
 */
export function inlineExecutor(numerics: string): Executor {
  return {
    workers: 1,
    async execute(task, options = {}) {
      const [{executeTask}, {startNumerics}] = await Promise.all([
        import('./execute-task.ts'),
        import('./numerics.ts'),
      ]);
      return executeTask(task, await startNumerics(numerics), options);
    },
    close: () => Promise.resolve(),
  };
}
