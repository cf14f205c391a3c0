import {expect, it} from 'vitest';
import {percentage, shortNumber} from '../../src/explorers/data/format.ts';
import {percent} from '../../src/lib/format.ts';
import {committed} from './committed.ts';
import {type OpenExplorer, desktop, eventually} from './open-explorer.ts';

const FRAME = '#explore-perturbed';

export function perturbedTests(open: OpenExplorer): void {
  it('shows what the records have, at the step and along the direction that are chosen', async () => {
    const {page, faults, close} = await open('deeper.html', desktop);
    const stage = page.locator(FRAME);
    await stage.scrollIntoViewIfNeeded();
    await stage.locator('canvas').first().waitFor();
    for (const [step, direction] of [
      [10, 1],
      [17, 1],
      [0, 3],
    ] as const) {
      await stage.getByLabel('Direction').selectOption(String(direction));
      await stage.locator('input[type=range]').fill(String(step));
      for (const [network, poisonFactor] of [
        ['good', 0],
        ['bad', 0.8],
      ] as const) {
        const {directions} = await committed('perturbation', poisonFactor);
        const along = directions[direction - 1];
        const shown = stage.locator(`[data-network=${network}]`);
        await eventually(() => shown.locator('dd').allTextContents()).toMatchObject([
          shortNumber(along?.trainLoss[step] ?? Infinity),
          percentage(along?.trainAccuracy[step] ?? NaN),
          percentage(along?.testAccuracy[step] ?? NaN),
          shortNumber(along?.curvature[step] ?? Infinity),
          expect.any(String),
        ]);
        expect(await shown.getAttribute('data-wrong')).toBe(String(along?.wrong[step]?.length));
      }
    }
    expect(faults).toEqual([]);
    await close();
  });

  it('is six pictures with their numbers where no script runs', async () => {
    const {page, close} = await open('deeper.html', {...desktop, javaScriptEnabled: false});
    const pictures = page.locator(`${FRAME} .perturbed-still svg[role=img]`);
    expect(await pictures.count()).toBe(6);
    const {directions} = await committed('perturbation', 0.8);
    await expect(page.locator(FRAME).textContent()).resolves.toContain(
      `training ${percent(directions[0]?.trainAccuracy.at(-1) ?? null)}`,
    );
    await close();
  });
}
