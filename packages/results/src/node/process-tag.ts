import {createHash} from 'node:crypto';
import {readlinkSync} from 'node:fs';
import {hostname} from 'node:os';

/** Says whose a file is without naming the host, for that is private. Containers may share its name, but not each other's processes. */
const HOST = createHash('sha256').update(`${hostname()} ${processesSeen()}`).digest('hex').slice(0, 8);

/** Part of the names of files that are of use only while this process lives. */
export const processTag: string = `${HOST}-${process.pid}`;

/** The namespace that process numbers are of; empty where a system has but one, or does not say. */
function processesSeen(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

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
