import {createHash} from 'node:crypto';
import {hostname} from 'node:os';

/** Says whose a file is without naming the host, for that is private. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Part of the names of files that are of use only while this process lives. */
export const processTag: string = `${HOST}-${process.pid}`;

/** Whether a file is named after a process of this machine that is no more. */
export function isOrphan(file: string): boolean {
  const [, host, pid] = /[.-]([0-9a-f]{8})-(\d+)\.[^/\\]*$/.exec(file) ?? [];
  if (host !== HOST) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
