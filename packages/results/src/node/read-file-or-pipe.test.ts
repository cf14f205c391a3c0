import {execFileSync, spawn} from 'node:child_process';
import {mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {readFileOrPipe} from './read-file-or-pipe.ts';
import {UnfitFileError} from './read-regular.ts';

let directory = '';
let file = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-pipes-'));
  file = join(directory, 'file');
});
afterEach(() => rm(directory, {recursive: true}));

/** Has a program write into the file, in two pieces with a break between them. */
function write(bytes: number): {readonly ended: Promise<number | null>} {
  const half = `head -c ${bytes / 2} /dev/zero`;
  const child = spawn('sh', ['-c', `(${half}; sleep 0.2; ${half}) > "$1"`, 'sh', file], {stdio: 'ignore'});
  return {ended: new Promise((resolve) => child.on('close', resolve))};
}

describe.skipIf(process.platform === 'win32')('a file or a pipe', () => {
  it('is read whole, where it is a file', async () => {
    await writeFile(file, Uint8Array.of(1, 2, 3));
    expect(await readFileOrPipe(file, 3)).toEqual(Uint8Array.of(1, 2, 3));
    await expect(readFileOrPipe(file, 2)).rejects.toThrow(/at most 2 bytes, got 3 bytes/);
  });

  it('is read until its end where it is a pipe, more than it holds at once, though its writer comes late', async () => {
    execFileSync('mknod', [file, 'p']);
    const reading = readFileOrPipe(file, 400_000);
    await pause(100);
    const {ended} = write(400_000);
    expect((await reading).length).toBe(400_000);
    expect(await ended).toBe(0);
  });

  it('is refused where more comes out of a pipe than the limit, and lets go of it', async () => {
    execFileSync('mknod', [file, 'p']);
    const reading = readFileOrPipe(file, 399_999);
    const {ended} = write(400_000);
    await expect(reading).rejects.toThrow(/at most 399999 bytes, got more/);
    await ended;
  });

  it('is no device, nor what is no file at all', async () => {
    await symlink('/dev/zero', file);
    const refused = readFileOrPipe(file, 1000);
    await expect(refused).rejects.toThrow(UnfitFileError);
    await expect(refused).rejects.toThrow(/expected a file, got a device/);
    await expect(readFileOrPipe(directory, 1000)).rejects.toThrow(/got a folder/);
    await expect(readFileOrPipe(join(directory, 'none'), 1000)).rejects.toThrow(/ENOENT/);
  });
});
