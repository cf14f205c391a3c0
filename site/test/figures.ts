/** Every figure explored, read and saved, and the page of claims, on the site that `site.test.ts` builds. */
import {readFile} from 'node:fs/promises';
import type {Download, Locator, Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {violationsOf} from './axe.ts';
import {type Open as Visit, excessWidth} from './visit.ts';

const desktop = {viewport: {width: 1280, height: 900}};
const phone = {viewport: {width: 390, height: 844}};

/** @param runPage gives the path of the page of a run */
export function figureTests(visit: Visit, runPage: () => string): void {
  const open: Visit = (path, options = desktop) => visit(path, options);

  async function explore(page: Page, id: string): Promise<Locator> {
    const figure = page.locator(`#figure-${id}`);
    await figure.getByRole('button', {name: /^Explore/}).press('Enter');
    await figure.locator('.figure-stage svg').waitFor();
    return figure;
  }

  /** Where the marks of a layer lie. */
  const marks = (figure: Locator): Promise<string> =>
    figure
      .locator('.figure-stage .mark-symbol path')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('transform')).join(' '));

  const focused = (page: Page): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.textContent);

  it('zoom by button and by shift and wheel, come back, and leave the wheel alone to the page', async () => {
    const {page, faults, close} = await open('index.html');
    const figure = await explore(page, 'gap');
    const first = await marks(figure);
    await figure.getByRole('button', {name: 'Zoom in'}).click();
    await expect.poll(() => marks(figure)).not.toBe(first);
    await figure.getByRole('button', {name: 'Reset the view'}).click();
    await expect.poll(() => marks(figure)).toBe(first);
    await figure.locator('.figure-stage').hover();
    const top = await page.evaluate(() => scrollY);
    await page.mouse.wheel(0, 60);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top);
    expect(await marks(figure)).toBe(first);
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Shift');
    await expect.poll(() => marks(figure)).not.toBe(first);
    expect(faults).toEqual([]);
    await close();
  });

  it('fade what the legend is not asked for, and link panels under the pointer', async () => {
    const {page, faults, close} = await open('pictures/my-digits.html');
    const figure = await explore(page, 'my-digits-curves');
    await figure.locator('.role-legend-label text').first().click();
    await figure.locator('.mark-line path[opacity="0.08"]').first().waitFor({state: 'attached'});
    await figure.locator('.figure-stage .background').nth(1).hover({force: true});
    await page.locator('#vg-tooltip-element.visible').waitFor();
    const shown = figure.locator('.figure-stage .mark-symbol.role-mark path[opacity="1"]');
    expect(await shown.count()).toBeGreaterThanOrEqual(2);
    expect(faults).toEqual([]);
    await close();
  });

  it('keep the focus on the button that replaces the picture, both ways', async () => {
    const {page, close} = await open('index.html');
    const figure = await explore(page, 'gap');
    expect(await focused(page)).toMatch(/^Explore/);
    await page.keyboard.press('Enter');
    await figure.locator('.figure-panel svg').waitFor();
    expect(await focused(page)).toMatch(/^Explore/);
    expect(await figure.locator('.figure-stage').count()).toBe(0);
    await close();
  });

  it('are saved as a picture in two forms, as rows, and as a specification', async () => {
    const {page, faults, close} = await open('index.html');
    const figure = page.locator('#figure-gap');
    const saved = async (name: string): Promise<Buffer> => {
      await figure.getByRole('button', {name: /^Save/}).click();
      const [download] = await Promise.all([
        page.waitForEvent('download') as Promise<Download>,
        figure.getByRole('button', {name, exact: true}).click(),
      ]);
      return readFile(await download.path());
    };
    const svg = (await saved('Picture (SVG)')).toString();
    expect(svg).toMatch(/^<svg/);
    expect(svg).toContain('Poison factor');
    const png = await saved('Picture (PNG)');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(1200);
    expect((await saved('Rows (CSV)')).toString()).toMatch(/^poisonFactor,median,low,high,seed,value\r\n/);
    expect(JSON.parse((await saved('Rows (JSON)')).toString())).toHaveLength(2);
    expect(JSON.parse((await saved('Vega-Lite specification')).toString())).toHaveProperty('$schema');
    expect(faults).toEqual([]);
    await close();
  });

  it('open in the Vega Editor by message, and ask it for nothing before that', async () => {
    const {page, faults, close} = await open('index.html');
    const editor = `<script>
      addEventListener('message', ({data}) => {
        document.title = JSON.parse(data.spec).$schema;
        opener.postMessage(false, '*');
      });
    </script>`;
    await page
      .context()
      .route('https://vega.github.io/**', (route) => route.fulfill({contentType: 'text/html', body: editor}));
    const figure = page.locator('#figure-gap');
    await figure.getByRole('button', {name: /^Save/}).click();
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      figure.getByRole('button', {name: /Vega Editor [(]leaves this site[)]/}).click(),
    ]);
    await opened.waitForFunction(() => document.title.includes('vega-lite'));
    expect(faults).toEqual([]);
    await close();
  });

  it('close the list of files by Escape, and by leaving it', async () => {
    const {page, close} = await open('index.html');
    const figure = page.locator('#figure-gap');
    const button = figure.getByRole('button', {name: /^Save/});
    const list = figure.locator('.figure-menu ul');
    await button.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Picture (SVG)');
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(false);
    expect(await focused(page)).toMatch(/^Save/);
    await button.press('Enter');
    await page.locator('h1').click();
    expect(await list.isVisible()).toBe(false);
    await close();
  });

  it.each([desktop, phone])('are read as a table, accessible, at $viewport.width pixels', async (options) => {
    const {page, faults, close} = await open('index.html', options);
    const figure = page.locator('#figure-gap');
    await figure.getByRole('button', {name: /^Values/}).click();
    const table = figure.locator('.figure-values table').last();
    await table.waitFor();
    expect(await table.locator('caption').textContent()).toMatch(/: 6 rows$/);
    expect(await table.locator('thead th').allTextContents()).toContain('seed');
    await figure.getByRole('button', {name: /^Save/}).click();
    expect(await violationsOf(page, '#figure-gap')).toEqual([]);
    expect(await excessWidth(page)).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it('load none of this before it is asked for', async () => {
    const {page, close} = await open(runPage());
    await page.waitForLoadState('networkidle');
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({name}) => name));
    expect(loaded.filter((name) => /vega|embed-figure|figure-rows|values-table/.test(name))).toEqual([]);
    expect(loaded.filter((name) => name.includes('/figures/'))).toEqual([]);
    await close();
  });

  it('dim the colours of high losses in the dark alone, however it was chosen', async () => {
    const {page, close} = await open(runPage(), {...desktop, colorScheme: 'dark'});
    const filter = (): Promise<string> =>
      page
        .locator('[data-glaring] svg')
        .first()
        .evaluate((svg) => getComputedStyle(svg).filter);
    expect(await filter()).toBe('brightness(0.7)');
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    expect(await filter()).toBe('none');
    await page.emulateMedia({colorScheme: 'light'});
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    expect(await filter()).toBe('brightness(0.7)');
    await close();
  });

  it('stay lower than a screen where they are lists of rows', async () => {
    const {page, close} = await open('performance.html');
    const box = await page.locator('.figure').first().boundingBox();
    expect(box?.height).toBeLessThan(900);
    await close();
  });

  it.each([desktop, phone])('draw claims as strips, at $viewport.width pixels', async (options) => {
    const {page, close} = await open('claims.html', options);
    const row = page.locator('.claim', {has: page.locator('#claim-8-svhn')});
    expect(await row.locator('.finding').count()).toBe(2);
    expect(await row.locator('.finding .verdict').count()).toBe(2);
    const strip = page.locator('#claim-1 svg[role=img]').first();
    expect(await strip.getAttribute('aria-label')).toContain('wanted ≥ 98%');
    // The dot below the bound lies outside of the allowed side, the others within.
    const allowed = await strip.locator('.allowed').boundingBox();
    const dots = await strip.locator('.dot').all();
    const places = await Promise.all(dots.map(async (dot) => (await dot.boundingBox())?.x ?? 0));
    expect(places.filter((x) => x + 4 < (allowed?.x ?? 0))).toHaveLength(1);
    expect(places).toHaveLength(3);
    const sizes = await page
      .locator('.claims text')
      .evaluateAll((texts) => texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
    expect(await page.locator('#claim-1 details').getAttribute('open')).toBeNull();
    await page.locator('#claim-1 summary').click();
    expect(await page.locator('#claim-1 .part').first().isVisible()).toBe(true);
    await close();
  });
}
