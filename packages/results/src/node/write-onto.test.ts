import {execFileSync, spawn} from 'node:child_process';
import {constants, openSync, closeSync, readSync} from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {syntheticRun} from '../testing/index.ts';
import {openStore} from './store.ts';
import {writeAtomically} from './write-atomically.ts';

const unix = process.platform !== 'win32';
const flags = ['--conditions=@minefield/source', '--no-warnings'];
const fixture = fileURLToPath(new URL('../../test/fixtures/write-named.ts', import.meta.url));
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-onto-'));
});

afterEach(async () => {
  await rm(directory, {recursive: true});
});

/** A device of its own, so that no test breaks the system's; false where we may not make or open one. */
async function makeDevice(path: string, minor: number): Promise<boolean> {
  try {
    execFileSync('mknod', [path, 'c', '1', String(minor)], {stdio: 'ignore'});
    await (await open(path, 'r')).close();
    return true;
  } catch {
    return false;
  }
}

function makePipe(path: string): string {
  execFileSync('mknod', [path, 'p']);
  return path;
}

describe('writing onto a device', () => {
  it('goes into the device, which stays one', async ({skip}) => {
    const device = join(directory, 'null');
    if (!(await makeDevice(device, 3))) return skip('needs the right to make a device');
    await writeAtomically(device, 'text');
    expect((await lstat(device)).isCharacterDevice()).toBe(true);
    expect(await readdir(directory)).toEqual(['null']);
  });

  it('says that a full one is full', async ({skip}) => {
    const device = join(directory, 'full');
    if (!(await makeDevice(device, 7))) return skip('needs the right to make a device');
    await expect(writeAtomically(device, 'text')).rejects.toThrow(
      /^cannot write .*full: the disk is full; .* \(ENOSPC\)$/,
    );
    expect((await lstat(device)).isCharacterDevice()).toBe(true);
  });

  it('is refused for a disk', async ({skip}) => {
    const device = join(directory, 'disk');
    try {
      // Major number 7 with a minor of no loop device: nothing is behind it, whatever happens.
      execFileSync('mknod', [device, 'b', '7', '1048575'], {stdio: 'ignore'});
    } catch {
      return skip('needs the right to make a device');
    }
    await expect(writeAtomically(device, 'text')).rejects.toThrow(
      /^cannot write .*disk: a disk stands in its place; /,
    );
    expect((await lstat(device)).isBlockDevice()).toBe(true);
  });
});

describe.skipIf(!unix)('writing onto a link', () => {
  it('replaces the file that it leads to, in its folder, and keeps the link', async () => {
    await mkdir(join(directory, 'elsewhere'));
    const target = join(directory, 'elsewhere', 'target.json');
    const link = join(directory, 'link.json');
    await writeFile(target, 'before');
    await symlink('elsewhere/target.json', join(directory, 'between.json'));
    await symlink('between.json', link);
    await writeAtomically(link, 'after');
    expect(await readlink(link)).toBe('between.json');
    expect((await lstat(target)).isFile()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('after');
    expect(await readdir(join(directory, 'elsewhere'))).toEqual(['target.json']);
  });

  it('makes the file that it leads to, where that is missing', async () => {
    const link = join(directory, 'link.json');
    await symlink(join(directory, 'new.json'), link);
    await writeAtomically(link, 'text');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(directory, 'new.json'), 'utf8')).toBe('text');
  });

  it('says that links lead in a circle', async () => {
    await symlink('b', join(directory, 'a'));
    await symlink('a', join(directory, 'b'));
    await expect(writeAtomically(join(directory, 'a'), 'text')).rejects.toThrow(
      /^cannot write .*a: .*links .*\(ELOOP\)$/,
    );
    expect((await lstat(join(directory, 'a'))).isSymbolicLink()).toBe(true);
  });
});

describe.skipIf(!unix)('writing onto a named pipe', () => {
  it('is refused at once where nobody reads', async () => {
    const pipe = makePipe(join(directory, 'pipe'));
    await expect(writeAtomically(pipe, 'text')).rejects.toThrow(
      /^cannot write .*pipe: nobody reads .* \(ENXIO\)$/,
    );
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  });

  it.each([{pieces: 1}, {pieces: 4}])(
    'reaches a reader whole, however much it is and however slow they are, pieces: $pieces',
    async ({pieces}) => {
      const pipe = makePipe(join(directory, 'pipe'));
      const reader = spawn('sh', ['-c', 'sleep 0.2; exec cat < "$0"', pipe], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const holder = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
      const read = text(reader.stdout);
      const content = '0123456789'.repeat(100_000);
      const length = content.length / pieces;
      async function* inPieces(): AsyncGenerator<string> {
        for (let start = 0; start < content.length; start += length)
          yield content.slice(start, start + length);
      }
      const writing = writeAtomically(pipe, pieces === 1 ? content : inPieces);
      await new Promise((resolve) => setTimeout(resolve, 400));
      closeSync(holder);
      await writing;
      expect((await read) === content).toBe(true);
    },
  );

  it('says that its reader is gone', async () => {
    const pipe = makePipe(join(directory, 'pipe'));
    const holder = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = writeAtomically(pipe, 'x'.repeat(1_000_000));
    setTimeout(() => {
      readSync(holder, Buffer.alloc(10));
      closeSync(holder);
    }, 100);
    await expect(writing).rejects.toThrow(/^cannot write .*pipe: its reader is gone; .* \(EPIPE\)$/);
  });
});

describe.skipIf(process.platform !== 'linux')('writing onto a descriptor', () => {
  const write = (command: string): string =>
    execFileSync('bash', ['-c', command, process.execPath, ...flags, fixture], {encoding: 'utf8'});

  // Links of our own like those in /dev, which a mistake would replace on the whole machine.
  it.each(['/proc/self/fd/1', '/dev/fd/1'])(
    '%s, or a link to it, goes into what is open there',
    async (path) => {
      const link = join(directory, 'stdout');
      await symlink(path, link);
      for (const file of [path, link])
        expect(write(`"$0" "$@" ${file} | cat`)).toBe('{"text": 1}\nwritten\n');
      expect(await readlink(link)).toBe(path);
    },
  );

  it('reaches a process substitution', () => {
    expect(write('"$0" "$@" >(sed s/text/read/) | cat')).toContain('{"read": 1}\n');
  });

  it('keeps what stands before it in a file that is open there', async () => {
    const file = join(directory, 'out');
    write(`{ echo before; "$0" "$@" /proc/self/fd/1; } > ${file}`);
    expect(await readFile(file, 'utf8')).toBe('before\n{"text": 1}\nwritten\n');
  });

  it('is refused in words where nothing is open, and where there can be no file', async () => {
    await expect(writeAtomically('/proc/self/fd/9999', 'text')).rejects.toThrow(
      /^cannot write .*9999: .*\((EBADF|ENOENT)\)$/,
    );
    await expect(writeAtomically('/proc/none/such.json', 'text')).rejects.toThrow(
      /^cannot write .*: there is no such /,
    );
    await expect(openStore('/proc/none').writeRecord(syntheticRun())).rejects.toThrow(
      /^cannot write .*\/proc\/none/,
    );
  });
});

describe.skipIf(!unix)('a store', () => {
  it('refuses to write a record or a checkpoint onto what is no file', async () => {
    const store = openStore(join(directory, 'results'));
    const run = syntheticRun();
    const file = await store.writeRecord(run);
    const bytes = Uint8Array.of(1, 2, 3);
    const checkpoint = join(store.directory, 'toy', (await store.writeCheckpoint('toy', bytes)).file);
    const precious = join(directory, 'precious');
    await writeFile(precious, 'precious');
    for (const place of [file, checkpoint]) {
      await rm(place);
      await symlink(precious, place);
    }
    await expect(store.writeRecord(run)).rejects.toThrow(
      /^cannot write .*: a link stands in its place; move it away /,
    );
    await expect(store.writeCheckpoint('toy', bytes)).rejects.toThrow(
      /^cannot write .*: a link stands in its place; /,
    );
    expect(await readFile(precious, 'utf8')).toBe('precious');
    await rm(file);
    makePipe(file);
    await expect(store.writeRecord(run)).rejects.toThrow(
      /^cannot write .*: a named pipe stands in its place; move it away /,
    );
  });
});
