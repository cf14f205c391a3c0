import {expect, it} from 'vitest';
import type {Page} from 'playwright-core';
import {openStore} from '@minefield/results/node';
import type {AnalysisOf} from '@minefield/results';
import {type OpenExplorer, desktop, drawn, phone, pixelAt} from './open-explorer.ts';
import {committed} from './sources.ts';
import {thorough} from './thorough.ts';

const frame = '#explore-walk';
const boundary = `${frame} .explorer-panel:nth-child(1)`;
const map = `${frame} .explorer-panel:nth-child(2)`;

async function record(): Promise<AnalysisOf<'minefield'>['data']> {
  for (const one of await openStore(committed).readRecords())
    if (one.kind === 'analysis' && one.analysis === 'minefield') return one.data;
  throw new Error('expected a record of the minefield, got none');
}

const readouts = (page: Page, panel: string): Promise<string[]> =>
  page.locator(`${panel} .explorer-readouts dd`).allTextContents();

const says = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction(
    ([at, expected]) => document.querySelector(at)?.textContent?.includes(expected) === true,
    [`${frame} ${selector}`, text] as const,
    {timeout: 300_000},
  );

const isLive = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    (at) => document.querySelector<HTMLElement>(at)?.dataset['live'] === 'true',
    `${frame} .explorer-live`,
  );

const asPercentage = (share = Number.NaN): string => `${(100 * share).toFixed(1)}%`;

export function walkTests(open: OpenExplorer): void {
  it('retraces the path of the record, and finds the bad minimum of the record from its end', async () => {
    const {path, minima} = await record();
    const {page, faults, close} = await open('explore/walk.html', desktop);
    await isLive(page);
    await page.locator(`${frame} .walk-go`).click();
    await says(page, '.explorer-status', 'the losses are those of the record, digit for digit');
    // Taken along to the end.
    const slider = page.locator(`${frame} .explorer-controls input[type=range]`);
    expect(await slider.inputValue()).toBe('199');
    await drawn(page, `${boundary} canvas`);
    await page.waitForFunction(([at, text]) => document.querySelectorAll(at)[2]?.textContent === text, [
      `${boundary} .explorer-readouts dd`,
      asPercentage(path.testAccuracy.at(-1)),
    ] as const);
    const good = await pixelAt(page, `${boundary} canvas`, 0.5, 0.02);

    // A point on the way, by keys: the network there does as the record says.
    await slider.press('Home');
    for (let i = 0; i < 5; i++) await slider.press('ArrowRight');
    await says(page, '.walk-tag', 'step 240');
    await page.waitForFunction(([at, text]) => document.querySelectorAll(at)[2]?.textContent === text, [
      `${boundary} .explorer-readouts dd`,
      asPercentage(path.testAccuracy[5]),
    ] as const);
    expect((await readouts(page, boundary))[1]).toBe(asPercentage(path.trainAccuracy[5]));

    await slider.press('End');
    await page.locator(`${frame} .walk-seek`).click();
    await says(page, '.walk-tag', 'seeking');
    await says(page, '.explorer-status', 'The record has the same one, digit for digit.');
    const k = minima.start.indexOf(8000);
    await page.waitForFunction(([at, text]) => document.querySelectorAll(at)[2]?.textContent === text, [
      `${boundary} .explorer-readouts dd`,
      asPercentage(minima.testAccuracy[k]),
    ] as const);
    expect((await readouts(page, boundary))[1]).toBe(asPercentage(minima.trainAccuracy[k]));
    expect(await pixelAt(page, `${boundary} canvas`, 0.5, 0.02)).not.toEqual(good);
    // The bad basin is far narrower than the one that the search set out from.
    await page.waitForFunction(
      (at) => /\d/.test(document.querySelectorAll(at)[2]?.textContent ?? ''),
      `${map} .explorer-readouts dd`,
    );
    const [distance = 0, radius = 0, before = 0] = (await readouts(page, map)).map((text) =>
      Number.parseFloat(text),
    );
    expect(distance).toBeGreaterThan(1);
    expect(radius).toBeGreaterThan(0);
    expect(before / radius).toBeGreaterThan(5);
    // Ringed on the map.
    expect(await page.locator(`${map} circle[stroke="#d6336c"]`).count()).toBe(1);
    // Back on the path.
    await page.locator(`${frame} input[value=path]`).press('Space');
    await says(page, '.walk-tag', 'step 8,000');
    expect(faults).toEqual([]);
    await close();
  });

  thorough(
    'steps to a point that is touched on the map, and stops a search that is no longer wanted',
    async () => {
      const {path} = await record();
      const {page, faults, close} = await open('explore/walk.html', phone);
      await isLive(page);
      await page.locator(`${frame} .walk-go`).tap();
      // Taken along by now, and not far yet.
      await page.waitForFunction(
        (at) => /step \d{2,3}$/.test(document.querySelector(at)?.textContent ?? ''),
        `${frame} .walk-tag`,
      );
      await page.locator(`${frame} .explorer-switch label`).nth(1).tap();
      const start = page.locator(`${map} .mine-map-start`);
      await start.scrollIntoViewIfNeeded();
      const box = await start.boundingBox();
      if (box === null) throw new Error('expected a map in sight, got none');
      await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
      const slider = page.locator(`${frame} .explorer-controls input[type=range]`);
      expect(await slider.inputValue()).toBe('0');
      await says(page, '.explorer-status', 'the losses are those of the record');
      // The reader who has gone elsewhere is no longer taken along.
      expect(await slider.inputValue()).toBe('0');
      await page.locator(`${frame} .explorer-switch label`).first().tap();
      expect((await readouts(page, boundary))[2]).toBe(asPercentage(path.testAccuracy[0]));
      await page.locator(`${frame} input[value=short]`).tap({force: true});
      await page.locator(`${frame} .walk-seek`).tap();
      await says(page, '.walk-tag', 'of 8,000 steps');
      await page.locator(`${frame} .walk-seek`).tap();
      await says(page, '.walk-seek', 'Seek from here');
      expect(faults).toEqual([]);
      await close();
    },
  );

  thorough('takes a bet by keys before it shows how near bad minima are', async () => {
    const {page, faults, close} = await open('explore/walk.html', desktop);
    await isLive(page);
    const distances = page.locator(`${frame} .walk-distances`);
    const height = (await page.locator(frame).boundingBox())?.height;
    expect(await distances.locator('.explorer-chart').count()).toBe(0);
    const bet = distances.locator('input[type=range]');
    await bet.press('ArrowRight');
    await bet.press('Tab');
    await page.keyboard.press('Enter');
    expect(await distances.locator('.explorer-rule').textContent()).toContain('you bet 0.1 ×');
    expect((await page.locator(frame).boundingBox())?.height).toBe(height);
    await page.locator(`${frame} .walk-go`).click();
    await says(page, '.explorer-status', 'times what you bet');
    expect(await distances.locator('svg g circle').count()).toBe(200);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows the map and the losses without a script', async () => {
    const {page, close} = await open('explore/walk.html', {...desktop, javaScriptEnabled: false});
    expect(await page.locator(`${frame} .explorer-still .mine-map`).isVisible()).toBe(true);
    expect(await page.locator(`${frame} .explorer-still .explorer-chart`).isVisible()).toBe(true);
    await close();
  });
}
