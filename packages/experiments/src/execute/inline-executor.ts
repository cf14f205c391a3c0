import type {DataSources} from '../materials/data-source.ts';
import type {OpenStorage} from '../resume/part.ts';
import {folderStorage} from '../resume/part-folder.ts';
import type {Executor} from './executor.ts';

export interface InlineExecutorOptions {
  /** `portable`, or the name of a backend. */
  readonly numerics: string;
  readonly sources: DataSources;
  /** Opens the places for unfinished work that tasks name. Default: folders. */
  readonly openStorage?: OpenStorage;
}

/**
 * Does tasks in this process, one after the other: for tests, debuggers and machines without room for workers.
 * TensorFlow.js is loaded with the first task, so that whoever only plans or verifies never waits for it.
 */
export function inlineExecutor({
  numerics,
  sources,
  openStorage = folderStorage,
}: InlineExecutorOptions): Executor {
  return {
    workers: 1,
    async execute(task, options = {}) {
      const [{executeTask}, {startNumerics}] = await Promise.all([
        import('./execute-task.ts'),
        import('./numerics.ts'),
      ]);
      const workshop = {numerics: await startNumerics(numerics), sources, openStorage};
      return executeTask(task, workshop, options);
    },
    close: () => Promise.resolve(),
  };
}
