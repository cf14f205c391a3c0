import {type ChildProcess, fork} from 'node:child_process';
import type {JobResult} from '../jobs/task.ts';
import {type WorkerMessage, type WorkerPayload, type WorkerWord, unpackFailure} from './worker-protocol.ts';

/** A worker's process ended before its task did, or never began; the message says how, as in `killed by SIGKILL`. */
export class WorkerEndedError extends Error {
  override readonly name: string = 'WorkerEndedError';
}

/** A process that does one task at a time, until it is killed or dies. */
export interface WorkerProcess {
  /** Settles when the process is gone. */
  readonly gone: Promise<void>;
  /** Whether it may be given a task. */
  readonly usable: boolean;
  /** @throws what went wrong with the task; {@link WorkerEndedError} where the process ended before it */
  work(payload: WorkerPayload, hear: (word: WorkerWord) => void): Promise<JobResult[]>;
  /** Ends the process, whatever it does; the task in its hands fails as it ends. */
  kill(): void;
}

interface TaskInHand {
  readonly hear: (word: WorkerWord) => void;
  readonly resolve: (results: JobResult[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a worker. A task can be given at once: it waits in the channel until the process can read.
 *
 * @param entry module that calls `workerEntry`
 */
export function startWorker(entry: URL, execArgv: readonly string[]): WorkerProcess {
  let usable = true;
  let ended = 'its channel is closed';
  let inHand: TaskInHand | undefined;
  const {promise: gone, resolve: leave} = Promise.withResolvers<void>();

  const end = (how: string): void => {
    usable = false;
    ended = how;
    inHand?.reject(new WorkerEndedError(how));
    inHand = undefined;
    leave();
  };
  const kill = (): void => {
    usable = false;
    // Not a signal that a process may put off, as one does that computes or is stopped.
    child?.kill('SIGKILL');
  };
  const hear = (message: WorkerMessage): void => {
    if ('results' in message) inHand?.resolve(message.results);
    else if ('failure' in message) inHand?.reject(unpackFailure(message.failure));
    else {
      inHand?.hear(message);
      return;
    }
    inHand = undefined;
  };

  let child: ChildProcess | undefined;
  try {
    child = fork(entry, {
      execArgv: [...execArgv],
      serialization: 'advanced',
      // What a backend prints must not be mixed with the command's one document on standard output.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    child.on('message', hear);
    child.on('exit', (code, signal) => end(signal === null ? `exit code ${code}` : `killed by ${signal}`));
    // One that was started tells of its end itself; one that was not never does.
    child.on('error', (error) => (child?.pid === undefined ? end(error.message) : kill()));
    // Whoever cannot be spoken to is of no more use.
    child.on('disconnect', kill);
  } catch (error) {
    end(error instanceof Error ? error.message : String(error));
  }

  return {
    gone,
    get usable() {
      return usable;
    },
    kill,
    work: (payload, hearWord) =>
      new Promise((resolve, reject) => {
        if (!usable) {
          reject(new WorkerEndedError(ended));
          return;
        }
        inHand = {hear: hearWord, resolve, reject};
        // One that did not start has no channel, and is about to say why.
        if (child?.pid === undefined) return;
        child.send(payload, (error) => {
          if (error !== null) kill();
        });
      }),
  };
}
