import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {redisPath} from '../../../../.ci/redis-server.ts';
import {faultKinds} from './faults.ts';
import {Ground} from './ground.ts';

const needsRedis = (name: string): boolean => /queue|enqueuer|Redis|frozen|clocks/.test(name);

/** Each kind of fault once or twice, of sweeps that share a queue or of others; in two files, which run side by side. */
export function faultTests(where: 'local' | 'queue'): Ground {
  const ground = new Ground(1);
  beforeAll(() => ground.makeReference());
  afterAll(() => ground.clear());

  describe.skipIf(process.platform === 'win32' || (where === 'queue' && redisPath === null))(
    'a sweep ends with each record once and the bytes of a quiet one',
    () => {
      for (const [name, fault] of Object.entries(faultKinds)) {
        if (needsRedis(name) !== (where === 'queue')) continue;
        it(`after ${name}`, async ({skip}) => {
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
  return ground;
}
