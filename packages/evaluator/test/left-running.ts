import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';

/** Processes that a fixture noted in a folder and that still run a while later; those that end meanwhile are waited for. */
export async function leftRunning(folder: string): Promise<number[]> {
  const file = join(folder, 'pids');
  let left = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : [];
  for (let tries = 0; left.length > 0 && tries < 100; tries++) {
    left = left.filter(runs);
    if (left.length > 0) await setTimeout(30);
  }
  return left;
}

function runs(pid: number): boolean {
  const status = `/proc/${pid}/stat`;
  try {
    process.kill(pid, 0);
    // A process that nobody has asked for its exit code has ended all the same.
    return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
