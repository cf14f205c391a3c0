import {describeBackends} from '@minefield/backend/node';
import {expect, it} from 'vitest';
import {dataSources} from '../materials/data-sources.ts';
import {tinySpec} from '../testing/tiny-spec.ts';
import {fastestBackends} from './fastest-backends.ts';

it('times every backend that starts but the reference, and puts the fastest first', async () => {
  const times = await fastestBackends(tinySpec, dataSources(), 1);
  const starting = (await describeBackends()).filter(({name, available}) => available && name !== 'cpu');
  expect(times.map(({name}) => name).toSorted()).toEqual(starting.map(({name}) => name).toSorted());
  expect(times.map(({name}) => name)).toContain('wasm');
  const seconds = times.map((time) => time.seconds);
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  // A step of a tiny network: no backend does it in a microsecond, or takes a second.
  for (const time of seconds) {
    expect(time).toBeGreaterThan(1e-6);
    expect(time).toBeLessThan(1);
  }
});
