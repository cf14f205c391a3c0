import {execFileSync, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {type FileHandle, chmod, mkdir, mkdtemp, open, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {temporaryPattern, writeAtomically} from './write-atomically.ts';

const flags = ['--conditions=@minefield/source', '--no-warnings'];
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../test/fixtures/${name}.ts`, import.meta.url));
const isRoot = process.getuid?.() === 0;
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-write-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await chmod(directory, 0o700);
  await rm(directory, {recursive: true});
});

/** What every open file has its methods of. */
async function handles(): Promise<FileHandle> {
  const handle = await open(directory, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

/** A file system of 256 KiB in memory, where the system lets us mount one. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}

function canRun(user: {uid?: number; gid?: number}): boolean {
  try {
    execFileSync(process.execPath, ['--check', fixture('write-once')], {stdio: 'ignore', ...user});
    return true;
  } catch {
    return false;
  }
}

describe('writeAtomically', () => {
  it('leaves the old file or the new one, never a part, when its process is killed', async () => {
    const file = join(directory, 'large.json');
    for (const delay of [0, 7, 15, 31]) {
      const child = spawn(process.execPath, [...flags, fixture('write-forever'), file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, delay));
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      const text = await readFile(file, 'latin1');
      expect(text.length).toBe(8_000_000);
      expect(new Set(text).size).toBe(1);
    }
    const others = (await readdir(directory)).filter((name) => name !== 'large.json');
    expect(others.filter((name) => !temporaryPattern.test(name))).toEqual([]);
  });

  it('flushes the whole file before it has its name, and the folder then', async ({skip}) => {
    if (process.platform === 'win32') return skip('folders are not opened on Windows');
    const file = join(directory, 'record.json');
    const flushed: string[] = [];
    vi.spyOn(await handles(), 'sync').mockImplementation(async function (this: FileHandle) {
      const stats = await this.stat();
      const what = stats.isDirectory() ? 'the folder' : `${stats.size} bytes`;
      flushed.push(`${what} ${existsSync(file) ? 'after' : 'before'} the rename`);
    });
    await writeAtomically(file, 'content');
    expect(flushed).toEqual(['7 bytes before the rename', 'the folder after the rename']);
  });

  it('says in one sentence that the disk is full, and leaves no temporary file', async ({skip}) => {
    const disk = join(directory, 'disk');
    await mkdir(disk);
    if (!isRoot || !mountSmallDisk(disk)) return skip('needs the right to mount a small file system');
    try {
      execFileSync('sh', ['-c', 'head -c 250k /dev/zero > "$1/filler" || true', 'sh', disk]);
      const output = execFileSync(process.execPath, [...flags, fixture('write-once'), disk], {
        encoding: 'utf8',
      });
      const lines = output.trim().split('\n');
      expect(lines).toHaveLength(2);
      for (const line of lines) {
        expect(line).toMatch(
          /^cannot write .*: the disk is full; free some space or choose another folder \(ENOSPC\)$/,
        );
      }
      const left = (await readdir(disk, {recursive: true})).filter((name) => name.endsWith('.tmp'));
      expect(left).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('writes piece by piece, and leaves nothing where the pieces end in an error', async () => {
    const file = join(directory, 'pieces.csv');
    async function* pieces(fails: boolean): AsyncGenerator<string | Uint8Array> {
      yield 'seed,β\n';
      yield new TextEncoder().encode('1,0.8\n');
      if (fails) throw new RangeError('no more');
    }
    await expect(writeAtomically(file, () => pieces(true))).rejects.toThrow('no more');
    expect(await readdir(directory)).toEqual([]);
    await writeAtomically(file, () => pieces(false));
    expect(await readFile(file, 'utf8')).toBe('seed,β\n1,0.8\n');
  });

  it('says in one sentence that a folder is not writable', async ({skip}) => {
    if (process.platform === 'win32') return skip('permissions differ on Windows');
    const user = isRoot ? {uid: 65534, gid: 65534} : {};
    if (!canRun(user)) return skip('needs a checkout that an ordinary user can read');
    await chmod(directory, 0o555);
    const output = execFileSync(process.execPath, [...flags, fixture('write-once'), directory], {
      encoding: 'utf8',
      ...user,
    });
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(
        /^cannot write .*: permission is denied; change the permissions or choose another folder \(EACCES\)$/,
      );
    }
    expect(await readdir(directory)).toEqual([]);
  });
});
