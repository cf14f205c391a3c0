import type * as Queue from '@minefield/queue';
import {isNotInstalled} from './not-installed.ts';
import {UsageError} from './usage-error.ts';

/** What `--queue` needs besides the command, which installs no Redis client for those who share no sweep. */
const CLIENTS = ['bullmq', 'ioredis'];

/**
 * Loads what speaks to a queue, only when it is asked for.
 *
 * @throws {UsageError} where its clients are not installed
 */
export async function loadQueue(): Promise<typeof Queue> {
  try {
    return await import('@minefield/queue');
  } catch (error) {
    const missing = CLIENTS.find((name) => isNotInstalled(error, name));
    if (missing === undefined) throw error;
    throw new UsageError(
      `--queue needs ${CLIENTS.join(' and ')}, and ${missing} is not installed; install both beside @minefield/cli: ` +
        `npm install ${CLIENTS.join(' ')}, or pnpm add --allow-build=msgpackr-extract ${CLIENTS.join(' ')}`,
    );
  }
}
