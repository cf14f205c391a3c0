import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {unpack} from './unpack.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('unpack (needs python3)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-unpack-'));
  beforeAll(() => {
    mkdirSync(join(folder, 'from', 'lib', 'deep'), {recursive: true});
    writeFileSync(join(folder, 'from', 'lib', 'deep', 'a.so'), 'library');
    writeFileSync(join(folder, 'from', 'lib', 'tool'), 'program', {mode: 0o755});
    writeFileSync(join(folder, 'from', 'other'), 'not wanted');
    const python = (script: string): void => void execFileSync('python3', ['-c', script], {cwd: folder});
    python(
      "import shutil; shutil.make_archive('a', 'zip', 'from'); shutil.make_archive('a', 'gztar', 'from')",
    );
    python("import zipfile; zipfile.ZipFile('b.zip', 'w').writestr('lib/../../out', 'x')");
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  const options = {python: 'python3', signal: undefined};

  test.each(['a.zip', 'a.tar.gz'])(
    'writes what is wanted of %s, programs as programs, and nothing else',
    async (name) => {
      const target = join(folder, `out-${name}`);
      const prefix = name.endsWith('.zip') ? '' : './';
      await unpack(join(folder, name), target, [`${prefix}lib/`], options);
      expect(readdirSync(target)).toEqual(['lib']);
      expect(readFileSync(join(target, 'lib', 'deep', 'a.so'), 'utf8')).toBe('library');
      expect(statSync(join(target, 'lib', 'tool')).mode & 0o777).toBe(0o755);
      expect(statSync(join(target, 'lib', 'deep', 'a.so')).mode & 0o777).toBe(0o644);
    },
  );

  test('refuses a path that leads out of the folder, and an archive that is none', async () => {
    const target = join(folder, 'kept', 'in');
    await expect(unpack(join(folder, 'b.zip'), target, ['lib/'], options)).rejects.toThrow(
      /a path outside: lib\/\.\.\/\.\.\/out/,
    );
    await expect(unpack(join(folder, 'from', 'other'), target, ['lib/'], options)).rejects.toThrow(
      /ReadError/,
    );
  });
});
