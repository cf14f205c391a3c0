import {expect, it} from 'vitest';
import {type OpenExplorer, desktop, phone} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const [margin, volume] = ['#explore-margin-bet', '#explore-volume-bet'];

export function betsTests(open: OpenExplorer): void {
  it('lets a curve be drawn by mouse, and shows what was measured beside it', async () => {
    const {page, faults, close} = await open('explore/bets.html', desktop);
    const bet = page.locator(margin).getByRole('button', {name: 'Bet', exact: true});
    await page.waitForFunction(
      (at) => document.querySelector(at)?.closest('astro-island[ssr]') === null,
      margin,
    );
    expect(await bet.isDisabled()).toBe(true);
    const places = await page.locator(`${margin} input`).count();
    expect(places).toBeGreaterThan(2);
    const box = await page.locator(`${margin} svg`).first().boundingBox();
    if (box === null) throw new Error('expected a chart in sight, got none');
    await page.mouse.move(box.x + 50, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 14, box.y + 180, {steps: 3});
    await page.mouse.up();
    await page.waitForFunction(([at, count]) => document.querySelectorAll(at).length === count, [
      `${margin} .explorer-mark`,
      places,
    ] as const);
    // A value at every place, falling as the hand did.
    const heights = await page
      .locator(`${margin} .explorer-mark`)
      .evaluateAll((marks) => marks.map((mark) => Number(mark.getAttribute('cy'))));
    expect(heights.toSorted((a, b) => a - b)).toEqual(heights);
    const before = (await page.locator(margin).boundingBox())?.height;
    await bet.click();
    // Two seeds at each level.
    expect(await page.locator(`${margin} svg g circle`).count()).toBe(2 * places);
    expect((await page.locator(margin).boundingBox())?.height).toBe(before);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('lets a curve be said place by place with the keys', async () => {
    const {page, faults, close} = await open('explore/bets.html', desktop);
    await page.waitForFunction(
      (at) => document.querySelector(at)?.closest('astro-island[ssr]') === null,
      margin,
    );
    const first = page.getByLabel('Margin at β = 0', {exact: true});
    await first.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction(
      (at) => document.querySelectorAll(at).length === 2,
      `${margin} .explorer-mark`,
    );
    expect(
      await page.getByLabel('Margin at β = 0.00008', {exact: true}).getAttribute('aria-valuetext'),
    ).toMatch(/^\d/);
    await page.locator(margin).getByRole('button', {name: 'Bet', exact: true}).press('Enter');
    expect(await page.locator(`${margin} input`).count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('takes a bet on the room by touch, and sets it beside the measured one', async () => {
    const {page, faults, close} = await open('explore/bets.html', phone);
    await page.locator(volume).scrollIntoViewIfNeeded();
    await page.waitForFunction(
      (at) => document.querySelector(at)?.closest('astro-island[ssr]') === null,
      volume,
    );
    const box = await page.locator(`${volume} input`).boundingBox();
    if (box === null) throw new Error('expected a slider in sight, got none');
    await page.touchscreen.tap(box.x + box.width * 0.6, box.y + box.height / 2);
    await page.locator(volume).getByRole('button', {name: 'Bet', exact: true}).tap();
    const flags = await page.locator(`${volume} .explorer-flag`).allTextContents();
    expect(flags).toHaveLength(2);
    expect(flags[0]).toMatch(/^you bet (?:8|9|1,)/);
    expect(flags[1]).toMatch(/^measured [3-7],\d{3}$/);
    expect(await page.locator(volume).textContent()).toMatch(
      /Measured: [\d,]+ decades\. [\d.]+ times what you bet\./,
    );
    expect(faults).toEqual([]);
    await close();
  });
}
