import {rmSync} from 'node:fs';
import {afterAll, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';
import {networkFiles} from '../../test/network-files.ts';

const {folder, checkpoint} = networkFiles();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe('minefield scan', () => {
  it('gives the loss on a line and on a surface, least at the anchor', async () => {
    interface Scan {
      readonly xs: number[];
      readonly ys: number[];
      readonly loss: number[];
    }
    const line = await json<Scan>('scan --objective ball --dimension 3 --points 5 --maximum 2');
    line.loss.forEach((value, i) => expect(value).toBeCloseTo((line.xs[i] ?? 0) ** 2, 5));
    const surface = await json<Scan>('scan --objective ball --dimension 3 --points 5 --surface');
    surface.loss.forEach((value, i) => {
      expect(value).toBeCloseTo((surface.xs[i % 5] ?? 0) ** 2 + (surface.ys[Math.floor(i / 5)] ?? 0) ** 2, 5);
    });
    const sharp = await json<Scan>(
      'scan --objective quadratic --dimension 4 --points 3 --surface --direction sharpest',
    );
    // Curvatures 10 along x, 10^(1/3) along y.
    expect(sharp.loss[5]).toBeCloseTo(5, 4);
    expect(sharp.loss[7]).toBeCloseTo(10 ** (1 / 3) / 2, 4);
  });

  it('draws both for a person', async () => {
    const line = await minefield('scan', checkpoint('line'), '--points', '5');
    expect(line.out).toMatch(/^ +0 +[\d.]+ +█/m);
    const surface = await minefield('scan', checkpoint('line'), '--points', '5', '--surface');
    expect(surface.out).toMatch(/█/);
    expect(surface.out).toMatch(/direction filter/);
  });
});

it('claims no range of losses where the loss overflows at every point', async () => {
  const diverged = checkpoint('diverged', (values) =>
    values.forEach((value, i) => (values[i] = 1e30 * value)),
  );
  for (const shape of [[], ['--surface']]) {
    const {out} = await minefield('scan', diverged, '--points', '5', ...shape);
    expect(out).toMatch(/^loss +none: it overflows at all (5|25) points$/m);
  }
});
