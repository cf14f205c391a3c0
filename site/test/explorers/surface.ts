import type {Locator, Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {committed} from './committed.ts';
import {
  type OpenExplorer,
  desktop,
  eventually,
  layoutShift,
  drawn,
  phone,
  pixelsAt,
} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const PAGE = 'explore/surface.html';
const GOOD = '#explore-surface [data-minimum=good]';
const BAD = '#explore-surface [data-minimum=bad]';

/** Waits for the finest surface of both, or of the one that is in sight. */
async function surfaces(page: Page, size = '51'): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>('.surface-picture')].every(
        ({dataset}) => dataset['size'] === wanted,
      ) && document.querySelector('.surface-minimum canvas') !== null,
    size,
  );
}

/** A number of the readouts, as it stands there. */
async function readout(side: string, name: string, page: Page): Promise<number> {
  const text = await page
    .locator(`${side} .explorer-readouts > div`)
    .filter({hasText: name})
    .locator('dd')
    .textContent();
  return Number(text?.replace('−', '-').replace('%', ''));
}

/** The square of the contours, on the screen. */
async function square(picture: Locator) {
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.locator('.surface-contours rect').boundingBox();
  if (box === null) throw new Error('expected contours in sight');
  return box;
}

export function surfaceTests(open: OpenExplorer): void {
  it('shows the loss of the records where the ball is, under the boundary of the records', async () => {
    const surface = await committed('surface', 0);
    const half = (surface.xs.at(-1) ?? 0) * Math.sqrt(3457);
    const [column, row] = [30, 15];
    const place = (i: number): number => (2 * i) / (surface.xs.length - 1) - 1;
    const query = `surface.view=contours&surface.zoom=${Math.log10(half)}`;
    const {page, faults, close} = await open(`${PAGE}?${query}`, desktop);
    await drawn(page, `${BAD} canvas`);
    for (const [side, poison] of [
      [GOOD, 0],
      [BAD, 0.8],
    ] as const) {
      const {logits, size, train, extent} = await committed('boundary', poison);
      const [left = 0, right = 1, low = 0, high = 1] = extent;
      const dots = train.x.map((x, i) => [
        (x - left) / (right - left),
        (high - (train.y[i] ?? 0)) / (high - low),
      ]);
      // What lies under a dot, or under its rim, is not seen.
      const bare = ([x, y]: readonly [number, number]): boolean =>
        dots.every(([across = 0, down = 0]) => Math.hypot(x - across, y - down) > 0.025);
      const sure: {readonly place: readonly [number, number]; readonly odds: number}[] = [];
      for (let i = 4; i < size; i += 8) {
        for (let j = 4; j < size; j += 8) {
          const odds = logits[i * size + j] ?? 0;
          const spot = [j / (size - 1), 1 - i / (size - 1)] as const;
          if (Math.abs(odds) > 3 && bare(spot)) sure.push({place: spot, odds});
        }
      }
      const places = sure.map((one) => one.place);
      expect(sure.length).toBeGreaterThan(40);
      // Class 0 is purple, class 1 teal; coarse at first.
      await eventually(async () => {
        const colours = await pixelsAt(page, `${side} canvas:not(.surface-relief)`, places);
        const same = sure.filter(({odds}, i) => {
          const [red = 0, green = 0] = colours[i] ?? [];
          return green > red === odds > 0;
        });
        return same.length / sure.length;
      }).toBeGreaterThan(0.97);
    }
    const before = await drawn(page, `${BAD} canvas`);
    for (const [label, value] of [
      ['Ball along a', place(column)],
      ['Ball along b', place(row)],
    ] as const)
      await page.getByLabel(label).fill(String(value));
    await drawn(page, `${BAD} canvas`, before);
    for (const [side, poison] of [
      [GOOD, 0],
      [BAD, 0.8],
    ] as const) {
      const {trainLoss, xs} = await committed('surface', poison);
      const recorded = trainLoss[row * xs.length + column] ?? Number.NaN;
      await page.waitForFunction(
        ([where, loss]) => {
          const text = document.querySelector(`${where} .explorer-readouts dd`)?.textContent ?? '';
          return Math.abs(Number(text.replace('−', '-')) / loss - 1) < 1e-3;
        },
        [side, recorded] as const,
      );
    }
    await surfaces(page);
    expect(faults).toEqual([]);
    await close();
  });

  thorough(
    'follows the mouse in both minima at once, and the keyboard, and keeps it all in the address',
    async () => {
      const {page, faults, close} = await open(`${PAGE}?surface.view=contours`, desktop);
      await surfaces(page);
      const picture = page.locator(`${GOOD} .surface-picture`);
      const box = await square(picture);
      const before = await drawn(page, `${BAD} canvas`);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.5 * box.height, {steps: 4});
      await page.mouse.up();
      await drawn(page, `${BAD} canvas`, before);
      expect(Number(await page.getByLabel('Ball along a').inputValue())).toBeCloseTo(0.8, 1);
      expect(await readout(BAD, 'distance', page)).toBeCloseTo(0.8, 1);
      // Far outside the pit, still within the valley.
      await page.waitForFunction(
        ([bad, good]) => {
          const loss = (side: string): number =>
            Number(document.querySelector(`${side} .explorer-readouts dd`)?.textContent?.replace('−', '-'));
          return loss(bad) > 1 && loss(good) < 0.1;
        },
        [BAD, GOOD] as const,
      );
      await picture.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Shift+ArrowUp');
      expect(await page.getByLabel('Ball along a').inputValue()).toBe('-0.04');
      expect(await page.getByLabel('Ball along b').inputValue()).toBe('0.2');
      const zoom = page.getByLabel('Half width');
      await zoom.focus();
      for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowLeft');
      await page.waitForFunction(() =>
        document.querySelector('[data-minimum=bad] .surface-overlay')?.textContent?.includes('0.1'),
      );
      await page.waitForURL(/surface\.zoom=-1(?:&|$)/);
      expect(page.url()).toMatch(/surface\.y=0\.2/);
      expect(faults).toEqual([]);
      await close();
    },
  );

  thorough('says of each plane how wide the pits look there', async () => {
    const {page, faults, close} = await open(`${PAGE}?surface.view=contours`, desktop);
    await surfaces(page);
    const cell = (plane: string, column: number) =>
      page.locator(`[data-plane=${plane}] td`).nth(column).textContent().then(Number);
    for (const [choice, plane] of [
      ['Two sharpest', 'sharpest'],
      ['Through both minima', 'twin'],
    ] as const) {
      await page.getByLabel(choice).check({force: true});
      await page.waitForFunction(
        (row) => document.querySelectorAll(`[data-plane=${row}] td`).length === 3,
        plane,
      );
    }
    expect((await cell('random', 0)) / (await cell('random', 1))).toBeGreaterThan(10);
    expect((await cell('random', 1)) / (await cell('sharpest', 1))).toBeGreaterThan(5);
    expect((await cell('twin', 1)) / (await cell('random', 1))).toBeGreaterThan(5);
    // The other minimum is far out; zoomed out, it is marked.
    await page.getByLabel('Half width').fill('2.7');
    await page.locator(`${GOOD} .surface-mark`).first().waitFor();
    await page.getByLabel('Each its own').check({force: true});
    await page.waitForFunction(
      () =>
        new Set([...document.querySelectorAll('.surface-overlay')].map((svg) => svg.textContent)).size === 2,
    );
    expect(faults).toEqual([]);
    await close();
  });

  it('turns the relief by mouse and keys, and drags the ball on it, where the browser draws one', async () => {
    const {page, faults, close} = await open(PAGE, desktop);
    await surfaces(page);
    const picture = page.locator(`${BAD} .surface-picture`);
    if ((await picture.getAttribute('data-view')) === 'relief') {
      const canvas = `${BAD} .surface-relief`;
      const colours = await page.locator(canvas).evaluate((element) => {
        const {width, height} = element as HTMLCanvasElement;
        const copy = new OffscreenCanvas(width, height);
        const context = copy.getContext('2d');
        context?.drawImage(element as HTMLCanvasElement, 0, 0);
        const data = context?.getImageData(0, 0, width, height).data ?? [];
        let painted = 0;
        const seen = new Set<number>();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] === 0) continue;
          painted += 1;
          seen.add(((data[i] ?? 0) >> 4) * 256 + ((data[i + 1] ?? 0) >> 4) * 16 + ((data[i + 2] ?? 0) >> 4));
        }
        return {share: painted / (width * height), colours: seen.size};
      });
      expect(colours.share).toBeGreaterThan(0.25);
      expect(colours.colours).toBeGreaterThan(30);
      await picture.scrollIntoViewIfNeeded();
      const box = await picture.boundingBox();
      if (box === null) throw new Error('expected a picture in sight');
      const before = await drawn(page, canvas);
      await page.mouse.move(box.x + 20, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 120, box.y + 40, {steps: 3});
      await page.mouse.up();
      await drawn(page, canvas, before);
      await page.waitForURL(/surface\.turn=78/);
      await picture.focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForURL(/surface\.turn=84/);
      expect(await page.getByLabel('Ball along a').inputValue()).toBe('0');
      const ball = await picture.locator('.surface-ball-body').boundingBox();
      if (ball === null) throw new Error('expected a ball in sight');
      await page.mouse.move(ball.x + ball.width / 2, ball.y + ball.height / 2);
      await page.mouse.down();
      await page.mouse.move(ball.x + 70, ball.y + 20, {steps: 4});
      await page.mouse.up();
      await page.waitForURL(/surface\.[xy]=/);
    } else expect(await picture.getAttribute('data-view')).toBe('contours');
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows one minimum at a time on phones, and its ball follows a finger', async () => {
    const {page, faults, close} = await open(`${PAGE}?surface.view=contours`, phone);
    await surfaces(page);
    const [good, bad] = [page.locator(`${GOOD} .surface-picture`), page.locator(`${BAD} .surface-picture`)];
    expect([await good.isVisible(), await bad.isVisible()]).toEqual([true, false]);
    await page.locator('#explore-surface .explorer-switch label').last().tap();
    expect([await good.isVisible(), await bad.isVisible()]).toEqual([false, true]);
    const box = await square(bad);
    await page.touchscreen.tap(box.x + 0.75 * box.width, box.y + 0.5 * box.height);
    const along = page.getByLabel('Ball along a');
    expect(Number(await along.inputValue())).toBeCloseTo(0.5, 1);
    const touch = await page.context().newCDPSession(page);
    const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd' ? [] : [{x: box.x + share * box.width, y: box.y + (1.25 - share) * box.height}],
      });
    await finger('touchStart', 0.75);
    for (const share of [0.6, 0.4, 0.25]) await finger('touchMove', share);
    await finger('touchEnd', 0.25);
    expect(Number(await along.inputValue())).toBeCloseTo(-0.5, 1);
    expect(Number(await page.getByLabel('Ball along b').inputValue())).toBeCloseTo(-1, 0);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows the records’ surfaces without script, and moves nothing when it comes alive', async () => {
    const still = await open(PAGE, {...desktop, javaScriptEnabled: false});
    expect(await still.page.locator(`${BAD} .surface-contours path`).count()).toBeGreaterThan(1);
    expect(await still.page.locator(`${GOOD} .explorer-plane path`).count()).toBe(1);
    await still.close();
    const live = await open(`${PAGE}?surface.view=contours`, desktop);
    await surfaces(live.page);
    expect(await layoutShift(live.page)).toBeLessThan(0.001);
    await live.close();
  });
}
