import {exitCodes} from './exit-codes.ts';
import type {Terminal} from './terminal/terminal.ts';

/** Ctrl-C, a polite kill, and the end of the terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that Ctrl-C stops in good order; a second Ctrl-C ends the process at once.
 *
 * @param notice what the first one says
 */
export async function interruptible<T>(
  io: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
  notice: string,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) {
      io.status(null);
      process.exit(exitCodes.interrupted);
    }
    io.status(null);
    io.note(`${notice} (again to stop at once)`);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}
