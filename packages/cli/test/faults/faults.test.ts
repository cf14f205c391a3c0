import {copyFileSync, readdirSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {redisPath} from '../../../../.ci/redis-server.ts';
import {faultKinds} from './faults.ts';
import {Ground} from './ground.ts';

// Whole sweeps by processes that are killed: long on a busy machine.
vi.setConfig({testTimeout: 600_000, hookTimeout: 120_000});

const ground = new Ground(1);

beforeAll(() => ground.makeReference());

afterAll(() => ground.clear());

describe.skipIf(process.platform === 'win32')(
  'a sweep ends with each record once and the bytes of a quiet one',
  () => {
    const needsRedis = /queue|enqueuer|Redis|frozen|clocks/;
    for (const [name, fault] of Object.entries(faultKinds)) {
      it.skipIf(needsRedis.test(name) && redisPath === null)(`after ${name}`, async ({skip}) => {
        const outcome = await fault(ground, name.includes('killed') ? 2 : 1);
        if (outcome === null) return skip('needs the right to mount a small file system');
        expect(outcome.faults).toBeGreaterThan(0);
        for (const folder of outcome.folders) {
          expect(ground.judge(folder)).toEqual({lost: 0, duplicated: 0, differing: 0, stray: []});
        }
      });
    }
  },
);

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
