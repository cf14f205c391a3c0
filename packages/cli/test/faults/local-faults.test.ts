import {copyFileSync, readdirSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {faultTests} from './fault-tests.ts';

const ground = faultTests('local');

it('would be noticed if it did not', async () => {
  const folder = ground.newFolder();
  await ground.finish(folder, ['--workers', '1']);
  const inFolder = (kind: string): string => {
    const [file = ''] = readdirSync(join(folder, 'faults', kind));
    return join(folder, 'faults', kind, file);
  };
  rmSync(inFolder('margin'));
  truncateSync(inFolder('checkpoints'), 100);
  writeFileSync(join(folder, 'faults', '.x.tmp'), '');
  copyFileSync(inFolder('run'), join(folder, 'faults', 'run', 'again.json'));
  const {stray, ...counts} = ground.judge(folder);
  expect(counts).toEqual({lost: 1, duplicated: 1, differing: 1});
  expect(stray.toSorted()).toEqual([join('faults', '.x.tmp'), join('faults', 'run', 'again.json')]);
});
