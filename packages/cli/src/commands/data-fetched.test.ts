import {fetchSvhn} from '@minefield/svhn';
import {expect, it, vi} from 'vitest';
import {minefield} from '../../test/in-process.ts';

// The official files are not at hand; what is fetched, and how, the data sets' own tests show.
vi.mock('@minefield/svhn', async (original) => ({
  ...(await original<object>()),
  fetchSvhn: vi.fn<typeof fetchSvhn>(async ({parts = []} = {}) =>
    parts.map((part, i) => {
      const origin = (['kept', 'downloaded', 'copied'] as const)[i] ?? 'kept';
      return {part, path: `/data/${part}.mat`, bytes: 182_040_794, md5: 'e2', origin};
    }),
  ),
}));

it('prints where each part is and how it came there', async () => {
  const {code, out} = await minefield('data', 'fetch', 'svhn');
  expect(out.split('\n')).toEqual([
    'train  there already, MD5 as published, 182 MB  /data/train.mat',
    'test   downloaded, MD5 as published, 182 MB  /data/test.mat',
    '',
  ]);
  expect(code).toBe(0);
});

it('prints one JSON document', async () => {
  const {out} = await minefield('data', 'fetch', 'svhn', '--part', 'test', '--folder', '/data', '--json');
  expect(JSON.parse(out)).toEqual({
    dataset: 'svhn',
    folder: '/data',
    files: [{part: 'test', path: '/data/test.mat', bytes: 182_040_794, md5: 'e2', origin: 'kept'}],
  });
});

it.each([
  ['', ['train', 'test']],
  ['--extra', ['train', 'test', 'extra']],
  ['--part test --part train', ['test', 'train']],
  ['--part train --extra', ['train', 'extra']],
])('with "%s" fetches %s', async (flags, parts) => {
  await minefield('data', 'fetch', 'svhn', ...flags.split(' ').filter(Boolean), '--from', '/here');
  expect(fetchSvhn).toHaveBeenLastCalledWith(expect.objectContaining({parts, from: '/here'}));
});
