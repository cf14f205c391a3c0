import {expect, it} from 'vitest';
import type {Locator, Page} from 'playwright-core';
import {openStore} from '@minefield/results/node';
import type {AnalysisOf} from '@minefield/results';
import {type OpenExplorer, desktop, drawn, phone, pixelAt} from './open-explorer.ts';
import {committed} from './sources.ts';
import {thorough} from './thorough.ts';

const frame = '#explore-bend';
const [straight, bent] = [`${frame} .explorer-panel:nth-child(1)`, `${frame} .explorer-panel:nth-child(2)`];

/** What the record says of the paths of seed 1. */
async function record(): Promise<AnalysisOf<'connectivity'>> {
  for (const one of await openStore(committed).readRecords())
    if (one.kind === 'analysis' && one.analysis === 'connectivity' && one.seed === 1) return one;
  throw new Error('expected a record of connectivity, got none');
}

/** Numbers under a picture: loss, and both accuracies in percent. */
async function numbers(page: Page, panel: string): Promise<number[]> {
  const texts = await page.locator(`${panel} .explorer-readouts dd`).allTextContents();
  return texts.map((text) => Number(text.replace('%', '').replace('−', '-')));
}

async function expectNumbers(page: Page, panel: string, path: Path, i: number): Promise<void> {
  const [loss = NaN, train, test] = await numbers(page, panel);
  const measured = path.trainLoss[i] ?? Number.NaN;
  // Two or three digits are shown.
  expect(Math.abs(loss / measured - 1)).toBeLessThan(0.03);
  expect(train).toBeCloseTo(100 * (path.trainAccuracy[i] ?? Number.NaN), 5);
  expect(test).toBeCloseTo(100 * (path.testAccuracy[i] ?? Number.NaN), 5);
}

type Path = AnalysisOf<'connectivity'>['data']['line'];

/** Points of a line of a chart, in its pixels. */
async function lineOf(chart: Locator, i: number): Promise<readonly (readonly [number, number])[]> {
  const path = await chart.locator('svg > path').nth(i).getAttribute('d');
  return [...(path ?? '').matchAll(/([-\d.]+),([-\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  );
}

/** Whether a curve of a chart with a logarithmic axis is what was measured: between two ticks that are known. */
async function expectCurve(chart: Locator, i: number, values: readonly (number | null)[]): Promise<void> {
  const line = await lineOf(chart, i);
  expect(line).toHaveLength(values.length);
  const ticks = await chart
    .locator('.explorer-grid')
    .evaluateAll((rules) =>
      rules.map((rule) => Number(rule.parentElement?.getAttribute('transform')?.match(/,([\d.]+)\)/)?.[1])),
    );
  // The ticks are 1e-6, 1e-4, 1e-2 and 1.
  const [low = NaN, high = NaN] = [ticks[0], ticks.at(-1)];
  line.forEach(([, y], at) => {
    const value = Math.max(1e-6, values[at] ?? Number.NaN);
    const expected = low + ((high - low) * (Math.log10(value) + 6)) / 6;
    expect(Math.abs(y - expected), `position ${at}`).toBeLessThan(0.02);
  });
}

const status = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    ([selector, expected]) => document.querySelector(selector)?.textContent?.includes(expected) === true,
    [`${frame} .explorer-status`, text] as const,
    {timeout: 300_000},
  );

export function bendTests(open: OpenExplorer): void {
  it('draws the straight line as the record has it, and a bend that becomes that of the record', async () => {
    const {data} = await record();
    const {page, faults, close} = await open('explore/bend.html?bend.at=60', desktop);
    await status(page, 'On the straight line the loss rises by 9.6');
    const chart = page.locator(`${frame} .explorer-moving .explorer-chart`).first();
    await expectCurve(chart, 0, data.line.trainLoss);
    await expectNumbers(page, straight, data.line, 15);
    // Before it is trained, the bend is the straight line.
    await expectNumbers(page, bent, data.line, 15);
    const canvas = `${bent} canvas`;
    const before = await drawn(page, canvas);
    const colour = await pixelAt(page, canvas, 0.05, 0.05);

    await page.locator(`${frame} .bend-train`).click();
    await status(page, 'The committed record says 0.0569.');
    await expectCurve(chart, 1, data.bend.trainLoss);
    await drawn(page, canvas, before + 5);
    await expectNumbers(page, bent, data.bend, 15);
    await expectNumbers(page, straight, data.line, 15);
    expect(await pixelAt(page, canvas, 0.05, 0.05)).not.toEqual(colour);
    expect(await page.locator(`${frame} .explorer-status`).textContent()).toContain('on the bend by 0.0569');
    expect(faults).toEqual([]);
    await close();
  });

  thorough(
    'slides along both paths by keys, and by dragging over a chart, and keeps the place in the address',
    async () => {
      const {data} = await record();
      const {page, faults, close} = await open('explore/bend.html', desktop);
      await status(page, 'rises by');
      await expectNumbers(page, straight, data.line, 0);
      const slider = page.locator(`${frame} input[type=range]`);
      const canvas = `${straight} canvas`;
      let times = await drawn(page, canvas);
      await slider.press('End');
      times = await drawn(page, canvas, times);
      expect(await slider.getAttribute('aria-valuetext')).toBe('the good minimum');
      expect((await numbers(page, straight)).slice(1)).toEqual([100, 98]);

      const chart = page.locator(`${frame} .explorer-moving .explorer-chart svg`).last();
      const box = await chart.boundingBox();
      if (box === null) throw new Error('expected a chart in sight, got none');
      await page.mouse.move(box.x + box.width - 20, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + 60, {steps: 4});
      await page.mouse.up();
      await drawn(page, canvas, times);
      const place = Number(await slider.inputValue());
      expect(place).toBeGreaterThan(90);
      expect(place).toBeLessThan(150);
      await page.waitForFunction((at) => location.search.includes(`bend.at=${at}`), place);
      expect(faults).toEqual([]);
      await close();
    },
  );

  thorough('takes another bad end, and bends that too, until it is stopped', async () => {
    const {page, faults, close} = await open('explore/bend.html?bend.seed=2&bend.at=80', desktop);
    await status(page, 'rises by');
    await page.locator(`${frame} select`).first().selectOption('0.172355');
    await page.locator(`${frame} .bend-train`).click();
    await status(page, 'of 3,000 steps');
    await page.locator(`${frame} .bend-train`).click();
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.textContent === 'Bend it anew',
      `${frame} .bend-train`,
    );
    await page.waitForFunction(() => location.search.includes('bend.level=0.172355'));
    expect(faults).toEqual([]);
    await close();
  });

  thorough('is slid by touch, one panel at a time and none of another height', async () => {
    const {page, faults, close} = await open('explore/bend.html', phone);
    await status(page, 'rises by');
    const slider = page.locator(`${frame} input[type=range]`);
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    if (box === null) throw new Error('expected a slider in sight, got none');
    expect(box.height).toBeGreaterThanOrEqual(44);
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    expect(Math.abs(Number(await slider.inputValue()) - 120)).toBeLessThan(4);
    const heights = [];
    for (const i of [0, 1, 2]) {
      await page.locator(`${frame} .explorer-switch label`).nth(i).tap();
      await page.locator(`${frame} .explorer-panel`).nth(i).waitFor({state: 'visible'});
      expect(await page.locator(`${frame} .explorer-panel:visible`).count()).toBe(1);
      heights.push((await page.locator(frame).boundingBox())?.height);
    }
    expect(new Set(heights).size).toBe(1);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows what was measured without a script, at the height that it has with one', async () => {
    const still = await open('explore/bend.html', {...desktop, javaScriptEnabled: false});
    const box = await still.page.locator(`${frame} .explorer-stage`).boundingBox();
    const chart = still.page.locator(`${frame} .explorer-still .explorer-chart`).first();
    expect(await chart.isVisible()).toBe(true);
    await expectCurve(chart, 1, (await record()).data.bend.trainLoss);
    await still.close();
    const live = await open('explore/bend.html', desktop);
    await status(live.page, 'rises by');
    expect((await live.page.locator(`${frame} .explorer-stage`).boundingBox())?.height).toBe(box?.height);
    await live.close();
  });
}
