import {readFile} from 'node:fs/promises';
import type {Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {violationsOf} from '../axe.ts';
import {excessWidth} from '../visit.ts';
import {committedRecords, committedRun} from './committed.ts';
import {type OpenExplorer, desktop, drawn, eventually, phone} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const rows = '.lab-runs .lab-table tbody tr';

/** Opens the laboratory, and waits until its runs are there. */
async function openLab(open: OpenExplorer, query = '', options: Parameters<OpenExplorer>[1] = desktop) {
  const opened = await open(`lab.html${query}`, options);
  await opened.page.locator('.lab-scatter .lab-marks path').first().waitFor();
  return opened;
}

/** Levels of the toy that the site was built from. */
async function levelsOf(page: Page): Promise<readonly number[]> {
  const response = await page.request.get(new URL('explorers/toy.json', page.url()).href);
  return ((await response.json()) as {levels: number[]}).levels;
}

/** `12 of 17 runs…` */
async function passing(page: Page): Promise<number> {
  return Number.parseInt((await page.locator('.lab-readout').textContent()) ?? '', 10);
}

async function cells(page: Page, heading: string): Promise<string[]> {
  const headings = await page.locator('.lab-runs .lab-table thead th').allTextContents();
  const at = headings.findIndex((text) => text.startsWith(heading));
  return page.locator(`${rows} > :nth-child(${at + 1})`).allTextContents();
}

export function labTests(open: OpenExplorer): void {
  it('filters by a form, sorts by a heading, and keeps the focus', async () => {
    const {page, faults, close} = await openLab(open);
    const levels = await levelsOf(page);
    // Two seeds of the toy, twenty paths of the minefield, two networks on pictures.
    expect(await passing(page)).toBe(2 * levels.length + 22);
    const form = page.locator('.lab-range');
    await form.getByLabel('Filter by').selectOption('seed');
    await form.getByLabel('from').fill('2');
    await form.getByLabel('to').fill('2');
    await form.getByLabel('to').press('Enter');
    await eventually(() => passing(page)).toBe(levels.length + 1);
    await page.getByLabel('minefield', {exact: true}).uncheck();
    await eventually(() => passing(page)).toBe(levels.length);
    expect(await page.locator('.lab-filters .lab-chip').first().textContent()).toContain('seed = 2');

    const heading = page.locator('.lab-runs .lab-table thead').getByRole('button', {name: /^test accuracy/});
    await heading.focus();
    await page.keyboard.press('Enter');
    const cell = heading.locator('..');
    expect(await cell.getAttribute('aria-sort')).toBe('ascending');
    const accuracies = await Promise.all(
      levels.map(async (level) => (await committedRun('toy', 2, level)).data.final?.testAccuracy ?? 0),
    );
    const rising = accuracies.toSorted((a, b) => a - b).map((share) => `${Number((100 * share).toFixed(1))}`);
    expect(await cells(page, 'test accuracy')).toEqual(rising);
    await page.keyboard.press('Enter');
    expect(await cell.getAttribute('aria-sort')).toBe('descending');
    expect(await cells(page, 'test accuracy')).toEqual(rising.toReversed());
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);

    // A run under the pointer is read out in place of the number.
    await page.mouse.move(0, 0);
    await page.keyboard.press('Escape');
    await eventually(() => passing(page)).toBe(2 * levels.length + 2);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('keeps in plot and table the runs in a rectangle that is dragged', async () => {
    const {page, faults, close} = await openLab(open, '?lab.x=trainLoss&lab.y=gap');
    const box = await page.locator('.lab-scatter > svg').boundingBox();
    if (box === null) throw new Error('expected a plot');
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.7 * box.width, box.y + 120, {steps: 3});
    await page.mouse.move(box.x + box.width - 20, box.y + 250, {steps: 3});
    await page.mouse.up();
    const inside = (value: number | undefined, range: readonly number[] | undefined): boolean =>
      value !== undefined && range !== undefined && value >= (range[0] ?? 0) && value <= (range[1] ?? 0);
    const runs = (await committedRecords()).runs();
    const shown = (): Promise<(string | undefined)[]> =>
      page.locator(rows).evaluateAll((all) => all.map((row) => row.dataset['run']));
    // The address follows a moment later.
    await expect
      .poll(async () => {
        const ranges = new URL(page.url()).searchParams.get('lab.range') ?? '';
        const [x, y] = ranges.split(';').map((part) => part.split(':').slice(1).map(Number));
        const held = runs.filter(
          ({data: {final}}) => inside(final?.trainLoss, x) && inside(final?.generalizationGap, y),
        );
        return (await shown()).every((id) => held.some(({identity}) => identity.startsWith(String(id))));
      })
      .toBe(true);
    const ids = await shown();
    const all = await page.locator('.lab-marks path').count();
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.length).toBeLessThan(all);
    expect(await page.locator('.lab-marks path[data-passed=true]').count()).toBe(ids.length);
    expect(await page.locator('.lab-brush').count()).toBe(1);
    expect(faults).toEqual([]);
    await close();
  });

  thorough(
    'compares pinned runs: what differs, curves, spectra, boundaries from records and made here',
    async () => {
      const [good, bad] = [await committedRun('toy', 1, 0), await committedRun('toy', 2, 0.8)];
      const ids = [good, bad].map(({identity}) => identity.slice(0, 16));
      const {page, faults, close} = await openLab(open);
      for (const id of ids) await page.locator(`tr[data-run="${id}"] input`).check();
      await page.waitForURL((url) => url.searchParams.get('lab.pin') === ids.join());
      const settings = page.locator('.lab-details tbody[data-part=settings] th');
      expect(await settings.allTextContents()).toEqual(['poisonFactor', 'seed']);
      await page.getByLabel('Differences only').uncheck();
      expect(await settings.allTextContents()).toContain('recipe.optimizer.name');
      const lines = page.locator('.lab-pair .explorer-chart path[stroke]');
      await eventually(() => lines.count()).toBe(4);
      for (const [place, source] of ['record', 'computed'].entries()) {
        const plane = `.lab-planes li:nth-child(${place + 1}) [data-source]`;
        expect(await page.locator(plane).getAttribute('data-source')).toBe(source);
        await drawn(page, `${plane} canvas`, 1);
      }
      const commands = await page.locator('.lab-artifacts pre').allTextContents();
      expect(commands[1]).toBe(
        'minefield run toy --profile full --only seed=2 --only poison=0.8 --out my-results',
      );
      const weights = page.locator('.lab-artifacts li').first().getByRole('link', {name: 'weights'});
      expect(
        (await page.request.get(await weights.evaluate((link) => (link as HTMLAnchorElement).href))).ok(),
      ).toBe(true);
      expect(await violationsOf(page, '.lab-runs')).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
  );

  thorough('shows the same again at an address that was shared', async () => {
    const run = await committedRun('toy', 1, 0.8);
    const query = new URLSearchParams({
      'lab.x': 'beta',
      'lab.x.scale': 'linear',
      'lab.y': 'meanMargin',
      'lab.colour': 'experiment',
      'lab.data': 'toy',
      'lab.range': 'seed:1:1',
      'lab.sort': '-meanMargin',
      'lab.pin': run.identity.slice(0, 16),
    });
    const {page, faults, close} = await openLab(open, `?${query}`);
    await eventually(() => passing(page)).toBe((await levelsOf(page)).length);
    expect(await page.getByLabel('Across', {exact: true}).inputValue()).toBe('beta');
    expect(await page.locator('.lab-axis input').first().isChecked()).toBe(false);
    expect(await page.getByRole('radio', {name: 'experiment'}).isChecked()).toBe(true);
    expect(await page.locator('tr[data-pinned=true]').getAttribute('data-run')).toBe(
      run.identity.slice(0, 16),
    );
    const margins = (await cells(page, 'mean margin')).map(Number);
    expect(margins).toEqual(margins.toSorted((a, b) => b - a));
    // A change is written beside what was there.
    await page.getByLabel('Up', {exact: true}).selectOption('testAccuracy');
    await page.waitForURL(/lab\.y=testAccuracy/);
    for (const [key, value] of query)
      if (key !== 'lab.y') expect(new URL(page.url()).searchParams.get(key)).toBe(value);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('exports what is in the table with the numbers of the records', async () => {
    const {page, close} = await openLab(open, '?lab.data=toy&lab.range=seed:1:1');
    const {length} = await levelsOf(page);
    await eventually(() => passing(page)).toBe(length);
    const contents: string[] = [];
    for (const name of ['CSV', 'JSON']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', {name, exact: true}).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${name.toLowerCase()}$`));
      contents.push(await readFile(await download.path(), 'utf8'));
    }
    const objects = JSON.parse(contents[1] ?? '') as Record<string, unknown>[];
    const [head = '', ...lines] = (contents[0] ?? '').trimEnd().split('\r\n');
    const keys = head.split(',');
    expect(objects).toHaveLength(length);
    const records = await committedRecords();
    for (const [i, line] of lines.entries()) {
      const row = Object.fromEntries(line.split(',').map((cell, at) => [keys[at], cell]));
      const run = records.runs().find(({identity}) => identity.startsWith(String(row['id'])));
      const basin = run && records.analysis('basin', run)?.data.cutoffs.find(({value}) => value === 0.5);
      expect(objects[i]?.['id']).toBe(row['id']);
      for (const found of [row, objects[i]]) {
        expect(Number(found?.['trainLoss'])).toBe(run?.data.final?.trainLoss);
        expect(Number(found?.['gap'])).toBe(run?.data.final?.generalizationGap);
        expect(Number(found?.['beta'])).toBe(run?.poisonFactor);
        const decades = (basin?.relative?.stableLogVolume ?? 0) / Math.LN10;
        expect(Number(found?.['stableVolume.loss0.5']) / decades).toBeCloseTo(1, 8);
      }
    }
    await close();
  });

  thorough('pins by touch on a phone, within the width of the page', async () => {
    const {page, faults, close} = await openLab(open, '', phone);
    const mark = page.locator('.lab-marks path').first();
    await page.locator('.lab-scatter').scrollIntoViewIfNeeded();
    const box = await mark.boundingBox();
    if (box === null) throw new Error('expected a mark');
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.lab-compare .lab-chip').waitFor();
    expect(await excessWidth(page)).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('is a picture and a plain table without scripts', async () => {
    const {page, close} = await open('lab.html', {...desktop, javaScriptEnabled: false});
    const {length} = await levelsOf(page);
    expect(await page.locator('.lab-plot-still .lab-marks path').count()).toBe(2 * length + 2);
    expect(await page.locator('.lab-runs tbody tr').count()).toBe(2 * length + 22);
    expect(await page.locator('.lab-runs button').count()).toBe(0);
    await page.locator('.lab-runs tbody a').first().click();
    expect(page.url()).toContain('/runs/');
    await close();
  });
}
