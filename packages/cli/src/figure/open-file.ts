import {spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {UsageError} from '../usage-error.ts';

/** What shows a file in the program that a system has for it. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {darwin: 'open', win32: 'explorer'};

/** @throws {UsageError} where there is no such program */
export async function openFile(file: string): Promise<void> {
  const program = OPENERS[process.platform] ?? 'xdg-open';
  await new Promise<void>((done, failed) => {
    const child = spawn(program, [resolve(file)], {detached: true, stdio: 'ignore'});
    child.once('spawn', done);
    child.once('error', () =>
      failed(new UsageError(`${program} is not there to show ${file}; open it yourself`)),
    );
    child.unref();
  });
}
