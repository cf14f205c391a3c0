import {spawnSync} from 'node:child_process';
import {expect, it} from 'vitest';

it('finds two minima of the training set, one of which generalises and lies in the wider basin', () => {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ['--conditions=@minefield/source', 'good-and-bad-minimum.ts'],
    {cwd: import.meta.dirname, encoding: 'utf8'},
  );
  expect(status, stderr).toBe(0);
  const [good, bad] = ['good', 'bad'].map((name) => {
    const [, train, test, radius] =
      new RegExp(`^${name}: train ([\\d.]+)%, test ([\\d.]+)%, mean basin radius ([\\d.]+)$`, 'm').exec(
        stdout,
      ) ?? [];
    return {train: Number(train), test: Number(test), radius: Number(radius)};
  });
  expect(good?.train).toBe(100);
  expect(good?.test).toBeGreaterThan(95);
  expect(bad?.train).toBeGreaterThan(95);
  expect(bad?.test).toBeLessThan(50);
  expect(good?.radius).toBeGreaterThan(2 * (bad?.radius ?? Infinity));
});
