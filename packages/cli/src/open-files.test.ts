/** What becomes of a sweep on a system that lets a process open few files. */
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {toyProfiles} from '@minefield/spec';
import {afterAll, expect, it} from 'vitest';
import {ownProcess} from '../test/own-process.ts';

const {at, minefield, remove} = ownProcess();
afterAll(remove);

const MAIN = join(import.meta.dirname, 'main.ts');

const spec = {
  ...toyProfiles.quick,
  experiment: 'files',
  dataset: {name: 'two-spirals', train: 40, test: 40, fresh: 100},
  model: {name: 'mlp', hidden: [8]},
  recipe: {...toyProfiles.quick.recipe, steps: 20, warmupSteps: 0, poisonPoints: 20, evaluateEvery: 10},
  poisonFactors: [0, 0.8],
  seeds: [1, 2, 3, 4],
  analyses: {},
};
const RUNS = 8;

it.skipIf(process.platform === 'win32')(
  'with 30 files that may be open, does what it can, says why it cannot do the rest, and is finished later',
  async () => {
    writeFileSync(at('files.json'), JSON.stringify(spec));
    const args = ['run', at('files.json'), '--out', at('out'), '--networks', '1', '--json', '--workers'];
    const command = [process.execPath, '--conditions=@minefield/source', MAIN, ...args, '8'];
    const {status, stdout, stderr} = spawnSync('sh', ['-c', 'ulimit -n 30 && exec "$@"', 'sh', ...command], {
      encoding: 'utf8',
      env: {...process.env, XDG_STATE_HOME: at('state')},
    });
    expect(stderr).not.toMatch(/^ {4}at |is not a function|most likely a bug/m);
    // Either a worker could not be started, or a record had no file to go to: which of the two comes first is chance.
    expect([1, 2]).toContain(status);
    if (status === 2)
      expect(stderr).toMatch(/error: cannot .*: too many files are open; use fewer workers \(EMFILE\)/);
    else {
      const {done, failed} = JSON.parse(stdout) as {done: number; failed: {error: string}[]};
      expect(failed.length).toBeGreaterThan(0);
      expect(done + failed.length).toBe(RUNS);
      for (const {error} of failed)
        expect(error).toMatch(/EMFILE.*; run again to repeat them, with fewer --workers/);
    }
    const kept = (await openStore(at('out')).readRecords('files')).length - 1;
    const again = await minefield(...args, '0');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({done: RUNS - kept, reused: kept, failed: []});
  },
);
