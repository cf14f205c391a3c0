import type {Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {type OpenExplorer, alive, eventually, desktop, phone} from './open-explorer.ts';
import {thorough} from './thorough.ts';

export function dimensionTests(open: OpenExplorer): void {
  it('pulls the lever with the keyboard: decades follow n and the ratio', async () => {
    const {page, faults, close} = await open('explore/dimension.html', desktop);
    const lever = page.locator('#explore-dimension');
    await alive(page);
    const [dimension, ratio] = [lever.getByLabel('Dimension n'), lever.getByLabel('Ratio of radii')];
    await dimension.press('Home');
    await ratio.press('End');
    // (50)² = 2,500, or 3.40 decades.
    await eventually(() => readout(page, '#explore-dimension', 'in decades')).toBe('3.40');
    expect(await readout(page, '#explore-dimension', 'ratio of volumes')).toBe('2,500');
    await dimension.press('End');
    await eventually(() => readout(page, '#explore-dimension', 'in decades')).toBe('455,324');
    await eventually(() => new URL(page.url()).searchParams.get('lever.n')).toBe('268000');
    expect(faults).toEqual([]);
    await close();
  });

  thorough('is set to what the records have', async () => {
    const {page, faults, close} = await open('explore/dimension.html', desktop);
    await alive(page);
    await page.getByRole('button', {name: 'Toy network'}).click();
    // Seeds 1 and 2 of the committed sweep: thousands of decades in 3,457 dimensions.
    await eventually(() =>
      page.locator('#explore-dimension').getByLabel('Dimension n').getAttribute('aria-valuetext'),
    ).toBe('n = 3,457');
    const decades = Number((await readout(page, '#explore-dimension', 'in decades')).replace(',', ''));
    expect(decades).toBeGreaterThan(3000);
    expect(decades).toBeLessThan(8000);
    await page.getByRole('button', {name: 'ResNet-20'}).click();
    await eventually(() => readout(page, '#explore-dimension', 'in decades')).toBe('10,000');
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows uniform rays miss a known volume as n is dragged, and stretched rays hit it', async () => {
    const {page, faults, close} = await open('explore/dimension.html?bowl.n=2', desktop);
    await alive(page);
    const off = async (name = 'off by'): Promise<number> =>
      Number.parseFloat((await readout(page, '#explore-bowl', name)).replace('−', '-'));
    await eventually(() => off()).toBeGreaterThan(-0.1);
    // Drags over the chart that has the dimension across.
    const chart = page.locator('#explore-bowl .explorer-chart').nth(2);
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) throw new Error('expected a chart');
    await page.mouse.move(box.x + 60, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 40, box.y + 100, {steps: 8});
    await page.mouse.up();
    await eventually(() => off()).toBeLessThan(-100);
    expect(Math.abs(await off('stretched rays are off by'))).toBeLessThan(0.01);
    await eventually(() => readout(page, '#explore-bowl', 'verdict on uniform rays')).toBe('lower bound');
    expect(faults).toEqual([]);
    await close();
  });

  thorough('answers to a finger, one panel at a time', async () => {
    const {page, faults, close} = await open('explore/dimension.html', phone);
    await alive(page);
    const lever = page.locator('#explore-dimension');
    await lever.getByRole('radio', {name: 'Zeros'}).tap();
    await eventually(() => lever.locator('.lever-ruler').isVisible()).toBe(true);
    expect(await lever.locator('.lever-squares').isVisible()).toBe(false);
    await lever.getByRole('button', {name: 'ResNet-20'}).tap();
    await eventually(() => readout(page, '#explore-dimension', 'in decades')).toBe('10,000');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('stands still without script, with all that it shows at first', async () => {
    const {page, faults, close} = await open('explore/dimension.html', {
      ...desktop,
      javaScriptEnabled: false,
    });
    expect(await page.locator('.lever-ruler').isVisible()).toBe(true);
    expect(await readout(page, '#explore-dimension', 'in decades')).toBe('4.14');
    expect(
      await page.locator('#explore-bowl .explorer-chart').first().locator('circle').count(),
    ).toBeGreaterThan(100);
    expect(faults).toEqual([]);
    await close();
  });
}

async function readout(page: Page, explorer: string, name: string): Promise<string> {
  const item = page.locator(`${explorer} .explorer-readouts > div`, {
    has: page.locator('dt', {hasText: new RegExp(`^${name}`)}),
  });
  return (await item.locator('dd').textContent()) ?? '';
}
