/** Drives "make your own bad minimum", and holds what is trained in the page against what the command line trains. */
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {decodeCheckpoint, mlp} from '@minefield/models';
import {openStore} from '@minefield/results/node';
import {toyProfiles} from '@minefield/spec';
import type {Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {decodeOwnNetwork} from '../../src/explorers/data/own-network.ts';
import {hiddenOf, recipeOf} from '../../src/explorers/own/settings.ts';
import {type OpenExplorer, alive, eventually, desktop, drawn, phone, pixelAt} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const CANVAS = '#explore-own canvas';
const RECIPE = recipeOf({optimizer: 'adam', learningRate: 0.005, steps: 500});

export function ownTests(open: OpenExplorer): void {
  it('trains as the command line does, to the bit, with a pause and a step between', async () => {
    const {page, faults, close} = await open('explore/own.html?own.steps=500&own.stop=end', desktop);
    await alive(page);
    const before = await drawn(page, CANVAS, 0);
    await button(page, 'Step (100)').click();
    await eventually(() => readout(page, 'step')).toBe('100');
    await eventually(() => button(page, 'Go on').isEnabled()).toBe(true);
    await button(page, 'Go on').press('Enter');
    await eventually(() => readout(page, 'step')).toBe('500');
    await button(page, 'Measure it').waitFor();
    await eventually(() => button(page, 'Measure it').isEnabled()).toBe(true);
    expect(await drawn(page, CANVAS, before)).toBeGreaterThan(before);
    const {run, theta} = await byCommandLine();
    const {final} = run.data;
    expect(await readout(page, 'train accuracy')).toBe(percent(final?.trainAccuracy));
    expect(await readout(page, 'test accuracy')).toBe(percent(final?.testAccuracy));
    const own = await kept(page);
    expect([own.trainAccuracy, own.testAccuracy, own.steps]).toEqual([
      final?.trainAccuracy,
      final?.testAccuracy,
      500,
    ]);
    expect(own.theta).toEqual(theta);
    // The download is a checkpoint of the command line's.
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
    expect(download.suggestedFilename()).toBe('own-spirals-beta-0.8-seed-2.safetensors');
    const bytes = new Uint8Array(await readFile((await download.path()) as string));
    expect(
      decodeCheckpoint(bytes, mlp({inputs: 2, hidden: [...hiddenOf('article')], outputs: 1}).layout),
    ).toEqual(theta);
    expect(faults).toEqual([]);
    await close();
  });

  thorough(
    'stops by itself where the network fits, and puts it into the scatter when it was measured',
    async () => {
      const {page, faults, close} = await open(
        'explore/own.html?own.beta=0&own.stop=fit&own.steps=5000',
        desktop,
      );
      await alive(page);
      await button(page, 'Train').click();
      await page.getByText(/It stopped by itself after/).waitFor({timeout: 300_000});
      expect(await readout(page, 'train accuracy')).toBe('100.0%');
      const marks = page.locator('#explore-own .explorer-mark');
      expect(await marks.count()).toBe(0);
      await button(page, 'Measure it').click();
      const row = page.locator('.own-measured tbody tr', {hasText: 'two spirals, β = 0, seed 2'});
      await row.waitFor({timeout: 300_000});
      await eventually(() => marks.count()).toBe(1);
      // Gap, mean radius, volume, largest eigenvalue, margin: all of them numbers.
      for (const cell of await row.locator('td').allTextContents()) expect(cell).toMatch(/\d/);
      expect(faults).toEqual([]);
      await close();
    },
    400_000,
  );

  thorough(
    'trains on points that were painted by finger, and shares them by address',
    async () => {
      const {page, faults, close} = await open(
        'explore/own.html?own.steps=500&own.stop=end&own.beta=0',
        phone,
      );
      await alive(page);
      await page.getByRole('radio', {name: 'paint'}).tap();
      const ground = page.locator('.own-paint');
      // By the place within the ground, wherever it has scrolled to.
      const tap = async (x: number, y: number): Promise<void> => {
        const {width, height} = (await ground.boundingBox()) ?? {width: 0, height: 0};
        await ground.tap({position: {x: (x * width) / 10, y: (y * height) / 10}});
      };
      for (const y of [2, 4, 6, 8]) await tap(2, y);
      await page.getByRole('radio', {name: 'teal'}).tap();
      for (const y of [2, 4, 6, 8]) await tap(8, y);
      await tap(5, 5);
      await eventually(() => page.locator('.own-count').textContent()).toMatch(/^9 of/);
      await button(page, 'Undo').tap();
      await eventually(() => page.locator('.own-count').textContent()).toMatch(/^8 of/);
      // A ninth by the keyboard: the crosshair stands where the finger was.
      await ground.press('ArrowRight');
      await ground.press('Space');
      await eventually(() => page.locator('.own-count').textContent()).toMatch(/^9 of/);
      await eventually(() => new URL(page.url()).searchParams.get('own.points')?.length).toBe(36);
      await button(page, 'Train').tap();
      await eventually(() => readout(page, 'train accuracy')).toBe('100.0%');
      await eventually(() => readout(page, 'step')).toBe('500');
      // Purple left, teal right.
      await eventually(async () => {
        const [left, right] = [await pixelAt(page, CANVAS, 0.1, 0.3), await pixelAt(page, CANVAS, 0.9, 0.3)];
        return [(left[0] ?? 0) > (left[1] ?? 0), (right[1] ?? 0) > (right[0] ?? 0)];
      }).toEqual([true, true]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide).toBe(false);
      expect(faults).toEqual([]);
      await close();
    },
    300_000,
  );

  thorough(
    'pauses, keeps still, and forgets when something is chosen anew',
    async () => {
      const {page, faults, close} = await open('explore/own.html', desktop);
      await alive(page);
      await button(page, 'Train').click();
      await eventually(async () => Number((await readout(page, 'step')).replace(',', ''))).toBeGreaterThan(0);
      await button(page, 'Pause').click();
      await page.getByText(/^Paused after/).waitFor();
      const step = await readout(page, 'step');
      await page.waitForTimeout(300);
      expect(await readout(page, 'step')).toBe(step);
      await page.getByLabel('Seed').press('ArrowRight');
      await eventually(() => readout(page, 'step')).toBe('0');
      expect(await button(page, 'Train').isEnabled()).toBe(true);
      expect(faults).toEqual([]);
      await close();
    },
    200_000,
  );

  thorough('shows points and some of the sweep without script', async () => {
    const {page, close} = await open('explore/own.html', {...desktop, javaScriptEnabled: false});
    expect(await page.locator('.own-still path').count()).toBe(2);
    expect(
      await page.locator('#explore-own .explorer-chart').last().locator('circle').count(),
    ).toBeGreaterThan(2);
    await close();
  });
}

function button(page: Page, name: string) {
  return page.locator('#explore-own').getByRole('button', {name, exact: true});
}

async function readout(page: Page, name: string): Promise<string> {
  const item = page.locator('#explore-own .explorer-readouts > div', {
    has: page.locator('dt', {hasText: new RegExp(`^${name}`)}),
  });
  return (await item.first().locator('dd').textContent()) ?? '';
}

function percent(share: number | undefined): string {
  return `${(100 * (share ?? Number.NaN)).toFixed(1)}%`;
}

/** What the page keeps for other explorers. */
async function kept(page: Page) {
  const text = await page.evaluate(() => sessionStorage.getItem('minefield own network'));
  return decodeOwnNetwork(text ?? '');
}

const run = promisify(execFile);

/** The same short recipe by the command line, on its portable numerics. */
async function byCommandLine() {
  const folder = await mkdtemp(join(tmpdir(), 'minefield-own-'));
  try {
    const spec = {
      ...toyProfiles.full,
      experiment: 'own',
      recipe: RECIPE,
      poisonFactors: [0.8],
      seeds: [2],
      analyses: {},
      decides: [],
    };
    await writeFile(join(folder, 'spec.json'), JSON.stringify(spec));
    const program = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
    const args = ['run', join(folder, 'spec.json'), '--workers', '0', '--out', join(folder, 'results')];
    await run(process.execPath, ['--conditions=@minefield/source', program, ...args]);
    const store = openStore(join(folder, 'results'));
    const record = (await store.readRecords()).find((one) => one.kind === 'run');
    if (record?.kind !== 'run' || record.data.checkpoint === null)
      throw new Error('expected a trained network');
    const bytes = await store.readCheckpoint('own', record.data.checkpoint.sha256);
    const {layout} = mlp({inputs: 2, hidden: [...hiddenOf('article')], outputs: 1});
    return {run: record, theta: decodeCheckpoint(bytes, layout)};
  } finally {
    await rm(folder, {recursive: true});
  }
}
