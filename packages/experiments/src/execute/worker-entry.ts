/** What the module of a pool's worker process calls. */
import {InternalError} from '@minefield/core';
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
 * @throws {InternalError} where no pool started this process
 */
export function workerEntry(openStorage: OpenStorage): void {
  const send = process.send?.bind(process);
  if (send === undefined) {
    throw new InternalError('experiments.workerEntry: expected to be a child process, got none');
  }
  const tell = (message: WorkerMessage): void => void send(message);
  // Ctrl-C and the end of a terminal reach every process in it; the runner decides what ends.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  // Without a runner there is nothing to do.
  process.on('disconnect', () => process.exit(1));

  let opened: {readonly key: string; readonly sources: Promise<DataSources>} | undefined;

  async function work({task, numerics, place, files}: WorkerPayload): Promise<void> {
    const key = JSON.stringify(files);
    if (opened?.key !== key) {
      const sources = openDataSources(files);
      // A file may be back for the next task. This one fails where it waits for them, which is later.
      sources.catch(() => (opened = undefined));
      opened = {key, sources};
    }
    const {sources} = opened;
    try {
      const workshop = {
        numerics: await startNumerics(numerics),
        sources: await sources,
        openStorage,
      };
      const results = await executeTask(task, workshop, {
        work: place,
        onProgress: (progress) => tell({progress}),
        onNote: (note) => tell({note}),
      });
      tell({results});
    } catch (error) {
      tell({failure: packFailure(error)});
    }
  }

  process.on('message', (payload: WorkerPayload) => void work(payload));
}
