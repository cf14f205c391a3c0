/** What the module of a pool's worker process exports as `work`. */
import {InternalError} from '@minefield/core';
import type {JobResult} from '../jobs/task.ts';
import {openDataSources} from '../materials/data-sources.ts';
import type {DataSources} from '../materials/data-source.ts';
import type {OpenStorage} from '../resume/part.ts';
import {executeTask} from './execute-task.ts';
import {startNumerics} from './numerics.ts';
import {type WorkerMessage, type WorkerPayload, packFailure} from './worker-protocol.ts';

export {folderStorage} from '../resume/part-folder.ts';
export type {OpenStorage, PartStorage} from '../resume/part.ts';

/**
 * Makes this process a worker: it does the tasks that it is given, one at a time, and reads each file of data once.
 *
 * @param openStorage understands the places for unfinished work that tasks name
 */
export function workerEntry(openStorage: OpenStorage): (payload: WorkerPayload) => Promise<JobResult[]> {
  // Ctrl-C reaches every process of the terminal; the runner decides what ends. Without a runner there is nothing to do.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(1));
  // The command's one document on standard output must not be mixed with what a backend may print.
  process.stdout.write = process.stderr.write.bind(process.stderr);

  let opened: {readonly key: string; readonly sources: Promise<DataSources>} | undefined;
  const tell = (message: WorkerMessage): void => {
    if (process.send === undefined) {
      throw new InternalError('experiments.workerEntry: expected to be a child process, got none');
    }
    process.send(message);
  };

  return async ({task, numerics, place, files}) => {
    const key = JSON.stringify(files);
    if (opened?.key !== key) opened = {key, sources: openDataSources(files)};
    try {
      const workshop = {
        numerics: await startNumerics(numerics),
        sources: await opened.sources,
        openStorage,
      };
      return await executeTask(task, workshop, {
        work: place,
        onProgress: (progress) => tell({progress}),
        onNote: (note) => tell({note}),
      });
    } catch (error) {
      throw packFailure(error);
    }
  };
}
