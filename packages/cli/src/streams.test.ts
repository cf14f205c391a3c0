/** What becomes of a command whose output cannot be written, or whose reader or terminal has gone. */
import {spawn, spawnSync} from 'node:child_process';
import {closeSync, existsSync, openSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {toyProfiles} from '@minefield/spec';
import {afterAll, describe, expect, it} from 'vitest';
import {ownProcess} from '../test/own-process.ts';

const {at, start, minefield, remove} = ownProcess();
afterAll(remove);

const MAIN = join(import.meta.dirname, 'main.ts');

/** A sweep of one run and its margin. */
function sweepArgs(name: string, steps = 20): string[] {
  const spec = {
    ...toyProfiles.quick,
    experiment: name,
    dataset: {name: 'two-spirals', train: 40, test: 40, fresh: 100},
    model: {name: 'mlp', hidden: [8]},
    recipe: {...toyProfiles.quick.recipe, steps, warmupSteps: 0, poisonPoints: 20, evaluateEvery: 10},
    poisonFactors: [0],
    seeds: [1],
    analyses: {margin: {angles: 16, maximum: 20}},
  };
  writeFileSync(at(`${name}.json`), JSON.stringify(spec));
  return ['run', at(`${name}.json`), '--out', at('out'), '--workers', '1', '--json'];
}

/** The command with one of its streams on a device that is always full. */
function onFullDevice(stream: 'out' | 'notes' | 'both', args: readonly string[]) {
  const full = openSync('/dev/full', 'w');
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ['--conditions=@minefield/source', MAIN, ...args],
    {
      encoding: 'utf8',
      stdio: ['ignore', stream === 'notes' ? 'pipe' : full, stream === 'out' ? 'pipe' : full],
      env: {...process.env, XDG_STATE_HOME: at('state')},
    },
  );
  closeSync(full);
  return {code: status, out: stdout, notes: stderr};
}

describe.skipIf(!existsSync('/dev/full'))('on a full device', () => {
  it('standard output ends with exit code 2 and a sentence, not as a claim that failed', () => {
    const {code, notes} = onFullDevice('out', ['volume', '--objective', 'ball', '--directions', '2']);
    expect(notes).toBe(
      'error: standard output cannot be written (ENOSPC); make room there, or send it elsewhere\n',
    );
    expect(code).toBe(2);
  });

  it('standard error costs a sweep nothing but its notes', () => {
    const {code, out} = onFullDevice('notes', sweepArgs('full'));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({done: 2, failed: []});
  });

  it('both cost a sweep its words and none of its records', async () => {
    const {code} = onFullDevice('both', sweepArgs('mute'));
    expect(code).toBe(2);
    expect(await openStore(at('out')).readRecords('mute')).toHaveLength(3);
  });
});

describe.skipIf(process.platform === 'win32')('status --watch', () => {
  it('ends soon after its reader has gone, though nothing changes', async () => {
    await minefield(...sweepArgs('watched'), '--only', 'run');
    const {child, ended} = start(['status', '--watch', '--out', at('out')]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
    expect((await ended).code).toBe(0);
    clearTimeout(late);
  });
});

describe.skipIf(process.platform === 'win32')('a terminal that is closed', () => {
  it('stops a sweep in good order, as Ctrl-C does', async () => {
    const args = sweepArgs('hung-up', 200_000);
    const child = spawn(
      process.execPath,
      ['--conditions=@minefield/source', MAIN, ...args, '--snapshots', '0'],
      {
        // A process group of its own, as a terminal gives each command one, and signals all of it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {...process.env, XDG_STATE_HOME: at('state')},
      },
    );
    let [out, notes] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (notes += String(chunk)));
    const ended = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(() => existsSync(at('out/hung-up/.work'))).toBe(true);
    process.kill(-(child.pid ?? Number.NaN), 'SIGHUP');
    expect(await ended).toBe(130);
    expect(notes).toContain('stopping; finished jobs are kept');
    expect(notes).not.toContain('begins again');
    expect(JSON.parse(out)).toMatchObject({interrupted: true, failed: []});
    expect(await openStore(at('out')).readRecords('hung-up')).toHaveLength(1);
  });
});
