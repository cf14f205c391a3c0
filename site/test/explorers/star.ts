import type {Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {committed} from './committed.ts';
import {type OpenExplorer, desktop, layoutShift, phone} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const PAGE = 'explore/star.html';

/** Waits until so many rays of both minima have been measured. */
async function rays(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (least) =>
      document.querySelector('#explore-star [data-live=true]') !== null &&
      document.querySelector('#explore-star .explorer-status')?.textContent === '' &&
      [...document.querySelectorAll<HTMLElement>('#explore-star [data-rays]')].every(
        ({dataset}) => Number(dataset['rays']) >= least,
      ),
    count,
  );
}

/** A row of the table: good, bad, both. */
function row(page: Page, name: string): Promise<string[]> {
  const head = page.locator('th', {hasText: new RegExp(`^${name}`)});
  return page.locator('.star-table tbody tr').filter({has: head}).locator('td').allTextContents();
}

function numberOf(text = ''): number {
  return Number(text.replace('−', '-').replaceAll(/[,×]/g, ''));
}

/** What the record's first rays say. */
async function recorded(poison: number, cutoff: number, count: number) {
  const {cutoffs} = await committed('basin', poison);
  const found = cutoffs.find(({kind, value}) => kind === 'loss' && value === cutoff);
  const radii = (found?.radii ?? []).slice(0, count).map(Number);
  return {
    mean: radii.reduce((sum, radius) => sum + radius, 0) / radii.length,
    least: Math.min(...radii),
    most: Math.max(...radii),
  };
}

async function agreesWithRecords(page: Page, cutoff: number, count: number): Promise<void> {
  const means = await row(page, 'mean relative radius');
  const [smallest, largest] = [await row(page, 'smallest'), await row(page, 'largest')];
  for (const [i, poison] of [0, 0.8].entries()) {
    const {mean, least, most} = await recorded(poison, cutoff, count);
    // Four digits are shown.
    expect(numberOf(means[i]) / mean).toBeCloseTo(1, 3);
    expect(numberOf(smallest[i]) / least).toBeCloseTo(1, 3);
    expect(numberOf(largest[i]) / most).toBeCloseTo(1, 3);
  }
}

export function starTests(open: OpenExplorer): void {
  it('measures the radii of the records, at every cutoff, as the rays come in', async () => {
    const {page, faults, close} = await open(PAGE, desktop);
    const status = page.locator('#explore-star .explorer-status');
    await status.filter({hasText: 'Following rays'}).waitFor();
    await rays(page, 64);
    expect((await row(page, 'rays')).slice(0, 2)).toEqual(['64', '64']);
    await agreesWithRecords(page, 0.5, 64);
    const [before] = await row(page, 'log₁₀ volume, from the mean over');
    const star = page.locator('[data-star=good][data-rays] path').first();
    const outline = await star.getAttribute('d');
    const slider = page.getByLabel('Loss at which a basin ends');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await agreesWithRecords(page, 1, 64);
    expect(await star.getAttribute('d')).not.toBe(outline);
    expect(numberOf((await row(page, 'log₁₀ volume, from the mean over'))[0])).toBeGreaterThan(
      numberOf(before),
    );
    await page.waitForURL(/star\.cutoff=6/);
    await slider.press('Home');
    await slider.press('ArrowRight');
    await slider.press('ArrowRight');
    await agreesWithRecords(page, 0.25, 64);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('adds rays by a press, and goes on adding until it is stopped', async () => {
    const {page, faults, close} = await open(PAGE, desktop);
    await rays(page, 64);
    await page.getByRole('button', {name: 'Add 64 rays'}).click();
    await page.locator('[data-star=bad][data-rays="128"]').waitFor({state: 'attached'});
    await rays(page, 128);
    await agreesWithRecords(page, 0.5, 128);
    const keep = page.getByRole('button', {name: 'Keep adding'});
    await keep.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>('[data-star=good][data-rays]')?.dataset['rays']) > 192,
    );
    await page.keyboard.press('Enter');
    await rays(page, 193);
    expect(await page.getByRole('button', {name: 'Keep adding'}).getAttribute('aria-pressed')).toBe('false');
    const [good, bad] = await row(page, 'verdict');
    expect([good, bad]).toEqual(['lower bound', 'lower bound']);
    expect(numberOf((await row(page, 'effective sample size'))[0])).toBeLessThan(10);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('says where a minimum has no basin, and takes another network', async () => {
    const {page, faults, close} = await open(`${PAGE}?star.seed=2`, desktop);
    await rays(page, 64);
    const means = await row(page, 'mean relative radius');
    await page.getByLabel('Poison').selectOption({index: 0});
    await page.waitForFunction(
      (bad) => document.querySelectorAll('.star-table tr:nth-child(2) td')[1]?.textContent !== bad,
      means[1],
    );
    await rays(page, 64);
    const others = await row(page, 'mean relative radius');
    expect(others[0]).toBe(means[0]);
    expect(others[1]).not.toBe(means[1]);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows one picture at a time on phones', async () => {
    const {page, faults, close} = await open(PAGE, phone);
    await rays(page, 64);
    const shown = () =>
      page
        .locator('#explore-star .explorer-panel')
        .evaluateAll((panels) => panels.map((panel) => (panel as HTMLElement).offsetHeight > 0));
    expect(await shown()).toEqual([true, false, false]);
    await page.locator('#explore-star .explorer-switch label').last().tap();
    expect(await shown()).toEqual([false, false, true]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows the records’ star without script, and moves nothing when it comes alive', async () => {
    const still = await open(PAGE, {...desktop, javaScriptEnabled: false});
    expect(await still.page.locator('[data-star=bad][data-rays="64"] path').count()).toBe(3);
    await agreesWithRecords(still.page, 0.5, 64);
    await still.close();
    const live = await open(PAGE, desktop);
    await rays(live.page, 64);
    expect(await layoutShift(live.page)).toBeLessThan(0.001);
    await live.close();
  });
}
