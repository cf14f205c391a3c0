import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {experiments, toyProfiles} from '@minefield/spec';
import {afterAll, describe, expect, it} from 'vitest';
import {loadSpec} from './load-spec.ts';

it('takes the smallest size of an experiment where none is named', async () => {
  for (const [name, profiles] of Object.entries(experiments)) {
    const {recipe, seeds, poisonFactors} = await loadSpec(name, undefined);
    for (const other of Object.values(profiles)) {
      expect(recipe.steps * seeds.length * poisonFactors.length, name).toBeLessThanOrEqual(
        other.recipe.steps * other.seeds.length * other.poisonFactors.length,
      );
    }
  }
});

it('names the sizes of an experiment where an unknown one is asked for', async () => {
  await expect(loadSpec('svhn', 'quick')).rejects.toThrow(
    'unknown --profile "quick" of svhn; choose one of cpu, full',
  );
});

it('takes the spec out of what stands beside the records of an experiment', async () => {
  const store = openStore(mkdtempSync(join(tmpdir(), 'minefield-records-')));
  const [record] = syntheticSweep().filter(({kind}) => kind === 'experiment');
  if (record?.kind !== 'experiment') throw new Error('expected the record of an experiment');
  const file = await store.writeRecord(record);
  expect(await loadSpec(file, undefined)).toEqual(record.spec);
  rmSync(store.directory, {recursive: true});
});

describe.skipIf(process.platform === 'win32')('the path of a spec', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-spec-'));
  const spec = join(folder, 'spec.json');
  writeFileSync(spec, JSON.stringify(toyProfiles.quick));
  afterAll(() => rmSync(folder, {recursive: true}));

  it('may be that of a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mknod', [pipe, 'p']);
    spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', spec, pipe], {stdio: 'ignore'});
    expect(await loadSpec(pipe, undefined)).toEqual(toyProfiles.quick);
  });

  it.each(['/dev/stdin', '/dev/fd/3'])('may be %s', (path) => {
    const main = join(import.meta.dirname, 'main.ts');
    const command = `cat "$1" | ("$2" --conditions=@minefield/source "$3" run ${path} --dry-run 3<&0)`;
    const out = execFileSync('sh', ['-c', command, 'sh', spec, process.execPath, main], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(out).toContain('toy');
  });

  it('is refused where it is a device without an end, or of a file too large for one', async () => {
    const device = join(folder, 'device.json');
    symlinkSync('/dev/zero', device);
    await expect(loadSpec(device, undefined)).rejects.toThrow(
      `cannot read the spec ${device} (expected a file, got a device); name a file or a pipe`,
    );
    const large = join(folder, 'large.json');
    writeFileSync(large, '');
    truncateSync(large, 2 ** 24 + 1);
    await expect(loadSpec(large, undefined)).rejects.toThrow(
      /expected at most 16777216 bytes, got 16777217 bytes/,
    );
  });
});
